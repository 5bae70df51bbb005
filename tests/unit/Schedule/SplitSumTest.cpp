// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which sums are cut, and that their parts add up.

#include "tests/unit/Schedule/Formula.h"

#include <gtest/gtest.h>

namespace einc::test {
namespace {

TEST(SplitSum, CutsLongSums) {
  struct Row {
    const char *equation;
    std::vector<Shape> shapes;
    size_t steps;
  } rows[] = {
      {"i,i->", {{3'276'800}, {3'276'800}}, 2},
      {"i,i->", {{3'300'007}, {3'300'007}}, 3}, // a prime: a rest
      {"ij->", {{2000, 1700}}, 2},
      {"ki,kj->ij", {{65536, 8}, {65536, 8}}, 2},
      {"ik,jk->ij", {{8, 65537}, {7, 65537}}, 3},
      {"lki,klj->ij", {{40, 1025, 8}, {1025, 40, 10}}, 2},
      {"i,i->ii", {{64}, {64}}, 2},               // fill, then the diagonal
      {"ij,jk->ik", {{160, 160}, {160, 160}}, 1}, // short sums stay
      {"ij->i", {{3000, 1100}}, 1},               // rows enough for threads
  };
  Random random(77);
  for (const Row &row : rows)
    for (ElementType type : {ElementType::F32, ElementType::F64}) {
      Expression e = expression(row.equation, row.shapes, type);
      SCOPED_TRACE(row.equation);
      StepList list = e.steps();
      EXPECT_EQ(list.steps.size(), row.steps) << printSchedules(list);
      // Sums of 3e6 products are exact.
      check(e, 3.0, -2.0, random, 1000);
    }
}

TEST(SplitSum, PartsStartWhereTheirStridesLead) {
  Random random(78);
  // A prime, so that there is a rest; one operand backwards, one with gaps.
  Expression dot = expression("i,i->", {{3'300'007}, {3'300'007}});
  dot.operands[0].strides = {-1};
  dot.operands[1].strides = {2};
  EXPECT_EQ(dot.steps().steps.size(), 3u);
  check(dot, 1.0, 0.0, random, 1000);
  Expression product = expression("ki,kj->ij", {{65537, 8}, {65537, 7}});
  product.operands[0].strides = {-8, 1};
  product.operands[1].strides = {7, -1};
  product.output.strides = {-7, 1};
  EXPECT_EQ(product.steps().steps.size(), 3u);
  check(product, 3.0, -2.0, random, 1000);
}

TEST(SplitSum, CutsSumsOfAnyExtentAtOnce) {
  // Broadcast along j: few bytes, and an extent that no memory holds.
  Expression e = expression("ij->i", {{3, 4'294'967'291}});
  e.operands[0].strides = {1, 0};
  StepList list = e.steps();
  EXPECT_EQ(list.steps.size(), 3u) << printSchedules(list);
}

} // namespace
} // namespace einc::test
