// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Values, folding, affine forms and problems of expressions.

#include "runtime/Expressions.h"
#include "DemoArtifact.h"

#include <gtest/gtest.h>
#include <string>

using namespace einc::runtime;
using namespace einc::runtime::demo;

namespace {

const std::vector<int64_t> Extents = {5, 11};
const int64_t Counters[MaxCounters] = {3, 2};

std::string problemText(Problem problem) { return problem ? problem : "none"; }

Problem check(const Tokens &tokens) {
  ExpressionScope scope{tokens, 2, /*openCounters=*/0b11};
  return checkExpression({0, static_cast<uint32_t>(tokens.size())}, scope);
}

struct ValueRow {
  const char *name;
  Tokens tokens;
  int64_t value;
};

std::vector<ValueRow> valueRows() {
  auto binary = [](int64_t a, int64_t b, EincOpcode opcode) {
    return Tokens{literal(a), literal(b), op(opcode)};
  };
  return {
      {"nothing is 0", {}, 0},
      {"literal", {literal(-42)}, -42},
      {"extent", {extent(1)}, 11},
      {"counter", {counter(0)}, 3},
      {"add", binary(17, -4, EINC_OP_ADD), 13},
      {"sub", binary(17, 29, EINC_OP_SUB), -12},
      {"mul", binary(-6, 7, EINC_OP_MUL), -42},
      {"floordiv", binary(7, 2, EINC_OP_FLOORDIV), 3},
      {"floordiv of a negative", binary(-7, 2, EINC_OP_FLOORDIV), -4},
      {"exact floordiv", binary(-8, 2, EINC_OP_FLOORDIV), -4},
      {"floordiv of the least", binary(INT64_MIN, 1, EINC_OP_FLOORDIV),
       INT64_MIN},
      {"ceildiv", binary(7, 2, EINC_OP_CEILDIV), 4},
      {"ceildiv of a negative", binary(-7, 2, EINC_OP_CEILDIV), -3},
      {"exact ceildiv", binary(8, 2, EINC_OP_CEILDIV), 4},
      {"ceildiv of 0", binary(0, 9, EINC_OP_CEILDIV), 0},
      {"min", binary(12, -3, EINC_OP_MIN), -3},
      {"max", binary(12, -3, EINC_OP_MAX), 12},
      {"equal", binary(8, 8, EINC_OP_EQUAL), 1},
      {"not equal", binary(8, 9, EINC_OP_EQUAL), 0},
      {"select then",
       {literal(-1), literal(20), literal(30), op(EINC_OP_SELECT)},
       20},
      {"select else",
       {literal(0), literal(20), literal(30), op(EINC_OP_SELECT)},
       30},
      {"block at an edge: min(4, 11 - 3 * 4)",
       {literal(4), extent(1), counter(0), literal(4), op(EINC_OP_MUL),
        op(EINC_OP_SUB), op(EINC_OP_MIN)},
       -1},
      {"nested: (5 + 11) * (3 - 2)",
       {extent(0), extent(1), op(EINC_OP_ADD), counter(0), counter(1),
        op(EINC_OP_SUB), op(EINC_OP_MUL)},
       16},
  };
}

TEST(Expressions, ValueAndFoldedValue) {
  for (const ValueRow &row : valueRows()) {
    SCOPED_TRACE(row.name);
    ASSERT_EQ(problemText(check(row.tokens)), "none");
    int64_t value = -999;
    EXPECT_EQ(problemText(evaluate(row.tokens, Extents, Counters, value)),
              "none");
    EXPECT_EQ(value, row.value);

    Tokens folded = {literal(1234)}; // fold appends
    EXPECT_EQ(problemText(fold(row.tokens, Extents, folded)), "none");
    ASSERT_GT(folded.size(), 1u);
    EXPECT_EQ(folded[0].value, 1234);
    folded.erase(folded.begin());
    EXPECT_EQ(problemText(check(folded)), "none");
    EXPECT_EQ(problemText(evaluate(folded, {}, Counters, value)), "none");
    EXPECT_EQ(value, row.value);
  }
}

TEST(Expressions, FoldingComputesConstantParts) {
  // (5 * 11 + 1) - counter 0
  Tokens folded;
  ASSERT_EQ(fold(Tokens{extent(0), extent(1), op(EINC_OP_MUL), literal(1),
                        op(EINC_OP_ADD), counter(0), op(EINC_OP_SUB)},
                 Extents, folded),
            nullptr);
  ASSERT_EQ(folded.size(), 3u);
  EXPECT_EQ(folded[0].value, 56);
  EXPECT_EQ(folded[1].opcode, EINC_OP_COUNTER);
  EXPECT_EQ(folded[2].opcode, EINC_OP_SUB);

  folded.clear(); // no counter: one literal
  ASSERT_EQ(fold(Tokens{extent(0), literal(3), extent(1), op(EINC_OP_SELECT)},
                 Extents, folded),
            nullptr);
  ASSERT_EQ(folded.size(), 1u);
  EXPECT_EQ(folded[0].value, 3);
}

TEST(Expressions, ArithmeticProblems) {
  struct {
    Tokens tokens;
    const char *problem;
  } rows[] = {
      {{literal(INT64_MAX), literal(1), op(EINC_OP_ADD)}, "overflows"},
      {{literal(INT64_MIN), literal(1), op(EINC_OP_SUB)}, "overflows"},
      {{literal(INT64_MIN), literal(-1), op(EINC_OP_MUL)}, "overflows"},
      {{literal(1), literal(0), op(EINC_OP_FLOORDIV)},
       "divides by a number below 1"},
      {{literal(INT64_MIN), literal(-1), op(EINC_OP_CEILDIV)},
       "divides by a number below 1"},
  };
  for (const auto &row : rows) {
    int64_t value;
    EXPECT_EQ(problemText(evaluate(row.tokens, {}, nullptr, value)),
              row.problem);
    Tokens folded;
    EXPECT_EQ(problemText(fold(row.tokens, {}, folded)), row.problem);
  }
}

TEST(Expressions, StructureProblems) {
  Tokens deep(MaxExpressionDepth + 1, literal(1));
  deep.insert(deep.end(), MaxExpressionDepth, op(EINC_OP_ADD));
  Tokens deepest(deep.begin() + 1, deep.end() - 1);
  Tokens tooLong = {literal(1)};
  while (tooLong.size() < MaxExpressionTokens + 1) {
    tooLong.push_back(literal(1));
    tooLong.push_back(op(EINC_OP_ADD));
  }
  Tokens longest(tooLong.begin(), tooLong.end() - 2);
  struct {
    Tokens tokens;
    const char *problem;
  } rows[] = {
      {{{0, EINC_OP_SELECT + 1, 0}}, "has an unknown opcode"},
      {{{0, UINT32_MAX, 0}}, "has an unknown opcode"},
      {{extent(2)}, "names an extent that does not exist"},
      {{extent(-1)}, "names an extent that does not exist"},
      {{counter(2)}, "names a counter of no loop around it"},
      {{counter(64)}, "names a counter of no loop around it"},
      {{counter(INT64_MIN)}, "names a counter of no loop around it"},
      {{op(EINC_OP_ADD)}, "lacks an operand"},
      {{literal(1), op(EINC_OP_MAX)}, "lacks an operand"},
      {{literal(1), literal(2), op(EINC_OP_SELECT)}, "lacks an operand"},
      {{literal(1), literal(2)}, "does not leave one result"},
      {deep, "is too deep"},
      {deepest, "none"},
      {tooLong, "has too many tokens"},
      {longest, "none"},
  };
  for (const auto &row : rows)
    EXPECT_EQ(problemText(check(row.tokens)), row.problem);

  const Tokens three = {literal(1), literal(2), literal(3)};
  const ExpressionScope scope{three, 0, 0};
  EXPECT_EQ(problemText(checkExpression({2, 1}, scope)), "none");
  EXPECT_EQ(problemText(checkExpression({3, 0}, scope)), "none");
  EXPECT_EQ(problemText(checkExpression({3, 1}, scope)),
            "lies outside of the tokens");
  EXPECT_EQ(problemText(checkExpression({UINT32_MAX, 2}, scope)),
            "lies outside of the tokens");
}

TEST(Expressions, AffineForm) {
  // 100 - 8 * (counter 0 + 2 * counter 1) + 7
  Affine affine;
  ASSERT_EQ(makeAffine(Tokens{literal(100), literal(8), counter(0), literal(2),
                              counter(1), op(EINC_OP_MUL), op(EINC_OP_ADD),
                              op(EINC_OP_MUL), op(EINC_OP_SUB), literal(7),
                              op(EINC_OP_ADD)},
                       affine),
            nullptr);
  EXPECT_EQ(affine.constant, 107);
  EXPECT_EQ(affine.slopes[0], -8);
  EXPECT_EQ(affine.slopes[1], -16);
  EXPECT_EQ(affine.slopes[2], 0);

  ASSERT_EQ(makeAffine(Tokens{counter(1), literal(6), op(EINC_OP_MUL)}, affine),
            nullptr);
  EXPECT_EQ(affine.constant, 0);
  EXPECT_EQ(affine.slopes[0], 0);
  EXPECT_EQ(affine.slopes[1], 6);
}

TEST(Expressions, AffineProblems) {
  struct {
    Tokens tokens;
    const char *problem;
  } rows[] = {
      {{counter(0), counter(1), op(EINC_OP_MUL)},
       "is not affine in the loop counters"},
      {{counter(0), literal(4), op(EINC_OP_MIN)},
       "is not affine in the loop counters"},
      {{counter(0), literal(INT64_MAX), op(EINC_OP_MUL), literal(2),
        op(EINC_OP_MUL)},
       "overflows"},
      {{counter(0), literal(INT64_MAX), op(EINC_OP_ADD), literal(1),
        op(EINC_OP_ADD)},
       "overflows"},
  };
  for (const auto &row : rows) {
    Affine affine;
    EXPECT_EQ(problemText(makeAffine(row.tokens, affine)), row.problem);
  }
}

} // namespace
