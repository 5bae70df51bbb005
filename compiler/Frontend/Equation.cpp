// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Frontend/Equation.h"
#include "compiler/Support/Unicode.h"

#include <algorithm>
#include <charconv>

using namespace einc;

Position Equation::positionAt(uint32_t byte) const {
  return {countCodePoints(std::string_view(text).substr(0, byte)), byte};
}

/// Letters in the order of their code points: A-Z, a-z, then U+00C0 and on.
static constexpr uint64_t numLetters = 52 + (0xD800 - 0xC0) + 0x102000;

static std::string letterNumber(uint64_t number) {
  if (number < 26)
    return std::string(1, static_cast<char>('A' + number));
  if (number < 52)
    return std::string(1, static_cast<char>('a' + number - 26));
  auto c = static_cast<uint32_t>(number - 52 + 0xC0);
  if (c >= 0xD800)
    c += 0x800; // Surrogates are no code points of UTF-8.
  std::string result;
  auto continuation = [&](int shift) {
    result += static_cast<char>(0x80 | ((c >> shift) & 0x3F));
  };
  if (c < 0x800) {
    result += static_cast<char>(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    result += static_cast<char>(0xE0 | c >> 12);
    continuation(6);
  } else {
    result += static_cast<char>(0xF0 | c >> 18);
    continuation(12);
    continuation(6);
  }
  continuation(0);
  return result;
}

/// Spellings for integer labels: the letter numpy uses for the value (0-25 are
/// A-Z, 26-51 are a-z) while all values have one, else letters in the order of
/// the values, so that the order of labels is kept.
static std::vector<std::string> spellIntegers(const Equation &equation) {
  std::vector<uint64_t> values(equation.labels.size());
  bool inRange = true;
  for (size_t i = 0; i < values.size(); ++i) {
    const std::string &digits = equation.labels[i];
    std::from_chars(digits.data(), digits.data() + digits.size(), values[i]);
    inRange &= values[i] < numLetters;
  }
  std::vector<std::string> result;
  result.reserve(values.size());
  for (size_t i = 0; i < values.size(); ++i)
    result.push_back(
        letterNumber(inRange ? values[i] : equation.sortRank[i] % numLetters));
  return result;
}

namespace {
/// Appends terms to the canonical text.
class Printer {
public:
  Printer(const Equation &equation, const std::vector<std::string> &labels)
      : equation(equation), labels(labels),
        named(equation.form == Equation::Form::Named) {}

  void term(const Term &term) {
    const Axis *axes = equation.begin(term);
    for (uint32_t i = 0; i <= term.numAxes; ++i) {
      if (term.ellipsis >= 0 && i == static_cast<uint32_t>(term.ellipsis))
        entry("...", i == 0);
      if (i < term.numAxes)
        entry(labels[axes[i].label], i == 0 && term.ellipsis != 0);
    }
  }
  std::string text;

private:
  /// Names, and an ellipsis between them, are set apart by spaces.
  void entry(std::string_view spelling, bool first) {
    if (named && !first)
      text += ' ';
    text += spelling;
  }

  const Equation &equation;
  const std::vector<std::string> &labels;
  bool named;
};
} // namespace

std::string Equation::toString() const {
  bool integers = form == Form::Interleaved;
  std::vector<std::string> letters;
  if (integers)
    letters = spellIntegers(*this);
  Printer printer(*this, integers ? letters : labels);

  std::vector<uint32_t> closings(operands.size() + 1);
  for (const OperandGroup &group : groups)
    ++closings[group.last];
  auto group = groups.begin();
  for (uint32_t i = 0; i < operands.size(); ++i) {
    if (i > 0)
      printer.text += ',';
    for (; group != groups.end() && group->first == i; ++group)
      printer.text += '(';
    printer.term(operands[i]);
    printer.text.append(closings[i + 1], ')');
  }
  printer.text += "->";
  printer.term(output);
  return std::move(printer.text);
}
