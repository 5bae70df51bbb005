// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What `--cpu` can name: levels of instruction sets, and processors as LLVM
/// and GCC call them.

#include "compiler/Schedule/Machine.h"

namespace einc {

namespace {

using ISA = Target::ISA;

/// Caches of one core, L3 as far as it can reach, as their makers publish
/// them; where models differ, those of the common one.
struct Processor {
  std::string_view name;
  Target target;
  unsigned l1KiB, l2KiB, l3MiB;
  unsigned fmaBytes;
};

constexpr Target V3 = {ISA::X86_64_V3};
constexpr Target V4 = {ISA::X86_64_V4};
constexpr Target V4VNNI = {ISA::X86_64_V4, /*bf16=*/false, /*vnni=*/true};
constexpr Target V4BF16 = {ISA::X86_64_V4, /*bf16=*/true, /*vnni=*/true};
constexpr Target AArch64 = {ISA::AArch64};

constexpr Processor processors[] = {
    {"haswell", V3, 32, 256, 8, 32},
    {"broadwell", V3, 32, 256, 8, 32},
    {"skylake", V3, 32, 256, 8, 32},
    {"alderlake", V3, 48, 1280, 30, 32},
    {"raptorlake", V3, 48, 2048, 36, 32},
    {"skylake-avx512", V4, 32, 1024, 24, 64},
    {"cascadelake", V4VNNI, 32, 1024, 24, 64},
    {"icelake-client", V4VNNI, 48, 512, 8, 64},
    {"icelake-server", V4VNNI, 48, 1280, 48, 64},
    {"tigerlake", V4VNNI, 48, 1280, 12, 64},
    {"rocketlake", V4VNNI, 48, 512, 16, 64},
    {"cooperlake", V4BF16, 32, 1024, 24, 64},
    {"sapphirerapids", V4BF16, 48, 2048, 60, 64},
    {"emeraldrapids", V4BF16, 48, 2048, 60, 64},
    {"graniterapids", V4BF16, 48, 2048, 60, 64},
    {"znver1", V3, 32, 512, 8, 16},
    {"znver2", V3, 32, 512, 16, 32},
    {"znver3", V3, 32, 512, 32, 32},
    {"znver4", V4BF16, 32, 1024, 32, 32},
    {"znver5", V4BF16, 48, 1024, 32, 64},
    {"cortex-a72", AArch64, 32, 1024, 1, 16},
    {"cortex-a76", AArch64, 64, 512, 4, 16},
    {"neoverse-n1", AArch64, 64, 1024, 32, 16},
    {"neoverse-n2", AArch64, 64, 1024, 32, 16},
    {"neoverse-v1", AArch64, 64, 1024, 32, 16},
    {"neoverse-v2", AArch64, 64, 2048, 64, 16},
};

} // namespace

Result<Machine> machineForCPU(std::string_view cpu) {
  Machine machine = hostMachine();
  if (cpu == "native")
    return machine;
  if (cpu == "x86-64" || cpu == "x86-64-v2")
    machine.target = {ISA::X86_64};
  else if (cpu == "x86-64-v3" || cpu == "avx2")
    machine.target = V3;
  else if (cpu == "x86-64-v4" || cpu == "avx512")
    machine.target = V4;
  else if (cpu == "aarch64")
    machine.target = AArch64;
  else {
    for (const Processor &processor : processors)
      if (processor.name == cpu)
        return Machine{processor.target, uint64_t(processor.l1KiB) << 10,
                       uint64_t(processor.l2KiB) << 10,
                       uint64_t(processor.l3MiB) << 20, processor.fmaBytes};
    Diagnostic error;
    error.kind = ErrorKind::UnsupportedTarget;
    error.message = "unknown processor '" + std::string(cpu) +
                    "'; known are native, x86-64, x86-64-v2, x86-64-v3 "
                    "(avx2), x86-64-v4 (avx512), aarch64";
    std::string names;
    for (const Processor &processor : processors)
      names.append(names.empty() ? "" : ", ").append(processor.name);
    error.notes.push_back("and by name " + names);
    return error;
  }
  return machine;
}

} // namespace einc
