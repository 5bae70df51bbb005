// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Passes/StepText.h"
#include "compiler/Planner/StepEquation.h"

using namespace einc;

std::string ir::labelLetter(uint32_t index) {
  if (index < 52)
    return std::string(
        1, static_cast<char>(index < 26 ? 'a' + index : 'A' + index - 26));
  // Surrogates are no code points; beyond the last one letters would run out,
  // but a tensor type of a million axes is longer than any file.
  uint32_t point = 0xC0 + index - 52;
  if (point >= 0xD800)
    point += 0x800;
  std::string text;
  if (point < 0x800) {
    text += static_cast<char>(0xC0 | point >> 6);
  } else {
    if (point < 0x10000) {
      text += static_cast<char>(0xE0 | point >> 12);
    } else {
      text += static_cast<char>(0xF0 | point >> 18);
      text += static_cast<char>(0x80 | (point >> 12 & 0x3F));
    }
    text += static_cast<char>(0x80 | (point >> 6 & 0x3F));
  }
  return text + static_cast<char>(0x80 | (point & 0x3F));
}

/// Whether the text has the forms of the terms that were meant. `ranks` are
/// the labels of the terms, those under ellipses left out.
static bool parsesAs(const std::string &text,
                     const std::vector<size_t> &ranks) {
  Result<Equation> equation = parseEquation(text);
  if (!equation || equation->operands.size() + 1 != ranks.size())
    return false;
  for (size_t i = 0; i < equation->operands.size(); ++i)
    if (equation->operands[i].numAxes != ranks[i])
      return false;
  return equation->output.numAxes == ranks.back();
}

static size_t countNamed(const Network &network,
                         std::span<const LabelId> labels) {
  size_t count = 0;
  for (LabelId label : labels)
    count += !network.names[label].starts_with("..");
  return count;
}

/// The network with letters for names; ellipses stay.
static Network withLetters(const Network &network) {
  Network result = network;
  for (uint32_t label = 0; label < result.names.size(); ++label)
    if (!result.names[label].starts_with(".."))
      result.names[label] = ir::labelLetter(label);
  return result;
}

std::string ir::stepText(const Network &network, const PairwiseStep &step,
                         size_t index) {
  std::string text = EquationSpelling(network).step(step, index);
  const size_t numOperands = network.numOperands();
  auto rank = [&](uint32_t value, std::span<const LabelId> labels) {
    return countNamed(
        network, value < numOperands ? network.writtenOperand(value) : labels);
  };
  const bool last = index + 2 == numOperands;
  if (parsesAs(text,
               {rank(step.lhs, step.lhsLabels), rank(step.rhs, step.rhsLabels),
                countNamed(network, last ? network.writtenResult()
                                         : step.resultLabels)}))
    return text;
  return EquationSpelling(withLetters(network)).step(step, index);
}

std::string ir::unaryText(const Network &network) {
  std::string text = EquationSpelling(network).equation();
  if (parsesAs(text, {countNamed(network, network.writtenOperand(0)),
                      countNamed(network, network.writtenResult())}))
    return text;
  return EquationSpelling(withLetters(network)).equation();
}
