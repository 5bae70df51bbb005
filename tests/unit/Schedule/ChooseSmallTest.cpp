// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which steps the small family takes, and how.

#include "compiler/Schedule/ChooseSchedule.h"
#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

#include <cstring>

namespace einc::test {
namespace {

using enum ElementType;

struct Row {
  const char *equation;
  std::vector<Shape> shapes;
  const char *schedule; ///< its start
};

TEST(ChooseSmall, OfDenseTensors) {
  const Row rows[] = {
      {"ij,jk->ik", {{4, 4}, {4, 4}}, "small f32 m=4 n=4 k=4 b=direct"},
      {"ij,jk->ik", {{32, 32}, {32, 32}}, "small f32 m=32 n=32 k=32 b=direct"},
      {"ij,jk->ik", {{32, 33}, {33, 32}}, "gemm "},
      {"ij,jk->ik", {{64, 64}, {64, 64}}, "gemm "},
      {"ij,jk->ik", {{65, 64}, {64, 64}}, "gemm "},
      {"ij,jk->ik", {{64, 65}, {65, 64}}, "gemm "},
      // Vectors are labels of the second operand, or else of the first.
      {"ij,jk->ki", {{8, 4}, {4, 5}}, "small f32 m=5 n=8 k=4 b=transpose-k"},
      {"ij,kj->ik", {{8, 4}, {5, 4}}, "small f32 m=8 n=5 k=4 b=transpose-k"},
      // Batches of any rank.
      {"bij,bjk->bik",
       {{1024, 32, 32}, {1024, 32, 32}},
       "small f32 m=32 n=32 k=32 b=direct"},
      {"abij,bajk->abik",
       {{3, 4, 8, 8}, {4, 3, 8, 8}},
       "small f32 m=8 n=8 k=8 b=direct"},
      {"bij,bjk->bik", {{64, 128, 128}, {64, 128, 128}}, "gemm "},
      // Several loops of a group; labels that are not contiguous.
      {"iajb,akb->ijk", {{4, 5, 6, 7}, {5, 8, 7}}, "g"},
      {"ijb,jkb->ikb", {{3, 4, 64}, {4, 5, 64}}, "general "},
  };
  for (const Row &row : rows) {
    SCOPED_TRACE(row.equation);
    StepList list = expression(row.equation, row.shapes).steps();
    ASSERT_EQ(list.schedules.size(), 1u);
    EXPECT_EQ(list.schedules[0].text().substr(0, strlen(row.schedule)),
              row.schedule);
  }
}

/// Extents are constants of the kernel: an expression gets four such kernels,
/// and any number of steps that share them.
TEST(ChooseSmall, FourKernelsInAnExpression) {
  Expression e = expression("ab,bc,cd,de,ef,fg->ag",
                            {{3, 4}, {4, 5}, {5, 6}, {6, 7}, {7, 8}, {8, 9}});
  StepList list = e.steps();
  size_t small = 0;
  for (const Schedule &schedule : list.schedules)
    small += schedule.family == Family::Small;
  EXPECT_EQ(small, 4u) << printSchedules(list);
  EXPECT_EQ(list.steps.size(), 5u);

  e = expression("ab,bc,cd,de,ef,fg->ag",
                 {{4, 4}, {4, 4}, {4, 4}, {4, 4}, {4, 4}, {4, 4}});
  list = e.steps();
  EXPECT_EQ(list.steps.size(), 5u);
  ASSERT_EQ(list.schedules.size(), 1u) << printSchedules(list);
  EXPECT_EQ(list.schedules[0].text(), "small f32 m=4 n=4 k=4 b=direct");
}

} // namespace
} // namespace einc::test
