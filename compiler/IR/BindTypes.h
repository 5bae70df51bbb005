// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Shape inference over tensor types, some of whose extents are known at run
/// time only.

#ifndef EINC_COMPILER_IR_BINDTYPES_H
#define EINC_COMPILER_IR_BINDTYPES_H

#include "compiler/Frontend/ShapeInference.h"

#include "mlir/IR/TypeRange.h"
#include "llvm/ADT/StringRef.h"

namespace einc::ir {

struct TypedEquation {
  Equation equation;
  /// Extents and output shape have ShapedType::kDynamic where no operand says
  /// how large a label is.
  ShapedEquation shaped;
  /// Some extent of some operand is dynamic.
  bool anyDynamic = false;
};

/// Parses and infers; `types` are ranked tensors. A dynamic extent never
/// broadcasts: at run time it is the extent of its label. Errors: those of
/// parseEquation and inferShapes.
Result<TypedEquation> bindTypes(llvm::StringRef equation,
                                mlir::TypeRange types);

} // namespace einc::ir

#endif // EINC_COMPILER_IR_BINDTYPES_H
