// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Binds an equation to shapes: ellipses become labels, every label gets an
/// extent, the output gets a shape, and mistakes get carets.

#ifndef EINC_COMPILER_FRONTEND_SHAPEINFERENCE_H
#define EINC_COMPILER_FRONTEND_SHAPEINFERENCE_H

#include "compiler/Frontend/Equation.h"
#include "compiler/Support/OpenAxis.h"

#include <span>

namespace einc {

/// Extents; before shape inference perhaps openAxis(), after it never.
using Shape = std::vector<int64_t>;

/// A label whose extent may be any number. It never broadcasts.
struct OpenExtent {
  LabelId label;
  /// Whether the extent it is planned for was given, as likely, by the user.
  bool hasHint;
};

/// What an open extent without a hint is planned for: large enough that steps
/// are blocked and packed for speed, small enough that neither it nor the
/// other extents are all that counts.
constexpr int64_t DefaultOpenExtent = 64;

/// An equation with shapes. Labels are numbered as in Equation::labels; the
/// axes under ellipses are labels of their own after those, named "..0", "..1"
/// from the left of the widest ellipsis (aligned at the right).
struct ShapedEquation {
  std::vector<std::string> labels;
  /// Extent of each label: that of the operands where it is not 1, else 1. Of
  /// open labels the hint or DefaultOpenExtent, in outputShape too.
  std::vector<int64_t> extents;
  /// Labels of operand i: operandLabels[operandStart[i] .. operandStart[i+1]),
  /// one for each of its axes, repeated for diagonals.
  std::vector<uint32_t> operandStart;
  std::vector<LabelId> operandLabels;
  /// Labels of the output, one for each axis, perhaps repeated, and its shape.
  std::vector<LabelId> outputLabels;
  Shape outputShape;
  /// The forced order, from parentheses.
  std::vector<OperandGroup> groups;
  /// Labels whose extents are given with each call, in the order of their
  /// first axes in the operands: that of their open numbers.
  std::vector<OpenExtent> openExtents = {};

  size_t numOperands() const { return operandStart.size() - 1; }
  std::span<const LabelId> operand(size_t i) const {
    return {operandLabels.data() + operandStart[i],
            operandStart[i + 1] - operandStart[i]};
  }
};

/// The output's shape with openAxis() where it is open.
Shape openOutputShape(const ShapedEquation &equation);

/// Errors: OperandCount, RankMismatch, ExtentMismatch, DiagonalMismatch,
/// EllipsisMismatch, DroppedEllipsis, SizeOverflow, with the positions of
/// compiler/Frontend/README.md; InvalidArgument for a negative extent;
/// Limit beyond 2^31 - 1 axes in all. A label with an open axis must be open
/// on all of its axes, with one hint at most.
Result<ShapedEquation> inferShapes(const Equation &equation,
                                   std::span<const Shape> shapes);

} // namespace einc

#endif // EINC_COMPILER_FRONTEND_SHAPEINFERENCE_H
