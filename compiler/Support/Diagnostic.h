// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A mistake and how it is shown: message, equation with carets, notes.
///
///     error: label 'k' has extent 4 in operand 0 but 5 in operand 1
///       ik,kj->ij
///        ^ ^
///     note: operand 0 has shape (3, 4), operand 1 has shape (5, 2); ...

#ifndef EINC_COMPILER_SUPPORT_DIAGNOSTIC_H
#define EINC_COMPILER_SUPPORT_DIAGNOSTIC_H

#include "einc/Error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace einc {

struct Diagnostic {
  ErrorKind kind = ErrorKind::Internal;
  /// One line, lower case, no full stop: what was found and what was expected.
  std::string message = {};
  /// Where the carets stand, in reading order; may be empty.
  std::vector<Position> positions = {};
  /// The equation (a window of at most 60 columns of it) and the caret line,
  /// two lines without indentation; empty when there is no place to show.
  std::string excerpt = {};
  /// Further lines, each shown after "note: ".
  std::vector<std::string> notes = {};

  /// The whole text, "error: " first, every line ended by a newline.
  std::string render() const;
};

/// A mistake at these bytes of `text`, in ascending order: fills in positions
/// and excerpt. Without bytes the diagnostic has neither.
Diagnostic diagnose(ErrorKind kind, std::string message, std::string_view text,
                    const std::vector<size_t> &bytes);

/// The window of `text` around `positions` and a caret line below it. A window
/// has at most 60 display columns; cut ends show "..."; control characters and
/// bytes that are no UTF-8 are escaped (\n, \xHH); carets are placed by display
/// width. Positions that do not fit in one window beside the first are dropped
/// from the caret line.
std::string makeExcerpt(std::string_view text,
                        const std::vector<Position> &positions);

/// `formatShape({3, 4})` returns "(3, 4)"; `formatShape({3})` returns "(3)".
/// Open axes (OpenAxis.h) are "?" and "?64".
std::string formatShape(const std::vector<int64_t> &shape);

/// The same for messages: beyond 16 axes "(2, 3, ..., 5)" with the first eight
/// and the last seven.
std::string formatShapeAbridged(const std::vector<int64_t> &shape);

/// The same for strides, any of which is a plain number.
std::string formatStridesAbridged(const std::vector<int64_t> &strides);

} // namespace einc

#endif // EINC_COMPILER_SUPPORT_DIAGNOSTIC_H
