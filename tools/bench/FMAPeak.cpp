// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/bench/FMAPeak.h"

#include "tools/bench/Clock.h"

#include <cstdint>
#include <immintrin.h>

namespace einc::bench {

// Twelve chains hide the latency of two units with four or five cycles each.
// The empty assembly keeps every chain in a register and the loop as it is.
#define EINC_CHAINS 12

__attribute__((target("avx512f"))) static uint64_t chains512(uint64_t turns) {
  __m512 sums[EINC_CHAINS];
  for (auto &sum : sums)
    sum = _mm512_set1_ps(1.0f);
  __m512 factor = _mm512_set1_ps(0.999f), addend = _mm512_set1_ps(1e-3f);
  for (uint64_t i = 0; i < turns; ++i)
    for (auto &sum : sums) {
      sum = _mm512_fmadd_ps(sum, factor, addend);
      asm volatile("" : "+v"(sum));
    }
  return turns * EINC_CHAINS * 16 * 2;
}

__attribute__((target("avx2,fma"))) static uint64_t chains256(uint64_t turns) {
  __m256 sums[EINC_CHAINS];
  for (auto &sum : sums)
    sum = _mm256_set1_ps(1.0f);
  __m256 factor = _mm256_set1_ps(0.999f), addend = _mm256_set1_ps(1e-3f);
  for (uint64_t i = 0; i < turns; ++i)
    for (auto &sum : sums) {
      sum = _mm256_fmadd_ps(sum, factor, addend);
      asm volatile("" : "+x"(sum));
    }
  return turns * EINC_CHAINS * 8 * 2;
}

static uint64_t chains128(uint64_t turns) {
  __m128 sums[EINC_CHAINS];
  for (auto &sum : sums)
    sum = _mm_set1_ps(1.0f);
  __m128 factor = _mm_set1_ps(0.999f), addend = _mm_set1_ps(1e-3f);
  for (uint64_t i = 0; i < turns; ++i)
    for (auto &sum : sums) {
      sum = _mm_add_ps(_mm_mul_ps(sum, factor), addend);
      asm volatile("" : "+x"(sum));
    }
  return turns * EINC_CHAINS * 4 * 2;
}

double measureFMA() {
  auto chains = __builtin_cpu_supports("avx512f") ? chains512
                : __builtin_cpu_supports("fma")   ? chains256
                                                  : chains128;
  double start = now();
  uint64_t flops = chains(500'000);
  return flops / (now() - start) * 1e-9;
}

} // namespace einc::bench
