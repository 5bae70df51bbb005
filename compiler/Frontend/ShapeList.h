// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Shapes as a user types them: a list of shapes, one an operand, or extents
/// by label. Both report mistakes with a caret in the list itself.

#ifndef EINC_COMPILER_FRONTEND_SHAPELIST_H
#define EINC_COMPILER_FRONTEND_SHAPELIST_H

#include "compiler/Frontend/ShapeInference.h"

#include <string>
#include <string_view>
#include <vector>

namespace einc {

/// Reads `3x4,4x2` or `(3,4)(4,2)`. `()` and an empty piece between commas are
/// scalars; an empty list is no operands; spaces may stand between numbers.
/// `?` and `?64` are open extents (OpenAxis.h), the second with a hint.
/// Errors: InvalidArgument, with positions in `text`.
Result<std::vector<Shape>> parseShapeList(std::string_view text);

/// The extent of one label, perhaps an open one, and where the label stands in
/// the list.
struct Dim {
  std::string label;
  int64_t extent;
  uint32_t byte;
};

/// Extents by label in the order given, with the text for diagnostics.
struct DimList {
  std::string text;
  std::vector<Dim> dims;
};

/// Reads `i=1000,j=10,b=?,n=?64`. No label may be given twice; an empty list is
/// legal. Errors: InvalidArgument, with positions in `text`.
Result<DimList> parseDims(std::string_view text);

/// The shapes that the operands of `equation` have with these extents; an
/// ellipsis stands for no axes. Errors: InvalidArgument for a label of the
/// equation without an extent (positions in the equation) and for an extent
/// whose label the equation lacks (positions in the list).
Result<std::vector<Shape>> shapesFromDims(const Equation &equation,
                                          const DimList &dims);

} // namespace einc

#endif // EINC_COMPILER_FRONTEND_SHAPELIST_H
