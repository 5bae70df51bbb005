// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Open numbers that cannot be run are refused before anything is.

#include "tests/e2e/Open/OpenCases.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::tests;

namespace {

TEST(OpenLimits, OverflowsAreRefused) {
  constexpr int64_t half = int64_t(1) << 32, most = INT64_MAX;
  struct {
    const char *equation, *shapes;
    std::vector<int64_t> extents;
  } rows[] = {
      {"ij,jk->ik", "?x?,?x?", {half, half, half}},
      {"ij,jk->ik", "?x?,?x?", {2, most, 2}},
      {"ij,jk->ik", "?x?,?x?", {most, most, most}},
      {"ij->ji", "?x?", {most / 2, 2}},
      {"i,j->ij", "?,?", {half, half}},
      {"ii->i", "?x?", {most}},
      // An intermediate that no workspace holds.
      {"(ij,jk),kl->il", "?x2,2x?,?x2", {int64_t(1) << 31, int64_t(1) << 30}},
  };
  for (const auto &row : rows) {
    auto program = OpenProgram::compile(row.equation, row.shapes,
                                        ElementType::F32, hostLevels().back());
    std::shared_ptr<const runtime::Executable> executable;
    runtime::Status status = program->bind(row.extents, executable);
    EXPECT_FALSE(status.ok()) << row.equation;
    EXPECT_FALSE(executable) << row.equation;
  }
}

TEST(OpenLimits, NumbersThatFitAreBoundWithoutMemory) {
  auto program = OpenProgram::compile("ij,jk->ik", "?x?,?x?", ElementType::F32,
                                      hostLevels().back());
  std::shared_ptr<const runtime::Executable> executable;
  const int64_t numbers[] = {int64_t(1) << 29, int64_t(1) << 29, 4};
  EXPECT_TRUE(program->bind(numbers, executable).ok());
}

TEST(OpenLimits, OverflowingStridesAreRefused) {
  auto program = OpenProgram::compile("ij,jk->ik", "?x?,?x?", ElementType::F32,
                                      hostLevels().back(), true);
  std::shared_ptr<const runtime::Executable> executable;
  std::vector<int64_t> numbers = {2, 3, 4, 3, 1, 4, 1, 4, 1};
  EXPECT_TRUE(program->bind(numbers, executable).ok());
  for (size_t i = 3; i < numbers.size(); ++i)
    for (int64_t stride : {INT64_MAX, INT64_MIN}) {
      std::vector<int64_t> wrong = numbers;
      wrong[i] = stride;
      std::shared_ptr<const runtime::Executable> none;
      EXPECT_FALSE(program->bind(wrong, none).ok()) << "number " << i;
      EXPECT_FALSE(none);
    }
}

} // namespace
