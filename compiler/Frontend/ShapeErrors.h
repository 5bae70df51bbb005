// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What shape inference says about shapes that do not fit their equation. In
/// the interleaved form there is no text to point into, so the same messages
/// name the axis instead.

#ifndef EINC_COMPILER_FRONTEND_SHAPEERRORS_H
#define EINC_COMPILER_FRONTEND_SHAPEERRORS_H

#include "compiler/Frontend/ShapeInference.h"

namespace einc {

/// An axis of an operand, and which of its term's labels names it (`entry`
/// counts in Term's axes; it means nothing for an axis under an ellipsis).
struct OperandAxis {
  uint32_t operand;
  uint32_t axis;
  uint32_t entry;
};

class ShapeErrors {
public:
  ShapeErrors(const Equation &equation, std::span<const Shape> shapes)
      : equation(equation), shapes(shapes) {}

  Diagnostic operandCount() const;
  Diagnostic negativeExtent(OperandAxis at) const;
  Diagnostic rankMismatch(uint32_t operand) const;
  Diagnostic diagonalMismatch(OperandAxis first, OperandAxis second) const;
  Diagnostic extentMismatch(OperandAxis first, OperandAxis second) const;
  Diagnostic ellipsisMismatch(OperandAxis first, OperandAxis second) const;
  /// One axis of a label is open, the other has an extent. `hidden`: they are
  /// under ellipses.
  Diagnostic openMismatch(OperandAxis first, OperandAxis second,
                          bool hidden) const;
  /// Two open axes of a label with two hints.
  Diagnostic hintMismatch(OperandAxis first, OperandAxis second,
                          bool hidden) const;
  /// `operand` is the first whose ellipsis stands for an axis.
  Diagnostic droppedEllipsis(uint32_t operand) const;
  Diagnostic sizeOverflow(const Shape &output) const;
  Diagnostic tooManyAxes() const;

private:
  Diagnostic at(ErrorKind kind, std::string message,
                std::vector<size_t> bytes) const;
  bool interleaved() const;
  int64_t extent(OperandAxis at) const { return shapes[at.operand][at.axis]; }
  Diagnostic openError(OperandAxis first, OperandAxis second, bool hidden,
                       const std::string &message,
                       const std::string &note) const;
  size_t byteOf(OperandAxis at) const;
  std::string labelName(OperandAxis at) const;
  std::string placeName(OperandAxis at) const;
  std::string shapeOf(uint32_t operand) const;
  std::string termText(uint32_t operand) const;
  std::string formHint(uint32_t operand) const;

  const Equation &equation;
  std::span<const Shape> shapes;
};

} // namespace einc

#endif // EINC_COMPILER_FRONTEND_SHAPEERRORS_H
