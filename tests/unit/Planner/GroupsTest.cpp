// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Orders forced by parentheses.

#include "NetworkBuilder.h"
#include "compiler/Planner/Search.h"

#include <gtest/gtest.h>

using namespace einc;

using Steps = std::vector<ContractionTree::Step>;

static const Extents Sizes = {{'a', 7},  {'b', 2}, {'c', 11}, {'d', 3},
                              {'e', 13}, {'f', 5}, {'g', 4}};

TEST(Groups, Table) {
  struct Row {
    const char *equation;
    std::vector<OperandGroup> groups;
    const char *method;
    const char *usedMethod;
    Steps steps;
  };
  const std::vector<Row> rows = {
      // ab,(bc,cd)
      {"ab,bc,cd->ad", {{1, 3}}, "auto", "parentheses", {{1, 2}, {0, 3}}},
      // (ab,bc),cd
      {"ab,bc,cd->ad", {{0, 2}}, "auto", "parentheses", {{0, 1}, {3, 2}}},
      // ((ab,bc),(cd,de)): both groups before the pair of them
      {"ab,bc,cd,de->ae",
       {{0, 2}, {2, 4}},
       "auto",
       "parentheses",
       {{0, 1}, {2, 3}, {4, 5}}},
      // (a,(b,(c,d)))
      {"ab,bc,cd,de->ae",
       {{1, 4}, {2, 4}},
       "auto",
       "parentheses",
       {{2, 3}, {1, 4}, {0, 5}}},
      // (((ab,bc),cd),de), with a pair given twice
      {"ab,bc,cd,de->ae",
       {{0, 3}, {0, 2}, {0, 2}},
       "auto",
       "parentheses",
       {{0, 1}, {4, 2}, {5, 3}}},
      // (ab,bc,cd),de: the group is searched; ((ab,bc),cd) would be 2 * 286
      {"ab,bc,cd,de->ae",
       {{0, 3}},
       "auto",
       "parentheses + optimal",
       {{1, 2}, {0, 4}, {5, 3}}},
      {"ab,bc,cd,de->ae",
       {{0, 3}},
       "left-to-right",
       "parentheses + left-to-right",
       {{0, 1}, {4, 2}, {5, 3}}},
      // A label that is used outside of the group, or in the output, survives
      // it: ab,(bc,bd,cd) must not sum b.
      {"ab,bc,bd,cd->a",
       {{1, 4}},
       "optimal",
       "parentheses + optimal",
       {{1, 3}, {4, 2}, {0, 5}}},
      // The search around a group sees its result as one operand.
      {"ab,bc,cd,de,ef->af",
       {{1, 3}},
       "optimal",
       "parentheses + optimal",
       {{1, 2}, {5, 3}, {6, 4}, {0, 7}}},
  };
  for (const Row &row : rows) {
    SCOPED_TRACE(std::string(row.equation) + " row " +
                 std::to_string(&row - rows.data()));
    Network network = makeNetwork(row.equation, Sizes, row.groups);
    SearchOptions options;
    options.method = row.method;
    Result<ContractionTree> tree = findTree(network, options);
    ASSERT_TRUE(tree);
    EXPECT_TRUE(checkTree(network, *tree));
    EXPECT_EQ(tree->method, row.usedMethod);
    ASSERT_EQ(tree->steps.size(), row.steps.size());
    for (size_t s = 0; s < row.steps.size(); ++s) {
      EXPECT_EQ(tree->steps[s].lhs, row.steps[s].lhs) << "step " << s;
      EXPECT_EQ(tree->steps[s].rhs, row.steps[s].rhs) << "step " << s;
    }
  }
}

// A group has as many labels in its result as the whole network needs of it:
// the cost of the tree found is that of the best tree with this group.
TEST(Groups, SearchedGroupsAreOptimal) {
  uint64_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  SearchOptions options;
  for (int round = 0; round < 100; ++round) {
    Network network = makeRandomNetwork(random, 4, 8, 7);
    network.groups = {{1, 4}};
    Result<ContractionTree> tree = findTree(network, options);
    ASSERT_TRUE(tree);
    ASSERT_TRUE(checkTree(network, *tree));
    double best = HUGE_VAL;
    for (Steps inner : {Steps{{1, 2}, {4, 3}}, Steps{{1, 3}, {4, 2}},
                        Steps{{2, 3}, {1, 4}}}) {
      inner.push_back({0, 5});
      best = std::min(best, treeCost(network, {inner, "", 0}).flops);
    }
    EXPECT_EQ(treeCost(network, *tree).flops, best) << "round " << round;
  }
}

// (((...(0, 1), 2), 3) ...) and its mirror image, 10^6 deep.
TEST(Groups, NestDeeply) {
  constexpr uint32_t NumOperands = 1000001;
  Network network;
  network.start.assign(NumOperands + 1, 0);
  for (bool mirrored : {false, true}) {
    network.groups.clear();
    for (uint32_t i = 1; i < NumOperands - 1; ++i)
      network.groups.push_back(mirrored ? OperandGroup{i, NumOperands}
                                        : OperandGroup{0, NumOperands - i});
    Result<ContractionTree> tree = findTree(network, {});
    ASSERT_TRUE(tree);
    EXPECT_TRUE(checkTree(network, *tree));
    EXPECT_EQ(tree->steps[0],
              mirrored
                  ? (ContractionTree::Step{NumOperands - 2, NumOperands - 1})
                  : (ContractionTree::Step{0, 1}));
    std::printf("10^6 groups: %.1f ms\n", tree->seconds * 1e3);
    EXPECT_LT(tree->seconds, 10);
  }
}

TEST(Groups, Mistakes) {
  struct Row {
    size_t numOperands;
    std::vector<OperandGroup> groups;
    const char *method;
    const char *message;
  };
  const std::vector<Row> rows = {
      {0, {}, "auto", "there are no operands to contract"},
      {4,
       {},
       "optimla",
       "there is no search 'optimla'; there are: auto, optimal, greedy, "
       "left-to-right"},
      {4,
       {{0, 3}},
       "",
       "there is no search ''; there are: auto, optimal, greedy, "
       "left-to-right"},
      {1,
       {},
       "no",
       "there is no search 'no'; there are: auto, optimal, "
       "greedy, left-to-right"},
      {11,
       {},
       "optimal",
       "search 'optimal' takes up to 10 operands, but there are 11 to "
       "contract"},
      {14,
       {{1, 13}},
       "optimal",
       "search 'optimal' takes up to 10 operands, but there are 12 to "
       "contract"},
  };
  for (const Row &row : rows) {
    Network network = row.numOperands ? makeChain(row.numOperands) : Network();
    network.groups = row.groups;
    SearchOptions options;
    options.method = row.method;
    Result<ContractionTree> tree = findTree(network, options);
    ASSERT_FALSE(tree) << row.message;
    EXPECT_EQ(tree.error().message, row.message);
    EXPECT_EQ(tree.error().kind, ErrorKind::InvalidArgument);
  }
  // Where groups split the network into small ones, it is not too large.
  Network network = makeChain(12);
  network.groups = {{0, 6}};
  SearchOptions options;
  options.method = "optimal";
  EXPECT_TRUE(findTree(network, options));
}
