// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reads cpuid and xgetbv: a feature counts if the operating system saves its
/// registers.

#include "runtime/CpuFeatures.h"

#include <cstdio>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

using namespace einc::runtime;

namespace {

#if defined(__x86_64__)

struct Registers {
  unsigned a = 0, b = 0, c = 0, d = 0;
};

/// All zero for a leaf the processor does not have.
Registers cpuid(unsigned leaf, unsigned subleaf = 0) noexcept {
  Registers r;
  __get_cpuid_count(leaf, subleaf, &r.a, &r.b, &r.c, &r.d);
  return r;
}

bool has(unsigned value, unsigned mask) noexcept {
  return (value & mask) == mask;
}

/// Which register states the operating system saves (XCR0).
unsigned enabledStates() noexcept {
  unsigned low, high;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

uint32_t detect() noexcept {
  Registers basic = cpuid(1), extended = cpuid(7);
  Registers amd = cpuid(0x80000001);
  constexpr unsigned fma = 1u << 12, movbe = 1u << 22, osxsave = 1u << 27,
                     avx = 1u << 28, f16c = 1u << 29;
  if (!has(basic.c, fma | movbe | osxsave | avx | f16c))
    return 0;
  constexpr unsigned sse = 1u << 1, ymm = 1u << 2, zmm = 7u << 5;
  unsigned states = enabledStates();
  constexpr unsigned bmi1 = 1u << 3, avx2 = 1u << 5, bmi2 = 1u << 8;
  constexpr unsigned lzcnt = 1u << 5;
  if (!has(states, sse | ymm) || !has(extended.b, bmi1 | avx2 | bmi2) ||
      !has(amd.c, lzcnt))
    return 0;
  constexpr unsigned avx512 =
      1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31; // F DQ CD BW VL
  if (!has(states, zmm) || !has(extended.b, avx512))
    return EINC_CPU_X86_64_V3;
  uint32_t bits = EINC_CPU_X86_64_V3 | EINC_CPU_X86_64_V4;
  constexpr unsigned vnni = 1u << 11, bf16 = 1u << 5;
  if (has(cpuid(7, 1).a, bf16))
    bits |= EINC_CPU_AVX512_BF16;
  if (has(extended.c, vnni))
    bits |= EINC_CPU_AVX512_VNNI;
  return bits;
}

constexpr uint32_t Architecture = EINC_ARCHITECTURE_X86_64;

#else

uint32_t detect() noexcept { return 0; }

#if defined(__aarch64__)
constexpr uint32_t Architecture = EINC_ARCHITECTURE_AARCH64;
#else
constexpr uint32_t Architecture = UINT32_MAX;
#endif

#endif

} // namespace

const Processor &einc::runtime::hostProcessor() noexcept {
  static const Processor host = {Architecture, detect()};
  return host;
}

ProcessorName einc::runtime::processorName(uint32_t architecture,
                                           uint32_t cpu) noexcept {
  const char *base = "an unknown architecture";
  if (architecture == EINC_ARCHITECTURE_AARCH64)
    base = "aarch64";
  else if (architecture == EINC_ARCHITECTURE_X86_64)
    base = cpu & EINC_CPU_X86_64_V4   ? "x86-64-v4"
           : cpu & EINC_CPU_X86_64_V3 ? "x86-64-v3"
                                      : "x86-64";
  constexpr uint32_t Known = EINC_CPU_X86_64_V3 | EINC_CPU_X86_64_V4 |
                             EINC_CPU_AVX512_BF16 | EINC_CPU_AVX512_VNNI;
  ProcessorName name;
  std::snprintf(name.text, sizeof(name.text), "%s%s%s%s", base,
                cpu & EINC_CPU_AVX512_BF16 ? "+bf16" : "",
                cpu & EINC_CPU_AVX512_VNNI ? "+vnni" : "",
                cpu & ~Known ? "+unknown" : "");
  return name;
}
