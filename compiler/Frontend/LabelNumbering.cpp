// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Frontend/LabelNumbering.h"

#include <array>
#include <memory>

using namespace einc;

LabelNumbering einc::numberLetters(const std::vector<char32_t> &letters) {
  // Labels plus 1 by code point, in pages that are made when first needed.
  using Page = std::array<LabelId, 256>;
  std::vector<std::unique_ptr<Page>> pages;
  LabelNumbering result;
  result.ids.reserve(letters.size());
  for (char32_t letter : letters) {
    size_t number = letter / 256;
    if (number >= pages.size())
      pages.resize(number + 1);
    if (!pages[number])
      pages[number] = std::make_unique<Page>();
    LabelId &entry = (*pages[number])[letter % 256];
    if (entry == 0) {
      result.firstUse.push_back(static_cast<uint32_t>(result.ids.size()));
      entry = static_cast<LabelId>(result.firstUse.size());
    }
    result.ids.push_back(entry - 1);
  }
  result.sortRank.resize(result.firstUse.size());
  uint32_t rank = 0;
  for (const std::unique_ptr<Page> &page : pages)
    if (page)
      for (LabelId entry : *page)
        if (entry != 0)
          result.sortRank[entry - 1] = rank++;
  return result;
}

/// Appends the output of rule 4, given how often each label occurs.
static void makeOutput(Equation &equation,
                       const std::vector<uint32_t> &occurrences) {
  std::vector<LabelId> byRank(equation.sortRank.size());
  for (LabelId id = 0; id < byRank.size(); ++id)
    byRank[equation.sortRank[id]] = id;

  Term &output = equation.output;
  output.byte = output.ellipsisByte = equation.inputsEndByte;
  output.firstAxis = static_cast<uint32_t>(equation.axes.size());
  for (LabelId id : byRank)
    if (occurrences[id] == 1)
      equation.axes.push_back({id, equation.inputsEndByte});
  output.numAxes =
      static_cast<uint32_t>(equation.axes.size()) - output.firstAxis;
  bool hasEllipsis =
      std::any_of(equation.operands.begin(), equation.operands.end(),
                  [](const Term &term) { return term.ellipsis >= 0; });
  output.ellipsis = hasEllipsis ? 0 : -1;
}

std::optional<uint32_t> einc::resolveOutput(Equation &equation) {
  uint32_t numInputAxes = equation.explicitOutput
                              ? equation.output.firstAxis
                              : static_cast<uint32_t>(equation.axes.size());
  std::vector<uint32_t> occurrences(equation.sortRank.size());
  for (uint32_t i = 0; i < numInputAxes; ++i)
    ++occurrences[equation.axes[i].label];
  if (!equation.explicitOutput) {
    makeOutput(equation, occurrences);
    return std::nullopt;
  }
  for (uint32_t i = numInputAxes; i < equation.axes.size(); ++i)
    if (occurrences[equation.axes[i].label] == 0)
      return i;
  return std::nullopt;
}
