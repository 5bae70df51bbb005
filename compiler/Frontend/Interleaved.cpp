// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The form with lists of integers. It has no text, so its messages name the
/// operand and the entry of its list.

#include "compiler/Frontend/EquationErrors.h"
#include "compiler/Frontend/LabelNumbering.h"

#include <limits>

using namespace einc;

static Diagnostic listError(ErrorKind kind, std::string message) {
  return diagnose(kind, std::move(message), "", {});
}

/// Appends the axes of one list. `name` is what messages call the list.
static std::optional<Diagnostic> readList(const std::vector<int64_t> &list,
                                          const std::string &name,
                                          Equation &equation, Term &term,
                                          std::vector<int64_t> &keys) {
  term.firstAxis = static_cast<uint32_t>(equation.axes.size());
  auto entry = [&](uint32_t i) {
    return "entry " + std::to_string(i) + " of " + name + " is ";
  };
  for (uint32_t i = 0; i < list.size(); ++i) {
    if (list[i] == InterleavedEllipsis) {
      if (term.ellipsis >= 0)
        return listError(ErrorKind::Syntax,
                         entry(i) +
                             "a second ellipsis; a list has at most one");
      term.ellipsis = static_cast<int32_t>(term.numAxes);
      term.ellipsisByte = i;
      continue;
    }
    if (list[i] < 0)
      return listError(ErrorKind::Syntax,
                       entry(i) + std::to_string(list[i]) +
                           "; labels are integers from 0 on");
    equation.axes.push_back({0, i});
    keys.push_back(list[i]);
    ++term.numAxes;
  }
  return std::nullopt;
}

Result<Equation>
einc::parseInterleaved(const std::vector<std::vector<int64_t>> &operands,
                       const std::vector<int64_t> *output) {
  if (operands.empty())
    return listError(ErrorKind::OperandCount,
                     "there are no operands; einsum needs one or more");
  size_t total = output ? output->size() : 0;
  for (const std::vector<int64_t> &list : operands)
    total += list.size() + 1;
  if (total > std::numeric_limits<int32_t>::max())
    return listError(ErrorKind::Limit,
                     "the lists have more than 2147483647 labels");

  Equation equation;
  equation.form = Equation::Form::Interleaved;
  std::vector<int64_t> keys;
  equation.operands.resize(operands.size());
  for (size_t i = 0; i < operands.size(); ++i)
    if (std::optional<Diagnostic> error =
            readList(operands[i], "the list of operand " + std::to_string(i),
                     equation, equation.operands[i], keys))
      return std::move(*error);
  equation.explicitOutput = output != nullptr;
  if (output)
    if (std::optional<Diagnostic> error = readList(
            *output, "the output list", equation, equation.output, keys))
      return std::move(*error);

  LabelNumbering numbering = numberLabels(keys);
  for (size_t i = 0; i < keys.size(); ++i)
    equation.axes[i].label = numbering.ids[i];
  for (uint32_t use : numbering.firstUse)
    equation.labels.push_back(std::to_string(keys[use]));
  equation.sortRank = std::move(numbering.sortRank);
  if (std::optional<uint32_t> unknown = resolveOutput(equation))
    return unknownOutputLabel(equation, *unknown);
  return equation;
}
