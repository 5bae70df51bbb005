// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// An order of pairwise contractions and what it costs.

#ifndef EINC_COMPILER_PLANNER_CONTRACTIONTREE_H
#define EINC_COMPILER_PLANNER_CONTRACTIONTREE_H

#include "compiler/Planner/Network.h"

namespace einc {

/// SSA form: operands are values 0 .. n-1, the result of step s is value n + s.
/// A network of one operand has no pairwise step.
struct ContractionTree {
  struct Step {
    uint32_t lhs;
    uint32_t rhs;
    friend bool operator==(const Step &, const Step &) = default;
  };
  std::vector<Step> steps;
  /// What found it: "optimal", "greedy", "left-to-right", "path", ...
  std::string method;
  /// How long the search took.
  double seconds = 0;
};

/// One pairwise step with its labels and costs. All label lists are sorted.
/// The result keeps a label if a later step or the output needs it; a label
/// that one operand alone has is summed by the first step that has it.
struct PairwiseStep {
  uint32_t lhs = 0;
  uint32_t rhs = 0;
  std::vector<LabelId> lhsLabels;
  std::vector<LabelId> rhsLabels;
  std::vector<LabelId> resultLabels;
  /// Product of the extents of all labels of the step, times 2 if the step
  /// sums any label; infinite from 2^1024 on.
  double flops = 0;
  /// Elements of the result; infinite from 2^1024 on.
  double size = 0;
};

/// The first two are infinite from 2^1024 on; the logarithms are always finite
/// (those of max(count, 1)).
struct TreeCost {
  double flops = 0;
  /// Elements of the largest intermediate or output (inputs do not count).
  double largestIntermediate = 0;
  double log10Flops = 0;
  double log2LargestIntermediate = 0;
};

/// The steps of a tree, in order, with labels and costs; linear in the labels
/// touched. `tree` must be complete for `network` (see checkTree). TreeWalk.h
/// gives the same steps one at a time.
std::vector<PairwiseStep> analyzeTree(const Network &network,
                                      const ContractionTree &tree);

TreeCost treeCost(const Network &network, const ContractionTree &tree);

/// The cost of the order left to right. The intermediates of that order may
/// have as many labels as the network, so this does not list them: it is
/// n log n in the labels of the network.
TreeCost leftToRightCost(const Network &network);

/// Whether every operand and every intermediate but the last is used exactly
/// once, and after it was made. Error: InvalidArgument that names the step.
Result<Success> checkTree(const Network &network, const ContractionTree &tree);

} // namespace einc

#endif // EINC_COMPILER_PLANNER_CONTRACTIONTREE_H
