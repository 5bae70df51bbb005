// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What einc throws, and the kinds of mistake every interface reports.

#ifndef EINC_ERROR_H
#define EINC_ERROR_H

#include "einc/Export.h"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace einc {

/// What went wrong; each comment says what the caller can do about it.
enum class ErrorKind {
  Syntax,             ///< The equation is malformed: correct it at position().
  UnknownOutputLabel, ///< The output names a label that no input has.
  OperandCount,       ///< The equation has more or fewer terms than operands.
  RankMismatch,       ///< A term's labels do not match its operand's axes.
  ExtentMismatch,     ///< One label, two extents, neither of them 1.
  DiagonalMismatch,   ///< A label repeated in one operand, unequal extents.
  EllipsisMismatch,   ///< Axes under two ellipses do not broadcast.
  DroppedEllipsis,    ///< Ellipsis axes exist but the output has no ellipsis.
  SizeOverflow,       ///< The output would have 2^63 elements or more.
  InvalidArgument,    ///< An option, path, view or output does not fit.
  UnsupportedType,    ///< No kernels for this element type.
  UnsupportedTarget,  ///< Unknown processor, or one this machine is not.
  Limit,              ///< A memory or time limit would be exceeded.
  OutOfMemory,        ///< An allocation failed; nothing was changed.
  Device,             ///< The device or its driver reported an error.
  BadArtifact,        ///< A compiled artifact is damaged or foreign.
  IO,                 ///< A file could not be read or written.
  Internal,           ///< A defect of einc: please report it.
};

/// The stable name of a kind in messages and JSON:
/// `kindName(ErrorKind::ExtentMismatch)` returns "extent-mismatch".
EINC_API const char *kindName(ErrorKind kind);

/// A place in an equation, 0-based, counted in code points and in bytes.
struct Position {
  size_t codePoint = 0;
  size_t byte = 0;
  friend bool operator==(const Position &, const Position &) = default;
};

/// The only exception that einc's C++ API throws.
///
///     try { einc::einsum("ij,jk->ik", a, b); }
///     catch (const einc::Error &e) { std::cerr << e.what(); }
///
/// prints the message, the equation with carets, and notes.
class EINC_API Error : public std::runtime_error {
public:
  Error(ErrorKind kind, std::string message, std::vector<Position> positions,
        const std::string &rendered)
      : std::runtime_error(rendered), errorKind(kind),
        errorMessage(std::move(message)), errorPositions(std::move(positions)) {
  }

  ErrorKind kind() const { return errorKind; }
  /// One line without the equation; what() has everything.
  const std::string &message() const { return errorMessage; }
  /// Where the carets stand; empty when the mistake is nowhere in particular.
  const std::vector<Position> &positions() const { return errorPositions; }

private:
  ErrorKind errorKind;
  std::string errorMessage;
  std::vector<Position> errorPositions;
};

} // namespace einc

#endif // EINC_ERROR_H
