// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Targets by name, and the host.

#include "compiler/Schedule/Machine.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace einc {
namespace {

TEST(Machine, TargetsAreReadBackAsWritten) {
  constexpr auto v4 = Target::ISA::X86_64_V4;
  struct Row {
    Target target;
    const char *text;
  };
  for (Row row :
       {Row{{Target::ISA::X86_64}, "x86-64"},
        Row{{Target::ISA::X86_64_V3}, "x86-64-v3"}, Row{{v4}, "x86-64-v4"},
        Row{{v4, true, false}, "x86-64-v4+bf16"},
        Row{{v4, false, true}, "x86-64-v4+vnni"},
        Row{{v4, true, true}, "x86-64-v4+bf16+vnni"},
        Row{{Target::ISA::AArch64}, "aarch64"}}) {
    EXPECT_STREQ(row.target.text(), row.text);
    Result<Target> target = parseTarget(row.text);
    ASSERT_TRUE(bool(target)) << row.text;
    EXPECT_EQ(*target, row.target) << row.text;
  }
  for (const char *text : {"x86-64-v3+vnni", "x86-64-v4+vnni+bf16",
                           "x86-64-v4+", "x86-64-v4+bf16+bf16"})
    EXPECT_FALSE(bool(parseTarget(text))) << text;
  Result<Target> unknown = parseTarget("x86-64-v5");
  ASSERT_FALSE(bool(unknown));
  EXPECT_EQ(unknown.error().kind, ErrorKind::UnsupportedTarget);
  EXPECT_EQ(unknown.error().message,
            "unknown target 'x86-64-v5'; known are aarch64, x86-64, "
            "x86-64-v3, x86-64-v4, the last with +bf16, +vnni, +bf16+vnni or "
            "neither");
}

TEST(Machine, ProcessorsMeanTargets) {
  struct Row {
    const char *cpu;
    const char *target;
  };
  for (Row row : {Row{"x86-64", "x86-64"}, Row{"x86-64-v2", "x86-64"},
                  Row{"x86-64-v3", "x86-64-v3"}, Row{"avx2", "x86-64-v3"},
                  Row{"x86-64-v4", "x86-64-v4"}, Row{"avx512", "x86-64-v4"},
                  Row{"aarch64", "aarch64"}}) {
    Result<Machine> machine = machineForCPU(row.cpu);
    ASSERT_TRUE(bool(machine)) << row.cpu;
    EXPECT_STREQ(machine->target.text(), row.target);
    EXPECT_EQ(machine->l2Bytes, hostMachine().l2Bytes);
  }
  EXPECT_EQ(machineForCPU("native")->target, hostMachine().target);
  Result<Machine> unknown = machineForCPU("z80");
  ASSERT_FALSE(bool(unknown));
  EXPECT_EQ(unknown.error().kind, ErrorKind::UnsupportedTarget);
  EXPECT_EQ(unknown.error().message,
            "unknown processor 'z80'; known are native, x86-64, x86-64-v2, "
            "x86-64-v3 (avx2), x86-64-v4 (avx512), aarch64");
  ASSERT_EQ(unknown.error().notes.size(), 1u);
  EXPECT_EQ(unknown.error().notes[0].substr(0, 30),
            "and by name haswell, broadwell");
}

/// Not the host's caches but their own.
TEST(Machine, ProcessorsByName) {
  struct Row {
    const char *cpu;
    const char *target;
    uint64_t l2Bytes;
    unsigned fmaBytes;
  };
  for (Row row : {Row{"haswell", "x86-64-v3", 256 << 10, 32},
                  Row{"skylake-avx512", "x86-64-v4", 1 << 20, 64},
                  Row{"icelake-server", "x86-64-v4+vnni", 1280 << 10, 64},
                  Row{"znver4", "x86-64-v4+bf16+vnni", 1 << 20, 32},
                  Row{"neoverse-v2", "aarch64", 2 << 20, 16}}) {
    Result<Machine> machine = machineForCPU(row.cpu);
    ASSERT_TRUE(bool(machine)) << row.cpu;
    EXPECT_STREQ(machine->target.text(), row.target);
    EXPECT_EQ(machine->l2Bytes, row.l2Bytes);
    EXPECT_EQ(machine->fmaBytes, row.fmaBytes);
    EXPECT_GE(machine->l3Bytes, machine->l2Bytes);
  }
}

TEST(Machine, HostHasSaneCaches) {
  const Machine &host = hostMachine();
  EXPECT_GE(host.l1Bytes, 8u << 10);
  EXPECT_GE(host.l2Bytes, 128u << 10);
  EXPECT_GE(host.l3Bytes, host.l2Bytes);
  EXPECT_LE(host.l1Bytes, 1u << 20);
}

/// The kernel's view of the processor; it hides what it does not enable.
TEST(Machine, HostAgreesWithTheOperatingSystem) {
  std::ifstream file("/proc/cpuinfo");
  std::string line, flags;
  while (flags.empty() && std::getline(file, line))
    if (line.rfind("flags", 0) == 0)
      flags = line + " ";
  if (flags.empty())
    GTEST_SKIP() << "no flags in /proc/cpuinfo";
  auto hasAll = [&](const char *list) {
    std::istringstream words(list);
    std::string word;
    while (words >> word)
      if (flags.find(" " + word + " ") == std::string::npos)
        return false;
    return true;
  };
  bool v3 = hasAll("avx2 bmi1 bmi2 f16c fma movbe abm");
  bool v4 = v3 && hasAll("avx512f avx512bw avx512cd avx512dq avx512vl");
  EXPECT_TRUE(hostSupports({Target::ISA::X86_64}));
  EXPECT_FALSE(hostSupports({Target::ISA::AArch64}));
  EXPECT_EQ(hostSupports({Target::ISA::X86_64_V3}), v3);
  EXPECT_EQ(hostSupports({Target::ISA::X86_64_V4}), v4);
  bool bf16 = v4 && hasAll("avx512_bf16"), vnni = v4 && hasAll("avx512_vnni");
  EXPECT_EQ(hostSupports({Target::ISA::X86_64_V4, true, false}), bf16);
  EXPECT_EQ(hostSupports({Target::ISA::X86_64_V4, false, true}), vnni);
  EXPECT_EQ(hostMachine().target.hasBF16(), bf16);
  EXPECT_EQ(hostMachine().target.hasVNNI(), vnni);
}

} // namespace
} // namespace einc
