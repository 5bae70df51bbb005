// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The parser of equation strings. One pass over the text decides the form,
/// a second one reads terms with an explicit stack of open parentheses, and
/// then the labels are numbered. The grammar is in README.md beside this file.

#include "compiler/Frontend/EquationErrors.h"
#include "compiler/Frontend/LabelNumbering.h"
#include "compiler/Frontend/Letters.h"
#include "compiler/Support/Printable.h"

#include <limits>
#include <optional>

using namespace einc;

/// Bytes are counted in 32 bits and places before an ellipsis in a signed 31.
static constexpr size_t maxTextBytes = std::numeric_limits<int32_t>::max();

/// Rule 3: named form, if in some term two words stand apart by a space and one
/// word of that term has more than one character. A digit may start a word
/// here, so that `batch 2d` is refused as a bad name and not as a bad letter.
static bool isNamedForm(std::string_view text) {
  bool hasWord = false, gapAfterWord = false;
  bool hasGap = false, hasLongWord = false;
  for (size_t byte = 0; byte < text.size();) {
    char c = text[byte];
    if (c == ',' || c == '(' || c == ')' || text.substr(byte, 2) == "->") {
      hasWord = gapAfterWord = hasGap = hasLongWord = false;
      byte += c == '-' ? 2 : 1;
      continue;
    }
    if (c == ' ') {
      gapAfterWord = hasWord;
      ++byte;
      continue;
    }
    size_t length = runLength(text, byte, continuesWord);
    if (length == 0) {
      ++byte;
      continue;
    }
    hasGap |= gapAfterWord;
    hasWord = true;
    gapAfterWord = false;
    hasLongWord |= length > decodeCodePoint(text, byte).numBytes;
    if (hasGap && hasLongWord)
      return true;
    byte += length;
  }
  return false;
}

namespace {

class Parser {
public:
  explicit Parser(std::string_view text)
      : text(text), named(isNamedForm(text)) {
    equation.text = text;
    equation.form = named ? Equation::Form::Named : Equation::Form::Compact;
  }

  Result<Equation> parse() {
    startTerm();
    while (at < text.size())
      if (!parseNext())
        return std::move(*error);
    if (!finishTerms())
      return std::move(*error);
    setLabels(named ? numberLabels(words) : numberLetters(letters));
    if (std::optional<uint32_t> unknown = resolveOutput(equation))
      return unknownOutputLabel(equation, *unknown);
    keepOrderingGroups();
    return std::move(equation);
  }

private:
  /// What the text so far allows next.
  enum class Place { TermStart, InTerm, AfterGroup };

  bool fail(Diagnostic diagnostic) {
    error = std::move(diagnostic);
    return false;
  }
  bool fail(std::string message) {
    return fail(syntaxError(text, at, std::move(message)));
  }
  SyntaxContext context() const { return {named, equation.explicitOutput}; }
  uint32_t position() const { return static_cast<uint32_t>(at); }

  bool parseNext() {
    switch (text[at]) {
    case ' ':
      ++at;
      return true;
    case ',':
      return parseComma();
    case '(':
      return parseOpen();
    case ')':
      return parseClose();
    case '-':
      return parseArrow();
    case '.':
      return parseEllipsis();
    default:
      return parseLabel();
    }
  }

  /// A term may start here; one that stays empty stands here.
  void startTerm() {
    term = Term();
    term.firstAxis = static_cast<uint32_t>(equation.axes.size());
    term.byte = term.ellipsisByte = position();
    place = Place::TermStart;
  }

  /// A label or an ellipsis follows.
  bool enterTerm(std::string_view found) {
    if (place == Place::AfterGroup)
      return fail(afterGroup(text, at, found));
    if (place == Place::TermStart)
      term.byte = position();
    place = Place::InTerm;
    return true;
  }

  /// A separator was found: what stood before it was a term, unless a group.
  void finishOperand() {
    if (place == Place::AfterGroup)
      return;
    equation.operands.push_back(term);
  }

  bool parseComma() {
    if (equation.explicitOutput)
      return fail("found ',' in the output; an equation has one output term");
    finishOperand();
    ++at;
    startTerm();
    return true;
  }

  bool parseOpen() {
    if (equation.explicitOutput)
      return fail("found '(' in the output; parentheses group input terms");
    if (place == Place::AfterGroup)
      return fail(afterGroup(text, at, "("));
    if (place == Place::InTerm)
      return fail("found '(' inside a term; parentheses group whole terms, so "
                  "a ',' must come before");
    open.push_back({static_cast<uint32_t>(groups.size()), position()});
    groups.push_back({static_cast<uint32_t>(equation.operands.size()), 0});
    ++at;
    startTerm();
    return true;
  }

  bool parseClose() {
    if (equation.explicitOutput)
      return fail("found ')' in the output; parentheses group input terms");
    if (open.empty())
      return fail("found ')' but no '(' is open");
    finishOperand();
    groups[open.back().group].last =
        static_cast<uint32_t>(equation.operands.size());
    open.pop_back();
    place = Place::AfterGroup;
    ++at;
    return true;
  }

  bool parseArrow() {
    if (text.substr(at, 2) != "->")
      return fail(brokenArrow(text, at, context()));
    if (equation.explicitOutput)
      return fail("found a second '->'; an equation has one output");
    if (!finishInputs("'->'"))
      return false;
    equation.explicitOutput = true;
    at += 2;
    startTerm();
    return true;
  }

  bool parseEllipsis() {
    if (text.substr(at, 3) != "...")
      return fail(strayDots(text, at));
    if (!enterTerm("..."))
      return false;
    if (term.ellipsis >= 0)
      return fail("found a second '...'; a term has at most one ellipsis");
    term.ellipsis = static_cast<int32_t>(term.numAxes);
    term.ellipsisByte = position();
    at += 3;
    return true;
  }

  bool parseLabel() {
    CodePoint c = decodeCodePoint(text, at);
    if (!c.valid || !(named ? startsWord(c.value) : isLetter(c.value)))
      return fail(unexpectedCharacter(text, at, context()));
    size_t length = named ? runLength(text, at, continuesWord) : c.numBytes;
    std::string_view spelling = text.substr(at, length);
    if (!enterTerm(spelling))
      return false;
    if (named)
      words.push_back(spelling);
    else
      letters.push_back(c.value);
    equation.axes.push_back({0, position()});
    ++term.numAxes;
    at += length;
    return true;
  }

  /// The inputs end before `what`.
  bool finishInputs(const char *what) {
    if (!open.empty()) {
      at = open.back().byte;
      return fail(
          std::string("this '(' is never closed; expected ')' before ") + what);
    }
    finishOperand();
    equation.inputsEndByte = position();
    return true;
  }

  bool finishTerms() {
    if (!equation.explicitOutput)
      return finishInputs("the end");
    equation.output = term;
    return true;
  }

  void setLabels(LabelNumbering numbering) {
    for (size_t i = 0; i < numbering.ids.size(); ++i)
      equation.axes[i].label = numbering.ids[i];
    equation.labels.reserve(numbering.firstUse.size());
    for (uint32_t use : numbering.firstUse) {
      size_t byte = equation.axes[use].byte;
      size_t length = named ? runLength(text, byte, continuesWord)
                            : decodeCodePoint(text, byte).numBytes;
      equation.labels.emplace_back(text.substr(byte, length));
    }
    equation.sortRank = std::move(numbering.sortRank);
  }

  /// Drops parentheses that leave the order open: around one operand, around
  /// everything, or doubled. Groups were noted where they open, so outer ones
  /// come first and doubled ones are neighbors.
  void keepOrderingGroups() {
    auto all = static_cast<uint32_t>(equation.operands.size());
    for (OperandGroup group : groups) {
      bool single = group.last - group.first < 2;
      bool whole = group.first == 0 && group.last == all;
      bool doubled = !equation.groups.empty() &&
                     equation.groups.back().first == group.first &&
                     equation.groups.back().last == group.last;
      if (!single && !whole && !doubled)
        equation.groups.push_back(group);
    }
  }

  struct OpenParenthesis {
    uint32_t group;
    uint32_t byte;
  };

  std::string_view text;
  bool named;
  size_t at = 0;
  Place place = Place::TermStart;
  Term term;
  std::vector<OpenParenthesis> open;
  std::vector<OperandGroup> groups;
  /// The key of each axis: its letter or its word.
  std::vector<char32_t> letters;
  std::vector<std::string_view> words;
  Equation equation;
  std::optional<Diagnostic> error;
};

} // namespace

Result<Equation> einc::parseEquation(std::string_view text) {
  if (text.size() > maxTextBytes)
    return diagnose(
        ErrorKind::Limit,
        "the equation has " + counted(text.size(), "byte", "bytes") +
            "; an equation has at most " + std::to_string(maxTextBytes),
        "", {});
  return Parser(text).parse();
}
