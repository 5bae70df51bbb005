// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Costs of a tree, and whether it is one.

#include "compiler/Planner/ContractionTree.h"

#include "compiler/Planner/TreeWalk.h"

using namespace einc;

std::vector<PairwiseStep> einc::analyzeTree(const Network &network,
                                            const ContractionTree &tree) {
  std::vector<PairwiseStep> steps;
  steps.reserve(tree.steps.size());
  for (TreeWalk walk(network, tree); walk.next();)
    steps.push_back(walk.step());
  return steps;
}

TreeCost einc::treeCost(const Network &network, const ContractionTree &tree) {
  CostSum sum;
  for (TreeWalk walk(network, tree); walk.next();)
    sum.add(walk.flops(), walk.size());
  return sum.get();
}

static Diagnostic badTree(std::string message) {
  Diagnostic error;
  error.kind = ErrorKind::InvalidArgument;
  error.message = std::move(message);
  return error;
}

Result<Success> einc::checkTree(const Network &network,
                                const ContractionTree &tree) {
  size_t numOperands = network.numOperands();
  if (numOperands == 0)
    return badTree("there are no operands to contract");
  constexpr size_t Unused = SIZE_MAX;
  std::vector<size_t> usedBy(numOperands + tree.steps.size(), Unused);
  for (size_t s = 0; s < tree.steps.size(); ++s) {
    for (uint32_t value : {tree.steps[s].lhs, tree.steps[s].rhs}) {
      std::string what =
          "step " + std::to_string(s) + " uses value " + std::to_string(value);
      if (value >= numOperands + s)
        return badTree(what + ", which no step before it makes");
      if (usedBy[value] == s)
        return badTree(what + " twice");
      if (usedBy[value] != Unused)
        return badTree(what + ", which step " + std::to_string(usedBy[value]) +
                       " has used up");
      usedBy[value] = s;
    }
  }
  if (tree.steps.size() + 1 != numOperands)
    return badTree(std::to_string(numOperands) + " operands need " +
                   std::to_string(numOperands - 1) + " steps, not " +
                   std::to_string(tree.steps.size()));
  return Success{};
}
