// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What a schedule needs to know of a processor: instruction set and caches.
/// Read by own cpuid and xgetbv; LLVM is never asked.

#ifndef EINC_COMPILER_SCHEDULE_MACHINE_H
#define EINC_COMPILER_SCHEDULE_MACHINE_H

#include "compiler/Support/Result.h"
#include "einc-c/Artifact.h"

#include <string>
#include <string_view>

namespace einc {

/// An instruction-set level that kernels are emitted for. Its text is part of
/// every kernel's key: "x86-64" (SSE2), "x86-64-v3" (AVX2, FMA), "x86-64-v4"
/// (AVX-512), the last perhaps with "+bf16", "+vnni" or both in this order;
/// "aarch64" (NEON).
struct Target {
  enum class ISA { X86_64, X86_64_V3, X86_64_V4, AArch64 };
  ISA isa = ISA::X86_64;
  /// AVX512_BF16 and AVX512_VNNI; they count with X86_64_V4 only.
  bool bf16 = false;
  bool vnni = false;

  EincArchitecture architecture() const {
    return isa == ISA::AArch64 ? EINC_ARCHITECTURE_AARCH64
                               : EINC_ARCHITECTURE_X86_64;
  }
  unsigned vectorBytes() const {
    return isa == ISA::X86_64_V4 ? 64 : isa == ISA::X86_64_V3 ? 32 : 16;
  }
  unsigned vectorRegisters() const {
    return isa == ISA::X86_64_V4 || isa == ISA::AArch64 ? 32 : 16;
  }
  bool hasFMA() const { return isa != ISA::X86_64; }
  /// Dot products of pairs of bf16, and of four bytes or pairs of i16.
  bool hasBF16() const { return isa == ISA::X86_64_V4 && bf16; }
  bool hasVNNI() const { return isa == ISA::X86_64_V4 && vnni; }
  /// Masked loads and stores at full speed.
  bool hasMasks() const { return isa == ISA::X86_64_V4; }
  const char *text() const;

  friend bool operator==(const Target &, const Target &) = default;
};

/// Parses a target's text. Error: UnsupportedTarget that lists the known ones.
Result<Target> parseTarget(std::string_view text);

struct Machine {
  Target target;
  uint64_t l1Bytes = 32 * 1024;
  uint64_t l2Bytes = 1024 * 1024;
  uint64_t l3Bytes = 32 * 1024 * 1024;
  /// Width of the FMA units. Where registers are wider (AVX-512 on Zen 4), half
  /// of one is multiplied as fast as the whole.
  unsigned fmaBytes = 64;
};

/// The machine this process runs on (detected once), with its best target.
const Machine &hostMachine();

/// What `--cpu` means: "native" is the host; "x86-64", "x86-64-v2" (runs the
/// x86-64 kernels), "x86-64-v3", "x86-64-v4", "avx2", "avx512" are targets
/// without dot products, "aarch64" is one to compile for only, all with the
/// caches of the host; "znver4", "icelake-server", "neoverse-v1" and the like
/// have caches of their own. Errors: UnsupportedTarget, with all names.
Result<Machine> machineForCPU(std::string_view cpu);

/// Whether this host can run code for `target`.
bool hostSupports(const Target &target);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_MACHINE_H
