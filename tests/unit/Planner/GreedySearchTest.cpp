// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Networks that are too large for anything but a linear search.

#include "NetworkBuilder.h"
#include "compiler/Planner/Search.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

using namespace einc;

/// Plans, checks the tree, and prints how long the search took.
static ContractionTree plan(const Network &network, SearchOptions options = {},
                            const char *name = nullptr) {
  Result<ContractionTree> tree = findTree(network, options);
  EXPECT_TRUE(tree);
  EXPECT_TRUE(checkTree(network, *tree));
  if (name)
    std::printf("%s: %s, %.1f ms\n", name, tree->method.c_str(),
                tree->seconds * 1e3);
  return *std::move(tree);
}

TEST(GreedySearch, AutoChoosesByOperands) {
  EXPECT_EQ(plan(makeChain(1)).method, "optimal");
  EXPECT_EQ(plan(makeChain(10)).method, "optimal");
  // Greedy, unless the order of the text is cheaper.
  EXPECT_EQ(plan(makeChain(11)).method, "left-to-right");
  std::mt19937_64 random(5);
  EXPECT_EQ(plan(makeRandomNetwork(random, 11, 30, 5)).method, "greedy");
}

TEST(GreedySearch, AutoIsNoWorseThanLeftToRight) {
  uint64_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 60; ++round) {
    Network network = makeRandomNetwork(random, 11 + random() % 30, 40, 4);
    double limit = leftToRightCost(network).log10Flops;
    EXPECT_LE(treeCost(network, plan(network)).log10Flops, limit)
        << "round " << round;
  }
}

TEST(GreedySearch, LongChain) {
  Network network = makeChain(60000);
  SearchOptions greedy;
  greedy.method = "greedy";
  ContractionTree tree = plan(network, greedy, "chain of 60,000");
  EXPECT_LT(tree.seconds, 10);
  // No step of a chain needs more than three labels.
  EXPECT_LE(treeCost(network, tree).largestIntermediate, 12 * 12);
}

// All operands share one label: pairs are proposed for 16 neighbours only.
TEST(GreedySearch, OneLabelInAllOperands) {
  constexpr LabelId NumOperands = 20000;
  std::vector<std::vector<LabelId>> operands;
  for (LabelId i = 0; i < NumOperands; ++i)
    operands.push_back({0, 1 + i % 7});
  Network network = makeNetwork(operands, {0}, {2, 3, 4, 5, 6, 7, 8, 9});
  ContractionTree tree = plan(network, {}, "one label in 20,000 operands");
  EXPECT_LT(tree.seconds, 10);
  // Operands of equal labels are contracted with each other first, so there
  // never is anything larger than one of them.
  EXPECT_LE(treeCost(network, tree).largestIntermediate, 18);
}

// A label of 1000 operands among labels of two.
TEST(GreedySearch, HyperLabelsInAGrid) {
  std::vector<std::vector<LabelId>> operands;
  for (LabelId i = 0; i < 5000; ++i)
    operands.push_back({i, i + 1, 5001 + i % 5});
  Network network = makeNetwork(operands, {}, std::vector<int64_t>(5006, 2));
  ContractionTree tree = plan(network, {}, "5 labels of degree 1000");
  EXPECT_LT(tree.seconds, 10);
  EXPECT_LE(treeCost(network, tree).log2LargestIntermediate, 8);
}

TEST(GreedySearch, ManyScalars) {
  Network network =
      makeNetwork(std::vector<std::vector<LabelId>>(60000), {}, {});
  ContractionTree tree = plan(network, {}, "60,000 scalars");
  EXPECT_EQ(treeCost(network, tree).flops, 59999);
}

// Equal seeds, equal trees; different seeds break the ties of a uniform chain
// differently.
TEST(GreedySearch, Seed) {
  Network network = makeChain(50);
  std::fill(network.extents.begin(), network.extents.end(), 3);
  SearchOptions options;
  std::vector<ContractionTree> trees;
  for (uint64_t seed : {0, 1, 2}) {
    options.seed = seed;
    trees.push_back(plan(network, options));
    EXPECT_EQ(plan(network, options).steps, trees.back().steps);
  }
  EXPECT_NE(trees[0].steps, trees[1].steps);
  EXPECT_NE(trees[1].steps, trees[2].steps);
  // Ties go from left to right where no seed is given.
  EXPECT_EQ(trees[0].steps[0], (ContractionTree::Step{0, 1}));
  EXPECT_EQ(trees[0].steps[1], (ContractionTree::Step{2, 3}));
}

// The tree is the same wherever it is searched: only IEEE arithmetic.
TEST(GreedySearch, IsTheSameOnEveryMachine) {
  std::mt19937_64 random(2024);
  Network network = makeRandomNetwork(random, 300, 500, 9);
  SearchOptions options;
  options.seed = 7;
  uint64_t hash = 0xcbf29ce484222325;
  for (const ContractionTree::Step &step : plan(network, options).steps)
    for (uint32_t value : {step.lhs, step.rhs})
      hash = (hash ^ value) * 0x100000001b3;
  EXPECT_EQ(hash, 4113381496397297142u);
}

TEST(GreedySearch, TimeLimitOfZeroStillGivesATree) {
  SearchOptions options;
  options.timeLimit = 0;
  Network network = makeChain(100000);
  EXPECT_LT(plan(network, options).seconds, 5);
  // In the middle of a search, too.
  std::mt19937_64 random(11);
  Network dense = makeRandomNetwork(random, 3000, 9000, 3);
  options.timeLimit = 0.005;
  plan(dense, options, "3000 random operands, 5 ms");
}
