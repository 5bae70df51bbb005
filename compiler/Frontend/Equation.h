// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// An einsum equation as parsed: terms of labels, before any shape is known.
/// Everything lies in flat arrays, so that 60,000 operands cost what their
/// text costs.

#ifndef EINC_COMPILER_FRONTEND_EQUATION_H
#define EINC_COMPILER_FRONTEND_EQUATION_H

#include "compiler/Support/Result.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace einc {

/// Index into Equation::labels.
using LabelId = uint32_t;

/// One label of a term and where it stands in the text. In the interleaved
/// form there is no text: `byte` is the place in the sublist.
struct Axis {
  LabelId label;
  uint32_t byte;
};

/// A run of labels, one for each axis the term names.
struct Term {
  /// First of its axes in Equation::axes, and how many.
  uint32_t firstAxis = 0;
  uint32_t numAxes = 0;
  /// How many of the term's axes stand before its ellipsis; -1: no ellipsis.
  int32_t ellipsis = -1;
  /// Where the term starts in the text (for an empty term: would start), and
  /// where its ellipsis does.
  uint32_t byte = 0;
  uint32_t ellipsisByte = 0;
};

/// Operands [first, last) stand in one pair of parentheses. Only groups that
/// constrain the order are kept: those of two operands or more that are not
/// the whole input; groups are properly nested and sorted by (first, -last).
struct OperandGroup {
  uint32_t first;
  uint32_t last;
};

struct Equation {
  enum class Form { Compact, Named, Interleaved };

  /// The text as given (may hold NUL); empty in the interleaved form.
  std::string text;
  Form form = Form::Compact;
  /// The spelling of each label (UTF-8); for integers their decimal digits.
  std::vector<std::string> labels;
  /// Rank of each label in the order of rule 4: sorted by code point, or by
  /// value. Decides the implicit output.
  std::vector<uint32_t> sortRank;
  std::vector<Axis> axes;
  std::vector<Term> operands;
  /// The output term; when it was not written, it was made by rule 4.
  Term output;
  bool explicitOutput = false;
  /// Byte where the inputs end ("->" or the end of the text).
  uint32_t inputsEndByte = 0;
  std::vector<OperandGroup> groups;

  const Axis *begin(const Term &term) const {
    return axes.data() + term.firstAxis;
  }
  const Axis *end(const Term &term) const { return begin(term) + term.numAxes; }
  /// The code point and byte of a place in the text.
  Position positionAt(uint32_t byte) const;
  /// The equation in canonical spelling: compact form where every label is one
  /// letter, else named form; an explicit output; no spaces but those between
  /// names. Parsing it again gives the same equation. Integer labels become
  /// letters: those numpy gives them (0 is A, 26 is a, 52 is U+00C0) if all
  /// have one, else letters in the order of the labels.
  std::string toString() const;
};

/// Parses the grammar of compiler/Frontend/README.md. Time and memory are
/// linear in the text, but for a sort of labels that are words; nothing
/// recurses. The text is a pointer and a length: a NUL in it is a syntax error
/// like any other, not the end.
/// Errors: Syntax, UnknownOutputLabel; Limit beyond 2^31 - 1 bytes.
Result<Equation> parseEquation(std::string_view text);

/// The entry of an interleaved list that stands for "...". Not -1, which is a
/// mistake that must not pass as an ellipsis.
constexpr int64_t InterleavedEllipsis = std::numeric_limits<int64_t>::min();

/// The interleaved form: one list of labels an operand, and perhaps one for
/// the output. Errors: Syntax (a negative label, a second ellipsis),
/// UnknownOutputLabel, OperandCount (no list at all), Limit; messages name list
/// and entry instead of a column.
Result<Equation>
parseInterleaved(const std::vector<std::vector<int64_t>> &operands,
                 const std::vector<int64_t> *output);

} // namespace einc

#endif // EINC_COMPILER_FRONTEND_EQUATION_H
