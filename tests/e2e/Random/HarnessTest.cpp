// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// That the random test would notice: what its memory and its checks catch.

#include "tests/e2e/Random/CaseMemory.h"
#include "tests/e2e/Random/RunCase.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

using namespace einc;
using namespace einc::tests;

namespace {

/// f32, ij->ji; the output has gaps and a negative stride.
Case makeTransposition() {
  Case test;
  test.origin = "by hand";
  test.equation.text = "ij->ji";
  test.equation.shapes = {{2, 3}};
  test.equation.outputShape = {3, 2};
  test.equation.iterations = 6;
  test.operands.push_back({{2, 3}, {3, 1}, 0, 6, true, 0});
  test.output = {{3, 2}, {-3, 2}, 7, 10, false, 1};
  return test;
}

TEST(GuardedBufferDeathTest, StopsAtTheEnd) {
  GuardedBuffer buffer(100, GuardedBuffer::Place::AtEnd);
  volatile char *bytes = static_cast<char *>(buffer.data());
  bytes[0] = 1;
  bytes[99] = 2;
  EXPECT_DEATH((void)bytes[100], "");
  buffer.makeReadOnly();
  EXPECT_EQ(bytes[99], 2);
  EXPECT_DEATH(bytes[99] = 3, "");
}

TEST(GuardedBufferDeathTest, StopsBeforeTheStart) {
  GuardedBuffer buffer(100, GuardedBuffer::Place::AtStart, 12);
  volatile char *bytes = static_cast<char *>(buffer.data());
  bytes[-12] = 1;
  bytes[99] = 2;
  EXPECT_DEATH((void)bytes[-13], "");
}

TEST(CaseMemory, ValuesAreDistinctAndGapsAreNaN) {
  for (bool exact : {true, false}) {
    Case test = makeTransposition();
    test.exact = exact;
    test.operands[0] = {{5, 7}, {-16, 2}, 65, 79, false, 3};
    CaseMemory memory(test);
    EXPECT_TRUE(memory.distinct());
    std::set<double> values;
    const TensorView &view = memory.operands()[0];
    for (int64_t i = 0; i < 5; ++i)
      for (int64_t j = 0; j < 7; ++j)
        values.insert(view(i, j));
    EXPECT_EQ(values.size(), 35u);
    EXPECT_TRUE(std::isnan(static_cast<const float *>(view.data())[1]));
  }
}

TEST(CaseMemory, PoisonsTheOutputUnlessItIsRead) {
  Case test = makeTransposition();
  CaseMemory poisoned(test);
  poisoned.resetOutput();
  EXPECT_TRUE(std::isnan(poisoned.output()(2, 1)));
  test.beta = 2;
  CaseMemory memory(test);
  memory.resetOutput();
  EXPECT_EQ(memory.output()(2, 1), memory.previous()[5]);
  EXPECT_NE(memory.output()(2, 1), memory.output()(2, 0));
}

TEST(CaseMemory, NoticesWritesIntoGaps) {
  Case test = makeTransposition();
  CaseMemory memory(test);
  memory.resetOutput();
  EXPECT_EQ(memory.checkGaps(), "");
  float *first = static_cast<float *>(memory.output().data());
  first[2] = 5; // element (0, 1)
  EXPECT_EQ(memory.checkGaps(), "");
  first[1] = 5;
  EXPECT_EQ(memory.checkGaps(),
            "element 8 of the output's buffer is no element of the output but "
            "was written");
}

TEST(RunCase, CountsWhatACaseHas) {
  Coverage coverage;
  Case test = makeTransposition();
  EXPECT_EQ(runCase(test, coverage), "");
  for (const char *property :
       {"cases", "f32", "native", "general", "1 operands", "strided",
        "strided output", "negative stride", "exact", "distinct"})
    EXPECT_EQ(coverage[property], 1u) << property;
  for (const char *property : {"gemm", "zero stride", "zero extent", "beta"})
    EXPECT_EQ(coverage[property], 0u) << property;
}

TEST(RunCase, NoticesAnotherMeaning) {
  Coverage coverage;
  Case test = makeTransposition();
  test.equation.outputShape = {2, 3};
  test.output = {{2, 3}, {3, 1}, 0, 6, false, 0};
  std::string wrong = runCase(test, coverage);
  EXPECT_NE(wrong.find("the output has shape"), std::string::npos) << wrong;
  EXPECT_NE(wrong.find("by hand: \"ij->ji\" f32 native (2,3)/(3,1)@0 -> "
                       "(2,3)/(3,1)@0 alpha 1 beta 0 exact"),
            std::string::npos)
      << wrong;
}

} // namespace
