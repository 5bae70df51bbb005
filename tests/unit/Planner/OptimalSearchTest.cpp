// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The dynamic program against a table worked out by hand and against every
/// tree there is.

#include "NetworkBuilder.h"
#include "compiler/Planner/Search.h"

#include <gtest/gtest.h>

#include <set>

using namespace einc;

using Steps = std::vector<ContractionTree::Step>;

namespace {
struct Row {
  const char *method;
  const char *equation;
  Extents extents;
  Steps steps;
  double flops;
};
} // namespace

TEST(Search, Table) {
  const std::vector<Row> rows = {
      // Three matrices: the right order is 550 times cheaper.
      {"optimal",
       "ij,jk,kl->il",
       {{'i', 1000}, {'j', 10}, {'k', 1000}, {'l', 1}},
       {{1, 2}, {0, 3}},
       4e4},
      {"greedy",
       "ij,jk,kl->il",
       {{'i', 1000}, {'j', 10}, {'k', 1000}, {'l', 1}},
       {{1, 2}, {0, 3}},
       4e4},
      {"left-to-right",
       "ij,jk,kl->il",
       {{'i', 1000}, {'j', 10}, {'k', 1000}, {'l', 1}},
       {{0, 1}, {3, 2}},
       2.2e7},
      // Where nothing is gained: left to right.
      {"optimal",
       "ij,jk,kl->il",
       {{'i', 3}, {'j', 3}, {'k', 3}, {'l', 3}},
       {{0, 1}, {3, 2}},
       108},
      {"optimal", "i,i,i,i->i", {{'i', 5}}, {{0, 1}, {4, 2}, {5, 3}}, 15},
      // The textbook chain of six: ((A1 (A2 A3)) ((A4 A5) A6)), 15125
      // multiplications.
      {"optimal",
       "ab,bc,cd,de,ef,fg->ag",
       {{'a', 30},
        {'b', 35},
        {'c', 15},
        {'d', 5},
        {'e', 10},
        {'f', 20},
        {'g', 25}},
       {{1, 2}, {0, 6}, {3, 4}, {8, 5}, {7, 9}},
       30250},
      {"optimal", "a,ab,b->", {{'a', 2}, {'b', 100}}, {{1, 2}, {0, 3}}, 404},
      // An outer product of the two small operands is the best first step.
      {"optimal",
       "x,axy,y->a",
       {{'x', 2}, {'y', 3}, {'a', 1000}},
       {{0, 2}, {3, 1}},
       12006},
      // Greedy prefers pairs that share a label.
      {"greedy",
       "x,axy,y->a",
       {{'x', 2}, {'y', 3}, {'a', 1000}},
       {{1, 2}, {0, 3}},
       16000},
      // A hyper-label and the output keep their labels.
      {"optimal",
       "ia,ib,ic->abc",
       {{'i', 7}, {'a', 2}, {'b', 3}, {'c', 5}},
       {{0, 1}, {3, 2}},
       42 + 420},
      {"greedy",
       "ia,ib,ic->abc",
       {{'i', 7}, {'a', 2}, {'b', 3}, {'c', 5}},
       {{0, 1}, {3, 2}},
       42 + 420},
      // Equal operands first, then the ends.
      {"greedy",
       "ij,jk,ij->ik",
       {{'i', 11}, {'j', 13}, {'k', 17}},
       {{0, 2}, {3, 1}},
       143 + 4862},
      // Nothing shared: smallest first.
      {"greedy",
       "abc,d,ef->abcdef",
       {{'a', 3}, {'b', 5}, {'c', 7}, {'d', 2}, {'e', 3}, {'f', 4}},
       {{1, 2}, {0, 3}},
       24 + 2520},
      {"optimal", "ii->i", {{'i', 3}}, {}, 0},
      {"greedy", ",->", {}, {{0, 1}}, 1},
      // All orders are free; the smaller intermediate decides.
      {"optimal",
       "za,ab,bc->zc",
       {{'z', 0}, {'a', 2}, {'b', 3}, {'c', 5}},
       {{0, 1}, {3, 2}},
       0},
  };
  for (const Row &row : rows) {
    SCOPED_TRACE(std::string(row.method) + " " + row.equation);
    Network network = makeNetwork(row.equation, row.extents);
    SearchOptions options;
    options.method = row.method;
    Result<ContractionTree> tree = findTree(network, options);
    ASSERT_TRUE(tree);
    EXPECT_EQ(tree->method, row.method);
    EXPECT_EQ(treeCost(network, *tree).flops, row.flops);
    EXPECT_EQ(tree->steps.size(), row.steps.size());
    for (size_t s = 0; s < tree->steps.size(); ++s) {
      EXPECT_EQ(tree->steps[s].lhs, row.steps[s].lhs) << "step " << s;
      EXPECT_EQ(tree->steps[s].rhs, row.steps[s].rhs) << "step " << s;
    }
  }
}

namespace {
/// Costs of all trees by plain recursion over sets of labels, with nothing in
/// common with the planner.
class EveryTree {
public:
  explicit EveryTree(const Network &network) : network(network) {}

  std::pair<double, double> best() {
    std::vector<std::set<LabelId>> values;
    for (size_t i = 0; i < network.numOperands(); ++i) {
      auto labels = network.operand(i);
      values.emplace_back(labels.begin(), labels.end());
    }
    bestCost = {HUGE_VAL, HUGE_VAL};
    visit(values, 0, 0);
    return bestCost;
  }

private:
  void visit(const std::vector<std::set<LabelId>> &values, double flops,
             double largest) {
    if (values.size() == 1) {
      bestCost = std::min(bestCost, {flops, largest});
      return;
    }
    for (size_t a = 0; a < values.size(); ++a) {
      for (size_t b = a + 1; b < values.size(); ++b) {
        std::set<LabelId> all = values[a];
        all.insert(values[b].begin(), values[b].end());
        std::vector<std::set<LabelId>> rest;
        std::set<LabelId> needed(network.output.begin(), network.output.end());
        for (size_t i = 0; i < values.size(); ++i) {
          if (i == a || i == b)
            continue;
          rest.push_back(values[i]);
          needed.insert(values[i].begin(), values[i].end());
        }
        double stepFlops = 1, size = 1;
        std::set<LabelId> kept;
        for (LabelId label : all) {
          auto extent = static_cast<double>(network.extents[label]);
          stepFlops *= extent;
          if (needed.contains(label)) {
            kept.insert(label);
            size *= extent;
          }
        }
        if (kept.size() < all.size())
          stepFlops *= 2;
        rest.push_back(kept);
        visit(rest, flops + stepFlops, std::max(largest, size));
      }
    }
  }

  const Network &network;
  std::pair<double, double> bestCost;
};
} // namespace

static void compareWithEveryTree(uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  SearchOptions options;
  options.method = "optimal";
  for (int round = 0; round < 400; ++round) {
    size_t numOperands = round < 4 ? 7 : 2 + random() % 5;
    Network network = makeRandomNetwork(random, numOperands, random() % 11, 6);
    Result<ContractionTree> tree = findTree(network, options);
    ASSERT_TRUE(tree);
    ASSERT_TRUE(checkTree(network, *tree));
    TreeCost cost = treeCost(network, *tree);
    auto [flops, largest] = EveryTree(network).best();
    EXPECT_EQ(cost.flops, flops) << "round " << round;
    EXPECT_EQ(cost.largestIntermediate, largest) << "round " << round;
  }
}

TEST(OptimalSearch, EqualsTheBestOfAllTrees) {
  compareWithEveryTree(std::random_device()());
}

// A step that sums over an extent of 0 costs less than its result's size.
TEST(OptimalSearch, EqualsTheBestWhereNothingIsSummed) {
  compareWithEveryTree(3121086197);
}

// Whatever the network, no search beats it and all return trees.
TEST(OptimalSearch, IsNoWorseThanAnyOtherSearch) {
  uint64_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 60; ++round) {
    Network network = makeRandomNetwork(random, 2 + random() % 9, 14, 9);
    SearchOptions options;
    options.method = "optimal";
    Result<ContractionTree> optimal = findTree(network, options);
    ASSERT_TRUE(optimal);
    double best = treeCost(network, *optimal).flops;
    for (const std::string &method : searchNames()) {
      options.method = method;
      options.seed = random();
      Result<ContractionTree> tree = findTree(network, options);
      ASSERT_TRUE(tree);
      EXPECT_TRUE(checkTree(network, *tree)) << method;
      EXPECT_LE(best, treeCost(network, *tree).flops) << method;
    }
  }
}

// Costs beyond the largest double are still compared.
TEST(OptimalSearch, ComparesHugeCosts) {
  constexpr int64_t Huge = int64_t{1} << 60;
  std::vector<LabelId> many;
  for (LabelId label = 0; label < 30; ++label)
    many.push_back(label);
  std::vector<int64_t> extents(30, Huge);
  extents.push_back(3);
  // The large operand last of all, although it stands first.
  Network network = makeNetwork({many, {30}, {30}}, many, extents);
  SearchOptions options;
  Result<ContractionTree> tree = findTree(network, options);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->steps, (Steps{{1, 2}, {0, 3}}));
  EXPECT_EQ(treeCost(network, *tree).log2LargestIntermediate, 1800);
}
