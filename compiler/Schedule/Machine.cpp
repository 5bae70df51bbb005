// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Detects the host's instruction set and caches.

#include "compiler/Schedule/Machine.h"
#include "runtime/CpuFeatures.h"

#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace einc {

const char *Target::text() const {
  switch (isa) {
  case ISA::X86_64:
    return "x86-64";
  case ISA::X86_64_V3:
    return "x86-64-v3";
  case ISA::X86_64_V4:
    return bf16 ? (vnni ? "x86-64-v4+bf16+vnni" : "x86-64-v4+bf16")
                : (vnni ? "x86-64-v4+vnni" : "x86-64-v4");
  case ISA::AArch64:
    return "aarch64";
  }
  return "x86-64";
}

Result<Target> parseTarget(std::string_view text) {
  for (Target::ISA isa : {Target::ISA::X86_64, Target::ISA::X86_64_V3,
                          Target::ISA::X86_64_V4, Target::ISA::AArch64})
    for (bool bf16 : {false, true})
      for (bool vnni : {false, true})
        if (Target target{isa, bf16, vnni}; target.text() == text)
          return isa == Target::ISA::X86_64_V4 ? target : Target{isa};
  return Diagnostic{ErrorKind::UnsupportedTarget,
                    "unknown target '" + std::string(text) +
                        "'; known are aarch64, x86-64, x86-64-v3, x86-64-v4, "
                        "the last with +bf16, +vnni, +bf16+vnni or neither",
                    {},
                    {},
                    {}};
}

#if defined(__x86_64__)

namespace {

struct Registers {
  unsigned a = 0, b = 0, c = 0, d = 0;
};

/// All zero for a leaf the processor does not have.
Registers cpuid(unsigned leaf, unsigned subleaf = 0) {
  Registers r;
  __get_cpuid_count(leaf, subleaf, &r.a, &r.b, &r.c, &r.d);
  return r;
}

Target detectTarget() {
  uint32_t bits = runtime::hostProcessor().cpu;
  if (bits & EINC_CPU_X86_64_V4)
    return {Target::ISA::X86_64_V4, (bits & EINC_CPU_AVX512_BF16) != 0,
            (bits & EINC_CPU_AVX512_VNNI) != 0};
  return {bits & EINC_CPU_X86_64_V3 ? Target::ISA::X86_64_V3
                                    : Target::ISA::X86_64};
}

/// AMD's family 19h, Zen 3 and Zen 4, has 256-bit units.
unsigned detectFMABytes() {
  Registers vendor = cpuid(0), version = cpuid(1);
  bool amd = vendor.b == 0x68747541; // "Auth"
  unsigned family = (version.a >> 8 & 15) + (version.a >> 20 & 255);
  return amd && family == 0x19 ? 32 : 64;
}

/// Cache sizes from the deterministic cache parameters, Intel's leaf 4 or
/// AMD's of the same form. False if this processor tells nothing.
bool cachesFromLeaf(unsigned leaf, Machine &machine) {
  bool found = false;
  for (unsigned i = 0; i < 16; ++i) {
    Registers r = cpuid(leaf, i);
    unsigned type = r.a & 31, level = r.a >> 5 & 7;
    if (type == 0)
      break;
    if (type == 2) // instructions
      continue;
    uint64_t bytes = uint64_t((r.b >> 22) + 1) * ((r.b >> 12 & 1023) + 1) *
                     ((r.b & 4095) + 1) * (uint64_t(r.c) + 1);
    found = true;
    if (level == 1)
      machine.l1Bytes = bytes;
    else if (level == 2)
      machine.l2Bytes = bytes;
    else if (level == 3)
      machine.l3Bytes = bytes;
  }
  return found;
}

} // namespace

#endif // __x86_64__

/// What the C library knows, where cpuid says nothing (some virtual machines).
static void cachesFromSystem([[maybe_unused]] Machine &machine) {
#ifdef _SC_LEVEL1_DCACHE_SIZE
  auto ask = [](int name, uint64_t &bytes) {
    if (long value = sysconf(name); value > 0)
      bytes = uint64_t(value);
  };
  ask(_SC_LEVEL1_DCACHE_SIZE, machine.l1Bytes);
  ask(_SC_LEVEL2_CACHE_SIZE, machine.l2Bytes);
  ask(_SC_LEVEL3_CACHE_SIZE, machine.l3Bytes);
#endif
}

/// Sizes no real cache has would make absurd blocks.
static void clampCaches(Machine &machine) {
  auto clamp = [](uint64_t &bytes, uint64_t low, uint64_t high) {
    bytes = bytes < low ? low : bytes > high ? high : bytes;
  };
  clamp(machine.l1Bytes, 8 << 10, 1 << 20);
  clamp(machine.l2Bytes, 128 << 10, 64 << 20);
  clamp(machine.l3Bytes, machine.l2Bytes, uint64_t(4) << 30);
}

static Machine detect() {
  Machine machine;
#if defined(__x86_64__)
  machine.target = detectTarget();
  machine.fmaBytes = detectFMABytes();
  if (!cachesFromLeaf(4, machine) && !cachesFromLeaf(0x8000001D, machine))
    cachesFromSystem(machine);
#else
  cachesFromSystem(machine);
#endif
  clampCaches(machine);
  return machine;
}

const Machine &hostMachine() {
  static const Machine machine = detect();
  return machine;
}

bool hostSupports([[maybe_unused]] const Target &target) {
#if defined(__x86_64__)
  const Target &host = hostMachine().target;
  return target.architecture() == host.architecture() &&
         target.isa <= host.isa && target.hasBF16() <= host.hasBF16() &&
         target.hasVNNI() <= host.hasVNNI();
#else
  return false;
#endif
}

} // namespace einc
