// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Networks written down in one line, for the tests of the planner.

#ifndef EINC_TESTS_UNIT_PLANNER_NETWORKBUILDER_H
#define EINC_TESTS_UNIT_PLANNER_NETWORKBUILDER_H

#include "compiler/Planner/ContractionTree.h"

#include <map>
#include <random>

namespace einc {

using Extents = std::map<char, int64_t>;

/// Only letters, commas and one arrow; labels are numbered as they occur.
inline ShapedEquation makeEquation(std::string_view text,
                                   const Extents &extents,
                                   std::vector<OperandGroup> groups = {}) {
  ShapedEquation equation;
  std::map<char, LabelId> numbers;
  auto number = [&](char letter) {
    auto [entry, isNew] = numbers.try_emplace(
        letter, static_cast<LabelId>(equation.labels.size()));
    if (isNew) {
      equation.labels.push_back(std::string(1, letter));
      equation.extents.push_back(extents.at(letter));
    }
    return entry->second;
  };
  size_t arrow = text.find("->");
  equation.operandStart = {0};
  for (char c : std::string(text.substr(0, arrow)) + ",") {
    if (c == ',')
      equation.operandStart.push_back(
          static_cast<uint32_t>(equation.operandLabels.size()));
    else
      equation.operandLabels.push_back(number(c));
  }
  for (char c : text.substr(arrow + 2)) {
    equation.outputLabels.push_back(number(c));
    equation.outputShape.push_back(extents.at(c));
  }
  equation.groups = std::move(groups);
  return equation;
}

inline Network makeNetwork(std::string_view text, const Extents &extents,
                           std::vector<OperandGroup> groups = {}) {
  return Network::fromEquation(makeEquation(text, extents, std::move(groups)));
}

/// A network without names: operands as lists of label numbers.
inline Network makeNetwork(const std::vector<std::vector<LabelId>> &operands,
                           std::vector<LabelId> output,
                           std::vector<int64_t> extents) {
  Network network;
  for (const std::vector<LabelId> &operand : operands) {
    network.labels.insert(network.labels.end(), operand.begin(), operand.end());
    network.start.push_back(static_cast<uint32_t>(network.labels.size()));
  }
  network.output = std::move(output);
  network.extents = std::move(extents);
  return network;
}

/// A chain of matrices: operand i has labels i and i + 1.
inline Network makeChain(size_t numOperands) {
  std::vector<std::vector<LabelId>> operands;
  std::vector<int64_t> extents = {2};
  for (size_t i = 0; i < numOperands; ++i) {
    auto label = static_cast<LabelId>(i);
    operands.push_back({label, label + 1});
    extents.push_back(static_cast<int64_t>(2 + (i * 7 + 3) % 11));
  }
  return makeNetwork(operands, {0, static_cast<LabelId>(numOperands)}, extents);
}

/// Any mix of hyper-labels, output labels, labels of one operand, scalars.
inline Network makeRandomNetwork(std::mt19937_64 &random, size_t numOperands,
                                 size_t numLabels, int64_t maxExtent) {
  auto below = [&](uint64_t bound) { return random() % bound; };
  std::vector<std::vector<LabelId>> operands(numOperands);
  std::vector<LabelId> output;
  std::vector<int64_t> extents;
  for (size_t label = 0; label < numLabels; ++label) {
    extents.push_back(
        static_cast<int64_t>(below(static_cast<uint64_t>(maxExtent) + 1)));
    if (extents.back() == 0 && below(4) != 0)
      extents.back() = 1;
    size_t uses = 1 + below(4) % numOperands;
    std::vector<bool> has(numOperands, false);
    for (size_t use = 0; use < uses; ++use)
      has[below(numOperands)] = true;
    for (size_t i = 0; i < numOperands; ++i)
      if (has[i])
        operands[i].push_back(static_cast<LabelId>(label));
    if (below(4) == 0)
      output.push_back(static_cast<LabelId>(label));
  }
  return makeNetwork(operands, std::move(output), std::move(extents));
}

} // namespace einc

#endif // EINC_TESTS_UNIT_PLANNER_NETWORKBUILDER_H
