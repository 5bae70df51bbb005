// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Paths that the caller wrote down.

#include "NetworkBuilder.h"
#include "compiler/Planner/Search.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace einc;

using Path = std::vector<std::vector<uint32_t>>;
using Steps = std::vector<ContractionTree::Step>;
using Form = SearchOptions::PathForm;

static Result<ContractionTree> find(size_t numOperands, Path path, Form form) {
  SearchOptions options;
  options.path = std::move(path);
  options.pathForm = form;
  // Neither counts beside a path.
  options.method = "no such search";
  Network network = makeChain(numOperands);
  if (numOperands > 3)
    network.groups = {{1, 3}};
  return findTree(network, options);
}

TEST(ExplicitPath, Trees) {
  struct Row {
    size_t numOperands;
    Form form;
    Path path;
    Steps steps;
  };
  const std::vector<Row> rows = {
      // Positions in the list [0, 1, 2], then [0, 3].
      {3, Form::Linear, {{1, 2}, {0, 1}}, {{1, 2}, {0, 3}}},
      {3, Form::SSA, {{1, 2}, {0, 3}}, {{1, 2}, {0, 3}}},
      // As the caller ordered them.
      {3, Form::Linear, {{2, 0}, {1, 0}}, {{2, 0}, {3, 1}}},
      {3, Form::SSA, {{2, 0}, {3, 1}}, {{2, 0}, {3, 1}}},
      {4, Form::Linear, {{0, 3}, {0, 1}, {0, 1}}, {{0, 3}, {1, 2}, {4, 5}}},
      // More than two at once: left to right; they give one result.
      {3, Form::Linear, {{0, 1, 2}}, {{0, 1}, {3, 2}}},
      {3, Form::SSA, {{2, 0, 1}}, {{2, 0}, {3, 1}}},
      {5,
       Form::Linear,
       {{3, 1, 4}, {2, 0, 1}},
       {{3, 1}, {5, 4}, {6, 0}, {7, 2}}},
      {5, Form::SSA, {{3, 1, 4}, {5, 0, 2}}, {{3, 1}, {5, 4}, {6, 0}, {7, 2}}},
      // One operand: its result is itself, at the end or with a new number.
      {1, Form::Linear, {{0}}, {}},
      {1, Form::SSA, {{0}}, {}},
      {1, Form::Linear, {}, {}},
      {3, Form::Linear, {{0}, {0, 1}, {0, 1}}, {{1, 2}, {0, 3}}},
      {3, Form::SSA, {{0}, {1, 2}, {3, 4}}, {{1, 2}, {0, 3}}},
      {2, Form::Linear, {{0, 1}, {0}}, {{0, 1}}},
  };
  for (const Row &row : rows) {
    Result<ContractionTree> tree = find(row.numOperands, row.path, row.form);
    ASSERT_TRUE(tree) << tree.error().message;
    EXPECT_EQ(tree->steps, row.steps) << "row " << &row - rows.data();
    EXPECT_EQ(tree->method, "path");
    EXPECT_TRUE(checkTree(makeChain(row.numOperands), *tree));
  }
}

TEST(ExplicitPath, Mistakes) {
  struct Row {
    size_t numOperands;
    Form form;
    Path path;
    const char *message;
  };
  const std::vector<Row> rows = {
      {3,
       Form::Linear,
       {{1, 2}, {0, 2}},
       "path step 1 names position 2, but 2 operands are left"},
      {2,
       Form::Linear,
       {{0, 1}, {1}},
       "path step 1 names position 1, but 1 operand is left"},
      {3, Form::Linear, {{1, 1}}, "path step 0 names position 1 twice"},
      {3, Form::Linear, {{0, 1}, {}}, "path step 1 names no operand"},
      {3,
       Form::Linear,
       {{0, 1}},
       "the path leaves 2 operands; it has to contract them all into one"},
      {3,
       Form::Linear,
       {},
       "the path leaves 3 operands; it has to contract them all into one"},
      {3,
       Form::SSA,
       {{1, 3}},
       "path step 0 names value 3, which no step before it makes"},
      {3,
       Form::SSA,
       {{1, 2}, {1, 0}},
       "path step 1 names value 1, which step 0 has used up"},
      {3, Form::SSA, {{0, 1}, {3, 3}}, "path step 1 names value 3 twice"},
      {3,
       Form::SSA,
       {{0, 4294967295}},
       "path step 0 names value 4294967295, which no step before it makes"},
  };
  for (const Row &row : rows) {
    Result<ContractionTree> tree = find(row.numOperands, row.path, row.form);
    ASSERT_FALSE(tree) << row.message;
    EXPECT_EQ(tree.error().message, row.message);
    EXPECT_EQ(tree.error().kind, ErrorKind::InvalidArgument);
  }
}

// The linear form against the list it describes.
TEST(ExplicitPath, LongLinearPath) {
  constexpr uint32_t NumOperands = 2000;
  std::mt19937_64 random(5);
  std::vector<uint32_t> list;
  for (uint32_t i = 0; i < NumOperands; ++i)
    list.push_back(i);
  Path path;
  Steps steps;
  while (list.size() > 1) {
    auto a = static_cast<uint32_t>(random() % list.size());
    auto b = static_cast<uint32_t>(random() % (list.size() - 1));
    b += b >= a;
    path.push_back({a, b});
    steps.push_back({list[a], list[b]});
    for (uint32_t position : {std::max(a, b), std::min(a, b)})
      list.erase(list.begin() + position);
    list.push_back(static_cast<uint32_t>(NumOperands + steps.size() - 1));
  }
  Result<ContractionTree> tree = find(NumOperands, path, Form::Linear);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->steps, steps);
}
