// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Equation -> network: repeated labels count once.

#include "compiler/Planner/Network.h"

#include <algorithm>

using namespace einc;

static void appendDistinct(std::vector<LabelId> &to,
                           std::span<const LabelId> labels) {
  auto first = static_cast<ptrdiff_t>(to.size());
  to.insert(to.end(), labels.begin(), labels.end());
  std::sort(to.begin() + first, to.end());
  to.erase(std::unique(to.begin() + first, to.end()), to.end());
}

Network Network::fromEquation(const ShapedEquation &equation) {
  Network network;
  size_t numOperands = equation.numOperands();
  network.start.reserve(numOperands + 1);
  network.labels.reserve(equation.operandLabels.size());
  for (size_t i = 0; i < numOperands; ++i) {
    appendDistinct(network.labels, equation.operand(i));
    network.start.push_back(static_cast<uint32_t>(network.labels.size()));
  }
  appendDistinct(network.output, equation.outputLabels);
  network.extents = equation.extents;
  network.groups = equation.groups;
  network.names = equation.labels;
  network.writtenStart = equation.operandStart;
  network.writtenLabels = equation.operandLabels;
  network.writtenOutput = equation.outputLabels;
  return network;
}

std::vector<uint32_t> Network::countUses() const {
  std::vector<uint32_t> uses(extents.size(), 0);
  for (LabelId label : labels)
    ++uses[label];
  for (LabelId label : output)
    ++uses[label];
  return uses;
}
