// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/KernelKey.h"
#include "compiler/Support/BuildId.h"

#include <gtest/gtest.h>
#include <set>

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

TEST(KernelKey, DiffersWithEveryType) {
  // Schedules that differ in one tensor's type, or in its conjugation.
  constexpr ElementType Types[] = {ElementType::F32, ElementType::F64,
                                   ElementType::F16, ElementType::C64,
                                   ElementType::I8,  ElementType::Bool};
  for (Family family : {Family::Gemm, Family::General}) {
    std::set<KernelKey> keys;
    size_t numSchedules = 0;
    const auto add = [&](const StepTypes &types) {
      Schedule schedule;
      schedule.family = family;
      schedule.types = types;
      keys.insert(kernelKey(schedule.text(), {Target::ISA::X86_64_V3}));
      ++numSchedules;
    };
    for (ElementType output : Types)
      for (ElementType a : Types)
        for (ElementType b : Types)
          add(StepTypes(output, a, b));
    StepTypes types(ElementType::C64);
    types.conjugate[0] = true;
    add(types);
    types.conjugate[1] = true;
    add(types);
    types.conjugate[0] = false;
    add(types);
    EXPECT_EQ(keys.size(), numSchedules) << familyName(family);
  }
}

TEST(KernelKey, TheBuildIdIsAHash) {
  EXPECT_EQ(std::string(BuildId).size(), 64u);
  EXPECT_EQ(std::string(BuildId).find_first_not_of("0123456789abcdef"),
            std::string::npos);
}
