// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Recognises linalg operations that compute what an equation can say.

#ifndef EINC_COMPILER_PASSES_LINALGTERMS_H
#define EINC_COMPILER_PASSES_LINALGTERMS_H

#include "mlir/IR/Operation.h"

#include <optional>

namespace einc::ir {

/// A linalg operation as terms: the labels are its loops, and loops that the
/// result lacks are summed.
struct LinalgTerms {
  struct Input {
    mlir::Value value;
    llvm::SmallVector<unsigned> loops; ///< of each axis, perhaps repeated
  };
  llvm::SmallVector<Input, 2> inputs;
  llvm::SmallVector<unsigned> resultLoops; ///< of each axis, all distinct
  unsigned numLoops = 0;
};

/// The terms of an operation of linalg, named or generic, on tensors, if its
/// body is a product, a sum, a sum of products or a copy, of one element type
/// of the einsum dialect without conversion, and sums start at 0. All else is
/// nothing, among it: other combiners, sums on top of values, -0.0 to start
/// with (the sum of no elements or of -0.0 would be another), indices that are
/// no loops, loops that no operand has, tensors with encodings.
std::optional<LinalgTerms> readTerms(mlir::Operation *op);

} // namespace einc::ir

#endif // EINC_COMPILER_PASSES_LINALGTERMS_H
