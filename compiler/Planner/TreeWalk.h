// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Walks a contraction tree step by step. Only the labels of values that are
/// still needed are kept, so that a plan of 600,000 steps can be costed and
/// printed without listing it.

#ifndef EINC_COMPILER_PLANNER_TREEWALK_H
#define EINC_COMPILER_PLANNER_TREEWALK_H

#include "compiler/Planner/ContractionTree.h"
#include "compiler/Planner/WideDouble.h"

namespace einc {

/// Sums up steps; see TreeCost.
class CostSum {
public:
  void add(WideDouble stepFlops, WideDouble stepSize) {
    flops = flops + stepFlops;
    if (largest < stepSize)
      largest = stepSize;
  }
  TreeCost get() const {
    return {flops.toDouble(), largest.toDouble(), flops.log10(),
            largest.log2()};
  }

private:
  WideDouble flops;
  WideDouble largest;
};

class TreeWalk {
public:
  /// Both must outlive the walk; `tree` is complete for `network`.
  TreeWalk(const Network &network, const ContractionTree &tree);

  /// Advances to the next step, the first one at first; false at the end.
  bool next();
  /// The step, until next() is called again, and its number.
  const PairwiseStep &step() const { return current; }
  size_t index() const { return nextIndex - 1; }
  /// The step's costs without the limits of a double.
  WideDouble flops() const { return wideFlops; }
  WideDouble size() const { return wideSize; }

private:
  void takeLabels(uint32_t value, std::vector<LabelId> &labels);

  const Network &network;
  const ContractionTree &tree;
  /// How many operands, live intermediates and outputs have each label.
  std::vector<uint32_t> uses;
  /// Labels of the result of each step, until it is used.
  std::vector<std::vector<LabelId>> results;
  PairwiseStep current;
  WideDouble wideFlops;
  WideDouble wideSize;
  size_t nextIndex = 0;
};

} // namespace einc

#endif // EINC_COMPILER_PLANNER_TREEWALK_H
