// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What a tree costs, step by step, and which lists of steps are trees.

#include "NetworkBuilder.h"
#include "compiler/Planner/Search.h"
#include "compiler/Planner/StepEquation.h"
#include "compiler/Planner/WideDouble.h"

#include <gtest/gtest.h>

using namespace einc;

using Steps = std::vector<ContractionTree::Step>;

namespace {
struct StepRow {
  const char *equation;
  Extents extents;
  Steps tree;
  /// "equation flops size" of each step.
  std::vector<std::string> steps;
};
} // namespace

TEST(ContractionTree, StepsAndCosts) {
  const std::vector<StepRow> rows = {
      {"ij,jk->ik",
       {{'i', 3}, {'j', 4}, {'k', 2}},
       {{0, 1}},
       {"ij,jk->ik 48 6"}},
      // The output as it was written; operands too, diagonals included.
      {"ji,jkk->ki",
       {{'i', 3}, {'j', 4}, {'k', 2}},
       {{1, 0}},
       {"jkk,ji->ki 48 6"}},
      // No sum, no factor of 2.
      {"i,j->ij", {{'i', 3}, {'j', 5}}, {{0, 1}}, {"i,j->ij 15 15"}},
      {"ij,ij->ij", {{'i', 3}, {'j', 5}}, {{0, 1}}, {"ij,ij->ij 15 15"}},
      // A label of extent 1 is summed like any other.
      {"i,i->", {{'i', 1}}, {{0, 1}}, {"i,i-> 2 1"}},
      {",->", {}, {{0, 1}}, {",-> 1 1"}},
      // A hyper-label lives until its last operand.
      {"ia,ib,ic->abc",
       {{'i', 7}, {'a', 2}, {'b', 3}, {'c', 5}},
       {{0, 2}, {3, 1}},
       {"ia,ic->iac 70 70", "iac,ib->abc 420 30"}},
      // A label of one operand alone goes with the first step that has it.
      {"ix,j,jk->ik",
       {{'i', 3}, {'x', 11}, {'j', 5}, {'k', 2}},
       {{0, 1}, {3, 2}},
       {"ix,j->ij 330 15", "ij,jk->ik 60 6"}},
      {"ix,j,jk->ik",
       {{'i', 3}, {'x', 11}, {'j', 5}, {'k', 2}},
       {{1, 2}, {0, 3}},
       {"j,jk->k 20 2", "ix,k->ik 132 6"}},
      // The output keeps a label that operands share.
      {"bij,bjk->bik",
       {{'b', 2}, {'i', 3}, {'j', 5}, {'k', 7}},
       {{0, 1}},
       {"bij,bjk->bik 420 42"}},
      {"i->ii", {{'i', 3}}, {}, {}},
      // Nothing to compute.
      {"ij,jk->ik",
       {{'i', 3}, {'j', 0}, {'k', 2}},
       {{0, 1}},
       {"ij,jk->ik 0 6"}},
  };
  for (const StepRow &row : rows) {
    Network network = makeNetwork(row.equation, row.extents);
    ContractionTree tree{row.tree, "", 0};
    EXPECT_TRUE(checkTree(network, tree)) << row.equation;
    std::vector<std::string> found;
    double flops = 0, largest = 0;
    for (const PairwiseStep &step : analyzeTree(network, tree)) {
      std::string text = EquationSpelling(network).step(step, found.size());
      for (double number : {step.flops, step.size})
        text.append(" ").append(std::to_string(static_cast<int64_t>(number)));
      found.push_back(text);
      flops += step.flops;
      largest = std::max(largest, step.size);
    }
    EXPECT_EQ(found, row.steps) << row.equation;
    TreeCost cost = treeCost(network, tree);
    EXPECT_EQ(cost.flops, flops) << row.equation;
    EXPECT_EQ(cost.largestIntermediate, largest) << row.equation;
  }
}

TEST(ContractionTree, Check) {
  struct Row {
    Steps steps;
    const char *message;
  };
  const std::vector<Row> rows = {
      {{{1, 2}, {0, 3}}, ""},
      {{{0, 3}, {1, 2}}, "step 0 uses value 3, which no step before it makes"},
      {{{0, 1}, {3, 4}}, "step 1 uses value 4, which no step before it makes"},
      {{{1, 1}, {0, 3}}, "step 0 uses value 1 twice"},
      {{{0, 1}, {1, 2}}, "step 1 uses value 1, which step 0 has used up"},
      {{{0, 1}}, "3 operands need 2 steps, not 1"},
      {{}, "3 operands need 2 steps, not 0"},
  };
  Network network =
      makeNetwork("ij,jk,kl->il", {{'i', 2}, {'j', 3}, {'k', 5}, {'l', 7}});
  for (const Row &row : rows) {
    Result<Success> checked = checkTree(network, {row.steps, "", 0});
    EXPECT_EQ(checked ? "" : checked.error().message, row.message);
    if (!checked) {
      EXPECT_EQ(checked.error().kind, ErrorKind::InvalidArgument);
    }
  }
  Result<Success> none = checkTree(Network(), {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().message, "there are no operands to contract");
}

// The short way to the cost of the order left to right agrees with the long
// one.
TEST(ContractionTree, LeftToRightCost) {
  uint64_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  SearchOptions options;
  options.method = "left-to-right";
  for (int round = 0; round < 200; ++round) {
    size_t numOperands = 1 + random() % 12;
    Network network = makeRandomNetwork(random, numOperands, random() % 16, 6);
    Result<ContractionTree> tree = findTree(network, options);
    ASSERT_TRUE(tree);
    TreeCost walked = treeCost(network, *tree);
    TreeCost summed = leftToRightCost(network);
    EXPECT_EQ(walked.flops, summed.flops);
    EXPECT_EQ(walked.largestIntermediate, summed.largestIntermediate);
    EXPECT_EQ(walked.log10Flops, summed.log10Flops);
  }
}

// 2000 labels of extent 2 that all live at once: 2^2000 elements.
TEST(ContractionTree, LogarithmsStayFinite) {
  std::vector<std::vector<LabelId>> operands;
  for (LabelId label = 0; label < 2000; ++label)
    operands.push_back({label});
  std::vector<LabelId> output;
  for (LabelId label = 0; label < 2000; ++label)
    output.push_back(label);
  Network network =
      makeNetwork(operands, output, std::vector<int64_t>(2000, 2));
  for (const char *method : {"left-to-right", "greedy"}) {
    SearchOptions options;
    options.method = method;
    Result<ContractionTree> tree = findTree(network, options);
    ASSERT_TRUE(tree);
    TreeCost cost = treeCost(network, *tree);
    EXPECT_EQ(cost.flops, HUGE_VAL);
    EXPECT_EQ(cost.largestIntermediate, HUGE_VAL);
    EXPECT_EQ(cost.log2LargestIntermediate, 2000) << method;
    // The last step alone costs 2^2000; left to right each step before it
    // costs half the next.
    EXPECT_GE(cost.log10Flops, 2000 * std::log10(2) - 1e-9);
    EXPECT_LE(cost.log10Flops, 2001 * std::log10(2) + 1e-9);
  }
  EXPECT_NEAR(leftToRightCost(network).log10Flops, 2001 * std::log10(2), 1e-9);
}

TEST(ContractionTree, NothingToComputeHasLogarithmZero) {
  Network network = makeNetwork("ij,jk->ik", {{'i', 3}, {'j', 0}, {'k', 0}});
  TreeCost cost = treeCost(network, {{{0, 1}}, "", 0});
  EXPECT_EQ(cost.flops, 0);
  EXPECT_EQ(cost.log10Flops, 0);
  EXPECT_EQ(cost.log2LargestIntermediate, 0);
}

TEST(WideDouble, Arithmetic) {
  WideDouble zero, three(3), huge(3, 5000), minusHuge = -huge;
  EXPECT_EQ((three + three * three).toDouble(), 12);
  EXPECT_EQ((three - three).toDouble(), 0);
  EXPECT_EQ((zero * huge).toDouble(), 0);
  EXPECT_EQ((zero + three).toDouble(), 3);
  EXPECT_EQ(huge.toDouble(), HUGE_VAL);
  EXPECT_EQ(minusHuge.toDouble(), -HUGE_VAL);
  EXPECT_EQ((huge * WideDouble(1, -5000)).toDouble(), 3);
  EXPECT_EQ((huge - huge + three).toDouble(), 3);
  EXPECT_EQ(WideDouble(1, 5000).log2(), 5000);
  EXPECT_NEAR(WideDouble(1, 5000).log10(), 5000 * std::log10(2), 1e-9);
  EXPECT_EQ(WideDouble(1e6).log10(), 6);
  EXPECT_EQ(WideDouble(0.25).log2(), 0);
  const WideDouble ordered[] = {minusHuge,          -three, zero,
                                WideDouble(0.5),    three,  huge,
                                WideDouble(4, 5000)};
  for (size_t i = 0; i < std::size(ordered); ++i)
    for (size_t j = 0; j < std::size(ordered); ++j)
      EXPECT_EQ(ordered[i] < ordered[j], i < j) << i << " " << j;
}
