// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Frontend/ShapeInference.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

using Lists = std::vector<std::vector<int64_t>>;
constexpr int64_t dots = InterleavedEllipsis;
constexpr int64_t largest = std::numeric_limits<int64_t>::max();

Equation parse(const Lists &lists, const std::vector<int64_t> *output) {
  Result<Equation> equation = parseInterleaved(lists, output);
  EXPECT_TRUE(equation) << equation.error().render();
  return std::move(*equation);
}

std::string canonical(const Lists &lists) {
  return parse(lists, nullptr).toString();
}
std::string canonical(const Lists &lists, std::vector<int64_t> output) {
  return parse(lists, &output).toString();
}

TEST(Interleaved, HasNumbersForLabels) {
  std::vector<int64_t> output = {1000, 7};
  Equation equation = parse({{7, 52}, {52, dots, 1000}}, &output);
  EXPECT_EQ(equation.form, Equation::Form::Interleaved);
  EXPECT_EQ(equation.text, "");
  EXPECT_EQ(equation.labels, (std::vector<std::string>{"7", "52", "1000"}));
  EXPECT_EQ(equation.operands[1].ellipsis, 1);
  EXPECT_EQ(equation.operands[1].ellipsisByte, 1u);
  EXPECT_EQ(equation.begin(equation.operands[1])[1].byte, 2u);
  EXPECT_TRUE(equation.explicitOutput);
}

TEST(Interleaved, SortsByValue) {
  EXPECT_EQ(parse({{10, 9}}, nullptr).sortRank, (std::vector<uint32_t>{1, 0}));
  EXPECT_EQ(parse({{largest, 0, 5}}, nullptr).sortRank,
            (std::vector<uint32_t>{2, 0, 1}));
}

TEST(Interleaved, PrintsTheLettersOfNumpy) {
  EXPECT_EQ(canonical({{0, 1}, {1, 2}}, {0, 2}), "AB,BC->AC");
  EXPECT_EQ(canonical({{26, 25}}), "aZ->Za");
  EXPECT_EQ(canonical({{51, 52}}), "zÀ->zÀ");
  EXPECT_EQ(canonical({{dots, 3}, {}}), "...D,->...D");
}

TEST(Interleaved, KeepsTheOrderOfLargeLabels) {
  EXPECT_EQ(canonical({{largest, 3}, {3, 1000000000}}), "CA,AB->BC");
}

TEST(Interleaved, LeavesSurrogatesOut) {
  // The last letter before the gap and the first behind it.
  EXPECT_EQ(canonical({{55155, 55156}}), "\uD7FF\uE000->\uD7FF\uE000");
  EXPECT_EQ(canonical({{1111923, 0}}), "\U0010FFFFA->A\U0010FFFF");
}

std::string message(const Lists &lists, const std::vector<int64_t> *output,
                    ErrorKind kind) {
  Result<Equation> equation = parseInterleaved(lists, output);
  if (equation)
    return "no error";
  EXPECT_EQ(equation.error().kind, kind);
  EXPECT_TRUE(equation.error().positions.empty());
  return equation.error().render();
}

TEST(Interleaved, NamesListAndEntryOfAMistake) {
  EXPECT_EQ(message({{0, 1}, {1, -3}}, nullptr, ErrorKind::Syntax),
            "error: entry 1 of the list of operand 1 is -3; labels are "
            "integers from 0 on\n");
  EXPECT_EQ(message({{dots, 1, dots}}, nullptr, ErrorKind::Syntax),
            "error: entry 2 of the list of operand 0 is a second ellipsis; a "
            "list has at most one\n");
  std::vector<int64_t> negative = {0, -1};
  EXPECT_EQ(message({{0, 1}}, &negative, ErrorKind::Syntax),
            "error: entry 1 of the output list is -1; labels are integers from "
            "0 on\n");
  std::vector<int64_t> unknown = {1, 30};
  EXPECT_EQ(message({{0, 1}, {1, 3}}, &unknown, ErrorKind::UnknownOutputLabel),
            "error: label 30 of the output, entry 1, is in no input\n"
            "note: the inputs have the labels 0, 1, 3\n");
  EXPECT_EQ(message({}, nullptr, ErrorKind::OperandCount),
            "error: there are no operands; einsum needs one or more\n");
}

} // namespace
