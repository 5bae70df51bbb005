// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Equations of steps: what they look like, and that they parse as meant.

#include "compiler/Passes/StepText.h"
#include "compiler/Planner/Search.h"

#include <gtest/gtest.h>

#include <set>

using namespace einc;

TEST(LabelLetter, GoesOnBeyondTheAlphabet) {
  const std::pair<uint32_t, const char *> rows[] = {
      {0, "a"},
      {25, "z"},
      {26, "A"},
      {51, "Z"},
      {52, "\u00C0"},
      {52 + 0x7FF - 0xC0, "\u07FF"},
      {52 + 0x800 - 0xC0, "\u0800"},
      {52 + 0xD7FF - 0xC0, "\uD7FF"},
      {52 + 0xD800 - 0xC0, "\uE000"}, // No surrogates.
      {52 + 0xFFFF - 0x800 - 0xC0, "\uFFFF"},
      {52 + 0x10000 - 0x800 - 0xC0, "\U00010000"},
      {52 + 0x10FFFF - 0x800 - 0xC0, "\U0010FFFF"},
  };
  for (auto [index, letter] : rows)
    EXPECT_EQ(ir::labelLetter(index), letter) << index;
}

TEST(LabelLetter, IsALabelOfItsOwn) {
  std::set<std::string> seen;
  for (uint32_t index = 0; index < 3000; ++index) {
    std::string letter = ir::labelLetter(index);
    EXPECT_TRUE(seen.insert(letter).second) << index;
    Result<Equation> equation = parseEquation(letter + "->" + letter);
    ASSERT_TRUE(equation) << index;
    EXPECT_EQ(equation->labels, std::vector<std::string>{letter});
  }
}

/// The steps of an equation from left to right, separated by semicolons.
static std::string steps(const char *text, const std::vector<Shape> &shapes) {
  Result<Equation> equation = parseEquation(text);
  Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
  Network network = Network::fromEquation(*shaped);
  if (network.numOperands() == 1)
    return ir::unaryText(network);
  SearchOptions options;
  options.method = "left-to-right";
  Result<ContractionTree> tree = findTree(network, options);
  std::string result;
  size_t index = 0;
  for (const PairwiseStep &step : analyzeTree(network, *tree)) {
    result += (index == 0 ? "" : "; ") + ir::stepText(network, step, index);
    ++index;
  }
  return result;
}

TEST(StepText, IsThePlansWhereThatParses) {
  EXPECT_EQ(steps("ij,jk,kl->il", {{2, 3}, {3, 4}, {4, 5}}),
            "ij,jk->ik; ik,kl->il");
  EXPECT_EQ(steps("...i,ij,...j->...", {{2, 3}, {3, 4}, {2, 4}}),
            "...i,ij->j...; j...,...j->...");
  EXPECT_EQ(steps("row mid,mid col,col->row", {{2, 3}, {3, 4}, {4}}),
            "row mid,mid col->row col; row col,col->row");
  EXPECT_EQ(steps("(iij)->ji", {{2, 2, 3}}), "iij->ji");
}

TEST(StepText, HasOtherLettersWhereWordsWouldBeLetters) {
  EXPECT_EQ(steps("dim,dim,row dim->row", {{3}, {3}, {2, 3}}),
            "a,a->a; dim,row dim->row");
  EXPECT_EQ(steps("(two words,words)->", {{2, 3}, {3}}), "two words,words->");
}
