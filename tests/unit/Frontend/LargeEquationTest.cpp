// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Equations far beyond what anyone types. An algorithm that is not linear, or
/// that recurses, does not come back from these.

#include "compiler/Frontend/ShapeInference.h"
#include "tests/conformance/GeneratedEquation.h"

#include <gtest/gtest.h>
#include <random>

using namespace einc;
using namespace einc::conformance;

namespace {

Equation parse(const std::string &text) {
  Result<Equation> equation = parseEquation(text);
  EXPECT_TRUE(equation) << equation.error().render();
  return std::move(*equation);
}

Shape outputShape(const Equation &equation, const std::vector<Shape> &shapes) {
  Result<ShapedEquation> shaped = inferShapes(equation, shapes);
  EXPECT_TRUE(shaped) << shaped.error().render();
  return shaped ? shaped->outputShape : Shape{-1};
}

TEST(LargeEquation, SixtyThousandOperands) {
  GeneratedEquation made = generate("chain", 60000);
  Equation equation = parse(made.text);
  EXPECT_EQ(equation.operands.size(), 60000u);
  EXPECT_EQ(equation.labels.size(), 60001u);
  EXPECT_EQ(outputShape(equation, made.shapes), (Shape{2, 2}));
}

TEST(LargeEquation, TwoMillionCharactersOfOneTerm) {
  std::string text;
  std::mt19937 random(3);
  for (int i = 0; i < 2000000; ++i)
    text += static_cast<char>('a' + random() % 26);
  Equation equation = parse(text + "->zaz");
  EXPECT_EQ(equation.operands[0].numAxes, 2000000u);
  EXPECT_EQ(equation.labels.size(), 26u);
  EXPECT_EQ(outputShape(equation, {Shape(2000000, 1)}), (Shape{1, 1, 1}));
}

TEST(LargeEquation, EveryLetterOfUnicode) {
  // All 1,111,927 of them, from the last to the first.
  std::vector<std::string> letters;
  for (uint32_t n = 0; n < 1111924; ++n)
    letters.push_back(symbol(n));
  letters.insert(letters.end(), {"ª", "µ", "º"});
  std::string text;
  for (size_t i = letters.size(); i-- > 0;)
    text += letters[i];
  Equation equation = parse(text);
  EXPECT_EQ(equation.labels.size(), letters.size());
  EXPECT_EQ(equation.output.numAxes, letters.size());
  // The implicit output starts with A, B, C.
  Shape shape(letters.size(), 1);
  for (size_t i = 0; i < 3; ++i)
    shape[letters.size() - 1 - (26 + i)] = 5 + static_cast<int64_t>(i);
  Shape output = outputShape(equation, {shape});
  EXPECT_EQ(Shape(output.begin(), output.begin() + 4), (Shape{5, 6, 7, 1}));
}

TEST(LargeEquation, AMillionParenthesesNested) {
  GeneratedEquation made = generate("deep", 1000000);
  Equation equation = parse(made.text);
  EXPECT_TRUE(equation.groups.empty());
  EXPECT_EQ(outputShape(equation, made.shapes), (Shape{3, 2}));
}

TEST(LargeEquation, AMillionParenthesesThatOrder) {
  GeneratedEquation made = generate("nest", 500000);
  Equation equation = parse(made.text);
  // All but the outermost pair, which holds every operand.
  ASSERT_EQ(equation.groups.size(), 499998u);
  EXPECT_EQ(equation.groups.front().last, 499999u);
  EXPECT_EQ(equation.groups.back().last, 2u);
  EXPECT_EQ(outputShape(equation, made.shapes), (Shape{2, 2}));
  std::string expected = made.text.substr(1);
  expected.erase(expected.find("->") - 1, 1);
  EXPECT_TRUE(equation.toString() == expected);
}

TEST(LargeEquation, AMillionParenthesesInARow) {
  std::string text = "(i)";
  for (int i = 1; i < 1000000; ++i)
    text += ",()";
  std::vector<Shape> shapes(1000000);
  shapes[0] = {7};
  Equation equation = parse(text);
  EXPECT_EQ(equation.operands.size(), 1000000u);
  EXPECT_EQ(outputShape(equation, shapes), (Shape{7}));
}

TEST(LargeEquation, AMillionParenthesesLeftOpen) {
  Result<Equation> equation = parseEquation(std::string(1000000, '('));
  ASSERT_FALSE(equation);
  EXPECT_EQ(equation.error().positions,
            (std::vector<Position>{{999999, 999999}}));
}

TEST(LargeEquation, ManyWordsWithALongCommonStart) {
  // Sorting them compares long strings; hashing them would not be safer.
  std::string text = "first";
  std::string start(100, 'x');
  for (int i = 0; i < 20000; ++i)
    text += " " + start + std::to_string(i);
  Equation equation = parse(text);
  EXPECT_EQ(equation.labels.size(), 20001u);
  EXPECT_EQ(equation.sortRank[0], 0u);
  EXPECT_EQ(equation.labels[equation.axes.back().label], start + "9999");
}

TEST(LargeEquation, AMistakeAtTheEnd) {
  GeneratedEquation made = generate("words", 60000);
  Result<Equation> equation = parseEquation(made.text + "x");
  ASSERT_FALSE(equation);
  EXPECT_EQ(equation.error().kind, ErrorKind::UnknownOutputLabel);
  EXPECT_EQ(equation.error().message,
            "label 'bond60000x' of the output is in no input; did you mean "
            "'bond60000'?");
}

TEST(LargeEquation, SixtyThousandEllipses) {
  std::string text;
  for (int i = 0; i < 60000; ++i)
    text += i == 0 ? "...i" : ",...i";
  std::vector<Shape> shapes(60000, {5, 1, 3});
  shapes.back() = {1, 7, 3};
  EXPECT_EQ(outputShape(parse(text), shapes), (Shape{5, 7}));
}

TEST(LargeEquation, OneOperandOfAMillionAxesUnderAnEllipsis) {
  Shape shape(1000000, 1);
  shape[5] = 2;
  EXPECT_EQ(outputShape(parse("...->..."), {shape}), shape);
}

TEST(LargeEquation, IntegerLists) {
  std::vector<std::vector<int64_t>> operands;
  std::vector<Shape> shapes;
  for (int64_t k = 0; k < 60000; ++k) {
    // Multiples of a large number, from large to small.
    operands.push_back({(60001 - k) << 40, (60000 - k) << 40});
    shapes.push_back({2 + k % 3, 2 + (k + 1) % 3});
  }
  Result<Equation> equation = parseInterleaved(operands, nullptr);
  ASSERT_TRUE(equation);
  EXPECT_EQ(outputShape(*equation, shapes), (Shape{2, 2}));
}

} // namespace
