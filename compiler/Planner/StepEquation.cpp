// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Labels -> text.

#include "compiler/Planner/StepEquation.h"

#include <algorithm>

using namespace einc;

/// Frontend names the axes under ellipses "..0", "..1"; no label a user writes
/// has a dot.
static bool isEllipsisAxis(std::string_view name) {
  return name.starts_with("..");
}

/// One code point that is a label in the compact form.
static bool isLetter(std::string_view name) {
  auto startsCodePoint = [](char c) { return (c & 0xC0) != 0x80; };
  bool isAsciiWord =
      !name.empty() && ((name[0] >= '0' && name[0] <= '9') || name[0] == '_');
  return std::count_if(name.begin(), name.end(), startsCodePoint) == 1 &&
         !isAsciiWord;
}

EquationSpelling::EquationSpelling(const Network &network) : network(network) {
  compact = !network.names.empty() || network.extents.empty();
  for (const std::string &name : network.names)
    compact = compact && (isLetter(name) || isEllipsisAxis(name));
}

std::string EquationSpelling::term(std::span<const LabelId> labels) const {
  std::string text;
  bool afterEllipsis = false;
  for (LabelId label : labels) {
    std::string name =
        network.names.empty() ? std::to_string(label) : network.names[label];
    bool ellipsis = isEllipsisAxis(name);
    if (ellipsis && afterEllipsis)
      continue;
    afterEllipsis = ellipsis;
    if (!compact && !text.empty())
      text += ' ';
    text += ellipsis ? "..." : name;
  }
  return text;
}

std::string EquationSpelling::operand(uint32_t value,
                                      std::span<const LabelId> labels) const {
  return term(value < network.numOperands() ? network.writtenOperand(value)
                                            : labels);
}

std::string EquationSpelling::equation() const {
  std::string text;
  for (size_t i = 0; i < network.numOperands(); ++i) {
    if (i != 0)
      text += ',';
    text += term(network.writtenOperand(i));
  }
  return text + "->" + term(network.writtenResult());
}

std::string EquationSpelling::step(const PairwiseStep &step,
                                   size_t index) const {
  bool isLast = index + 2 == network.numOperands();
  return operand(step.lhs, step.lhsLabels) + "," +
         operand(step.rhs, step.rhsLabels) + "->" +
         term(isLast ? network.writtenResult()
                     : std::span<const LabelId>(step.resultLabels));
}
