// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Chains of one instruction. Twelve hide the latency of two units with four
/// or five cycles each; the empty assembly keeps every chain in a register and
/// the loop as it is.

#include "tools/bench/Peak.h"
#include "tools/bench/Clock.h"

#include <cstdint>
#include <immintrin.h>

namespace einc::bench {

namespace {

constexpr int chains = 12;
constexpr uint64_t turns = 300'000;

// A function with one chain loop: TYPE is the register, STEP updates `sum`
// with `factor` and `addend`, OPS counts the operations of one step.
#define EINC_CHAIN(NAME, TARGET, TYPE, CONSTRAINT, SPLAT, STEP, OPS)           \
  __attribute__((target(TARGET))) uint64_t NAME() {                            \
    TYPE sums[chains];                                                         \
    for (auto &sum : sums)                                                     \
      sum = SPLAT(1);                                                          \
    TYPE factor = SPLAT(1), addend = SPLAT(0);                                 \
    asm volatile("" : CONSTRAINT(factor), CONSTRAINT(addend));                 \
    for (uint64_t i = 0; i < turns; ++i)                                       \
      for (auto &sum : sums) {                                                 \
        STEP;                                                                  \
        asm volatile("" : CONSTRAINT(sum));                                    \
      }                                                                        \
    return turns * chains * (OPS);                                             \
  }

EINC_CHAIN(f32x16, "avx512f", __m512, "+v", _mm512_set1_ps,
           sum = _mm512_fmadd_ps(sum, factor, addend), 32)
EINC_CHAIN(f64x8, "avx512f", __m512d, "+v", _mm512_set1_pd,
           sum = _mm512_fmadd_pd(sum, factor, addend), 16)
EINC_CHAIN(i32x16, "avx512f", __m512i, "+v", _mm512_set1_epi32,
           sum = _mm512_add_epi32(_mm512_mullo_epi32(sum, factor), addend), 32)
EINC_CHAIN(i64x8, "avx512f,avx512dq", __m512i, "+v", _mm512_set1_epi64,
           sum = _mm512_add_epi64(_mm512_mullo_epi64(sum, factor), addend), 16)
EINC_CHAIN(bool64, "avx512f", __m512i, "+v", _mm512_set1_epi32,
           sum = _mm512_or_si512(_mm512_and_si512(sum, factor), addend);
           asm volatile("" : "+v"(sum)), 128)
EINC_CHAIN(i8x64, "avx512f,avx512vnni", __m512i, "+v", _mm512_set1_epi32,
           sum = _mm512_dpbusd_epi32(sum, factor, addend), 128)

__attribute__((target("avx512f,avx512bf16"))) uint64_t bf16x32() {
  __m512 sums[chains];
  for (auto &sum : sums)
    sum = _mm512_set1_ps(1);
  __m512bh factor = _mm512_cvtne2ps_pbh(_mm512_set1_ps(1), _mm512_set1_ps(0));
  for (uint64_t i = 0; i < turns; ++i)
    for (auto &sum : sums) {
      sum = _mm512_dpbf16_ps(sum, factor, factor);
      asm volatile("" : "+v"(sum));
    }
  return turns * chains * 64;
}

EINC_CHAIN(f32x8, "avx2,fma", __m256, "+x", _mm256_set1_ps,
           sum = _mm256_fmadd_ps(sum, factor, addend), 16)
EINC_CHAIN(f64x4, "avx2,fma", __m256d, "+x", _mm256_set1_pd,
           sum = _mm256_fmadd_pd(sum, factor, addend), 8)
EINC_CHAIN(i32x8, "avx2", __m256i, "+x", _mm256_set1_epi32,
           sum = _mm256_add_epi32(_mm256_mullo_epi32(sum, factor), addend), 16)
EINC_CHAIN(bool32, "avx2", __m256i, "+x", _mm256_set1_epi32,
           sum = _mm256_or_si256(_mm256_and_si256(sum, factor), addend), 64)

EINC_CHAIN(f32x4, "sse2", __m128, "+x", _mm_set1_ps,
           sum = _mm_add_ps(_mm_mul_ps(sum, factor), addend), 8)
EINC_CHAIN(f64x2, "sse2", __m128d, "+x", _mm_set1_pd,
           sum = _mm_add_pd(_mm_mul_pd(sum, factor), addend), 4)

/// Integers where vectors cannot multiply them.
uint64_t i64x1() {
  uint64_t sums[chains], factor = 1, addend = 0;
  for (auto &sum : sums)
    sum = 1;
  asm volatile("" : "+r"(factor), "+r"(addend));
  for (uint64_t i = 0; i < turns; ++i)
    for (auto &sum : sums) {
      sum = sum * factor + addend;
      asm volatile("" : "+r"(sum));
    }
  return turns * chains * 2;
}

using Chain = uint64_t (*)();

Chain chainOf(ElementType type, bool dotProduct) {
  bool v4 =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
  bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  switch (realType(type)) {
  case ElementType::F64:
    return v4 ? f64x8 : v3 ? f64x4 : f64x2;
  case ElementType::BF16:
    if (v4 && __builtin_cpu_supports("avx512bf16"))
      return bf16x32;
    [[fallthrough]];
  case ElementType::F16:
  case ElementType::F32:
  default:
    return v4 ? f32x16 : v3 ? f32x8 : f32x4;
  case ElementType::I8:
  case ElementType::U8:
    if (dotProduct && v4 && __builtin_cpu_supports("avx512vnni"))
      return i8x64;
    [[fallthrough]];
  case ElementType::I16:
  case ElementType::I32:
    return v4 ? i32x16 : v3 ? i32x8 : i64x1;
  case ElementType::I64:
    return v4 ? i64x8 : i64x1;
  case ElementType::Bool:
    return v4 ? bool64 : v3 ? bool32 : i64x1;
  }
}

} // namespace

double measurePeak(ElementType type, bool dotProduct) {
  Chain chain = chainOf(type, dotProduct);
  double start = now();
  uint64_t operations = chain();
  return double(operations) / (now() - start);
}

} // namespace einc::bench
