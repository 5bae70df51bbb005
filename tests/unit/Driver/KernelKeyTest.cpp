// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/KernelKey.h"
#include "compiler/Support/BuildId.h"

#include <gtest/gtest.h>

using namespace einc;

TEST(KernelKey, IsTheHashOfAllFourParts) {
  std::string text = "general f32 ...\nx86-64-v3\n";
  text += std::string(LLVMVersion) + "\n" + BuildId + "\n";
  EXPECT_EQ(kernelKey("general f32 ...", {Target::ISA::X86_64_V3}),
            sha256(text));
}

TEST(KernelKey, DiffersWithScheduleAndTarget) {
  Target v3 = {Target::ISA::X86_64_V3};
  Target v4 = {Target::ISA::X86_64_V4};
  EXPECT_NE(kernelKey("a", v3), kernelKey("b", v3));
  EXPECT_NE(kernelKey("a", v3), kernelKey("a", v4));
}

TEST(KernelKey, TheBuildIdIsAHash) {
  EXPECT_EQ(std::string(BuildId).size(), 64u);
  EXPECT_EQ(std::string(BuildId).find_first_not_of("0123456789abcdef"),
            std::string::npos);
}
