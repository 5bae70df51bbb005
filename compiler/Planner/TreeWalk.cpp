// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One step at a time: merge two sorted label lists, drop what nobody needs.

#include "compiler/Planner/TreeWalk.h"

using namespace einc;

TreeWalk::TreeWalk(const Network &network, const ContractionTree &tree)
    : network(network), tree(tree), uses(network.countUses()),
      results(tree.steps.size()) {}

void TreeWalk::takeLabels(uint32_t value, std::vector<LabelId> &labels) {
  if (value < network.numOperands()) {
    std::span<const LabelId> operand = network.operand(value);
    labels.assign(operand.begin(), operand.end());
  } else {
    labels = std::move(results[value - network.numOperands()]);
  }
}

bool TreeWalk::next() {
  if (nextIndex == tree.steps.size())
    return false;
  current.lhs = tree.steps[nextIndex].lhs;
  current.rhs = tree.steps[nextIndex].rhs;
  takeLabels(current.lhs, current.lhsLabels);
  takeLabels(current.rhs, current.rhsLabels);
  current.resultLabels.clear();

  WideProduct all, kept;
  bool sums = false;
  auto lhs = current.lhsLabels.cbegin(), lhsEnd = current.lhsLabels.cend();
  auto rhs = current.rhsLabels.cbegin(), rhsEnd = current.rhsLabels.cend();
  while (lhs != lhsEnd || rhs != rhsEnd) {
    bool inLhs = lhs != lhsEnd && (rhs == rhsEnd || *lhs <= *rhs);
    bool inRhs = rhs != rhsEnd && (lhs == lhsEnd || *rhs <= *lhs);
    LabelId label = inLhs ? *lhs : *rhs;
    lhs += inLhs;
    rhs += inRhs;
    all.multiply(network.extents[label]);
    uses[label] -= inLhs + inRhs;
    if (uses[label] == 0) {
      sums = true;
      continue;
    }
    ++uses[label];
    kept.multiply(network.extents[label]);
    current.resultLabels.push_back(label);
  }
  wideSize = kept.get();
  wideFlops = sums ? all.get() * WideDouble(2) : all.get();
  current.flops = wideFlops.toDouble();
  current.size = wideSize.toDouble();
  results[nextIndex++] = current.resultLabels;
  return true;
}
