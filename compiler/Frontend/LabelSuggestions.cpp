// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The unknown output label and its suggestion, and labels that look like
/// something else. The work per mistake is bounded, whatever the equation.

#include "compiler/Frontend/EquationErrors.h"
#include "compiler/Frontend/Letters.h"
#include "compiler/Support/Printable.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

using namespace einc;

/// Labels compared with an unknown one, and how long they may be.
static constexpr size_t maxCandidates = 65536, maxCompared = 48;
/// More labels than that are no work of a keyboard.
static constexpr size_t maxTypedLabels = 100;
/// Labels listed in a note.
static constexpr size_t maxListed = 12;

static char lower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; }

/// Insertions, removals, replacements and swaps of neighbors between two words,
/// in bytes; the case of ASCII letters does not count.
static size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> before, previous, row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t(0));
  auto same = [&](size_t i, size_t j) { return lower(a[i]) == lower(b[j]); };
  for (size_t i = 0; i < a.size(); ++i) {
    before = std::move(previous);
    previous = row;
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = std::min({previous[j + 1] + 1, row[j] + 1,
                             previous[j] + (same(i, j) ? 0 : 1)});
      if (i > 0 && j > 0 && same(i, j - 1) && same(i - 1, j))
        row[j + 1] = std::min(row[j + 1], before[j - 1] + 1);
    }
  }
  return row[b.size()];
}

/// How unlikely it is that `unknown` was meant to be `candidate`; 0: only the
/// case differs; 100: they are not alike.
static size_t unlikeness(std::string_view unknown, std::string_view candidate) {
  size_t shorter = std::min(unknown.size(), candidate.size());
  size_t longer = std::max(unknown.size(), candidate.size());
  if (longer > maxCompared)
    return 100;
  bool prefix = shorter >= 2 &&
                unknown.substr(0, shorter) == candidate.substr(0, shorter);
  size_t distance = longer - shorter > longer / 3
                        ? size_t(100)
                        : editDistance(unknown, candidate);
  if (distance <= longer / 3)
    return distance;
  return prefix ? 50 : 100;
}

/// The labels of the inputs in the order of the text.
static std::vector<LabelId> inputLabels(const Equation &equation) {
  std::vector<bool> seen(equation.labels.size());
  std::vector<LabelId> result;
  for (uint32_t i = 0; i < equation.output.firstAxis; ++i) {
    LabelId label = equation.axes[i].label;
    if (!seen[label])
      result.push_back(label);
    seen[label] = true;
  }
  return result;
}

/// `i k` for an unknown word `ik` if `i` and `k` are labels, else empty.
static std::string spacedOut(const Equation &equation, std::string_view word,
                             const std::vector<LabelId> &inputs) {
  std::string result;
  if (word.size() > maxCompared || inputs.size() > maxCandidates)
    return result;
  for (size_t byte = 0; byte < word.size();) {
    uint32_t numBytes = decodeCodePoint(word, byte).numBytes;
    std::string_view letter = word.substr(byte, numBytes);
    if (std::none_of(inputs.begin(), inputs.end(), [&](LabelId label) {
          return equation.labels[label] == letter;
        }))
      return "";
    result += (byte == 0 ? "" : " ") + std::string(letter);
    byte += numBytes;
  }
  return result;
}

/// "; did you mean 'dim'?", or nothing.
static std::string suggestion(const Equation &equation, LabelId unknown,
                              const std::vector<LabelId> &inputs) {
  if (equation.form == Equation::Form::Interleaved)
    return "";
  std::string_view word = equation.labels[unknown];
  std::string best = spacedOut(equation, word, inputs);
  size_t bestUnlikeness = best.empty() ? 100 : 0;
  for (size_t i = 0; i < std::min(inputs.size(), maxCandidates); ++i) {
    const std::string &candidate = equation.labels[inputs[i]];
    size_t distance = unlikeness(word, candidate);
    if (distance < bestUnlikeness) {
      bestUnlikeness = distance;
      best = candidate;
    }
  }
  return best.empty() ? "" : "; did you mean " + inQuotes(best) + "?";
}

Diagnostic einc::unknownOutputLabel(const Equation &equation, uint32_t index) {
  const Axis &axis = equation.axes[index];
  std::vector<LabelId> inputs = inputLabels(equation);
  bool interleaved = equation.form == Equation::Form::Interleaved;
  std::string message =
      labelName(equation, axis.label) + " of the output" +
      (interleaved ? ", entry " + std::to_string(axis.byte) + ", is in no input"
                   : " is in no input") +
      suggestion(equation, axis.label, inputs);

  std::vector<size_t> bytes;
  if (!interleaved)
    bytes.push_back(axis.byte);
  Diagnostic result = diagnose(ErrorKind::UnknownOutputLabel,
                               std::move(message), equation.text, bytes);
  if (inputs.empty()) {
    result.notes.push_back("the inputs have no labels");
  } else {
    std::string list = inputs.size() == 1 ? "the inputs have the label "
                                          : "the inputs have the labels ";
    for (size_t i = 0; i < std::min(inputs.size(), maxListed); ++i) {
      const std::string &label = equation.labels[inputs[i]];
      list += (i == 0 ? "" : ", ") + (interleaved ? label : inQuotes(label));
    }
    if (inputs.size() > maxListed)
      list += ", ...";
    result.notes.push_back(list);
  }
  noteLookalikes(equation, result);
  return result;
}

/// What is written in ASCII what the letter `c` looks like, or null.
static const char *asciiMeant(char32_t c) {
  switch (c) {
  case 0x2190: // arrows
  case 0x2192:
  case 0x21D2:
  case 0x27F6:
  case 0x2794:
  case 0x2010: // hyphens, dashes, minus, and their full-width forms
  case 0x2011:
  case 0x2013:
  case 0x2014:
  case 0x2212:
  case 0xFF0D:
  case 0xFF1E:
    return "the arrow is written '->'";
  case 0x060C: // commas
  case 0x201A:
  case 0x3001:
  case 0xFF0C:
    return "terms are separated by ','";
  case 0x2026: // dots
  case 0x22EF:
    return "an ellipsis is written '...'";
  case 0xFF08:
  case 0xFF09:
    return "parentheses are written '(' and ')'";
  default:
    bool space = c == 0x1680 || c == 0x3000 || c == 0xFEFF ||
                 (c >= 0x2000 && c <= 0x206F && isInvisible(c));
    return space ? "only U+0020 is a space" : nullptr;
  }
}

void einc::noteLookalikes(const Equation &equation, Diagnostic &diagnostic) {
  // Long equations number their labels through all of Unicode and mean it.
  if (equation.labels.size() > maxTypedLabels)
    return;
  for (std::string_view label : equation.labels) {
    for (size_t byte = 0; byte < std::min(label.size(), maxCompared);) {
      CodePoint c = decodeCodePoint(label, byte);
      if (const char *meant = asciiMeant(c.value)) {
        char code[16];
        std::snprintf(code, sizeof code, "U+%04X",
                      static_cast<unsigned>(c.value));
        std::string glyph = inQuotes(label.substr(byte, c.numBytes));
        diagnostic.notes.push_back(glyph + " (" + code +
                                   ") counts as a letter; " + meant);
        return;
      }
      byte += c.numBytes;
    }
  }
}
