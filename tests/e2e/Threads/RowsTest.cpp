// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The table is worth its name: every row takes the way that it is there for,
/// and together they take all.

#include "tests/e2e/Threads/Problem.h"

#include <gtest/gtest.h>
#include <ostream>
#include <set>

namespace einc::tests {

static void PrintTo(const Row &row, std::ostream *out) { *out << row.name; }

namespace {

class Rows : public testing::TestWithParam<Row> {};

/// One of the steps is of the family and way that the row is for.
TEST_P(Rows, TakesItsWay) {
  const Row &row = GetParam();
  const PlannedExpression planned = planRow(row, row.type, smallMachine());
  std::string texts;
  for (const Schedule &schedule : planned.steps.schedules) {
    const std::string text = schedule.text();
    texts += text + "\n";
    if (schedule.family == row.family &&
        text.find(row.way) != std::string::npos)
      return;
  }
  FAIL() << "expected " << familyName(row.family) << " " << row.way << "; is\n"
         << texts;
}

INSTANTIATE_TEST_SUITE_P(All, Rows, testing::ValuesIn(rows()),
                         [](const auto &info) { return info.param.name; });

TEST(RowTable, CoverEveryFamilyAndWay) {
  std::set<Family> families;
  std::set<std::string> missing = {
      "a=direct", "a=copy",   "a=transpose-m", "a=scalar",
      "b=direct", "b=copy",   "b=transpose-k", "b=transpose-n",
      "b=scalar", "c=direct", "c=block",       "c=transpose-n"};
  for (const Row &row : rows())
    for (const Schedule &schedule :
         planRow(row, row.type, smallMachine()).steps.schedules) {
      families.insert(schedule.family);
      if (schedule.family == Family::Gemm)
        std::erase_if(missing, [&](const std::string &way) {
          return schedule.text().find(" " + way + " ") != std::string::npos;
        });
    }
  EXPECT_EQ(families.size(), NumFamilies);
  EXPECT_EQ(missing, std::set<std::string>());
}

} // namespace
} // namespace einc::tests
