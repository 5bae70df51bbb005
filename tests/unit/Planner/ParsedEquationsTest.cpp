// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From the text of an equation to its plan.

#include "compiler/Planner/PlanPrinter.h"
#include "compiler/Planner/Search.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace einc;

static Network network(std::string_view text, std::vector<Shape> shapes) {
  Result<Equation> equation = parseEquation(text);
  EXPECT_TRUE(equation) << text;
  Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
  EXPECT_TRUE(shaped) << text;
  return Network::fromEquation(*shaped);
}

TEST(ParsedEquations, StepEquations) {
  struct Row {
    const char *equation;
    std::vector<Shape> shapes;
    std::string steps;
  };
  const std::vector<Row> rows = {
      {"ij,jk,kl->il",
       {{1000, 10}, {10, 1000}, {1000, 1}},
       "jk,kl->jl;ij,jl->il;"},
      {"(ij,jk),kl->li",
       {{1000, 10}, {10, 1000}, {1000, 1}},
       "ij,jk->ik;ik,kl->li;"},
      {"((i j,j k)),(k l)", {{2, 3}, {3, 5}, {5, 7}}, "ij,jk->ik;ik,kl->il;"},
      {"row col, col, col -> row",
       {{7, 5}, {5}, {5}},
       "col,col->col;row col,col->row;"},
      {"...ij,...jk", {{4, 1, 2, 3}, {9, 3, 5}}, "...ij,...jk->...ik;"},
      {"kji,jj->ki", {{2, 3, 5}, {3, 3}}, "kji,jj->ki;"},
      {"i,j->iij", {{2}, {3}}, "i,j->iij;"},
  };
  for (const Row &row : rows) {
    Network shaped = network(row.equation, row.shapes);
    Result<ContractionTree> tree = findTree(shaped, {});
    ASSERT_TRUE(tree);
    nlohmann::json json = nlohmann::json::parse(printPlanJSON(shaped, *tree));
    std::string steps;
    for (const nlohmann::json &step : json["steps"])
      steps += step["equation"].get<std::string>() + ";";
    EXPECT_EQ(steps, row.steps) << row.equation;
  }
}

TEST(ParsedEquations, InterleavedLabelsAreNumbers) {
  std::vector<int64_t> output = {30, 2};
  Result<Equation> equation = parseInterleaved({{2, 11}, {11, 30}}, &output);
  ASSERT_TRUE(equation);
  std::vector<Shape> shapes = {{2, 3}, {3, 5}};
  Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
  ASSERT_TRUE(shaped);
  Network numbers = Network::fromEquation(*shaped);
  Result<ContractionTree> tree = findTree(numbers, {});
  ASSERT_TRUE(tree);
  EXPECT_NE(printPlanJSON(numbers, *tree).find("\"2 11,11 30->30 2\""),
            std::string::npos);
}

// 200,000 pairs of parentheses, one in the other.
TEST(ParsedEquations, DeepParentheses) {
  constexpr size_t NumOperands = 200001;
  std::string text(NumOperands - 1, '(');
  text += "a";
  for (size_t i = 1; i < NumOperands; ++i)
    text += ",a)";
  Network deep = network(text + "->a", std::vector<Shape>(NumOperands, {2}));
  Result<ContractionTree> tree = findTree(deep, {});
  ASSERT_TRUE(tree);
  ASSERT_TRUE(checkTree(deep, *tree));
  EXPECT_EQ(tree->method, "parentheses");
  EXPECT_EQ(treeCost(deep, *tree).flops, 2.0 * (NumOperands - 1));
}
