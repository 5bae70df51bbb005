// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What lowering writes: linalg operations over tensors, made from labels. The
/// only file that includes the dialects is the one behind it.

#ifndef EINC_COMPILER_PASSES_LINALGBUILDER_H
#define EINC_COMPILER_PASSES_LINALGBUILDER_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectRegistry.h"

namespace einc::ir {

/// A tensor and the label of each of its axes, perhaps repeated.
struct LinalgTerm {
  mlir::Value value;
  llvm::SmallVector<uint32_t> labels;
};

class LinalgBuilder {
public:
  /// Inserts before `op`.
  explicit LinalgBuilder(mlir::Operation *op)
      : builder(op), loc(op->getLoc()) {}

  /// The dialects of what it makes.
  static void insertDialects(mlir::DialectRegistry &registry);

  mlir::OpFoldResult index(int64_t number);
  mlir::OpFoldResult extent(mlir::Value tensor, int64_t axis);
  /// ui8 as i8, the same bits: arith knows signless integers only.
  mlir::Value toSignless(mlir::Value tensor);
  /// Back to the element type, extents and signedness of `type`.
  mlir::Value toType(mlir::Value tensor, mlir::Type type);
  /// The tensor without some axes of extent 1.
  mlir::Value dropUnitAxes(mlir::Value tensor, llvm::ArrayRef<unsigned> axes);
  /// The products of one term or two, summed over the loops that are not of
  /// the output. `loops` are labels, those of the output first; `sizes` are the
  /// output's extents.
  mlir::Value sumOfProducts(llvm::ArrayRef<LinalgTerm> terms,
                            llvm::ArrayRef<uint32_t> loops,
                            llvm::ArrayRef<mlir::OpFoldResult> sizes);
  /// A tensor of `sizes` whose elements are those of `tensor` where the indices
  /// of axis i and firstAxis[i] are equal for all i, else 0. Axis i of `tensor`
  /// is axis axes[i] of the result.
  mlir::Value spreadDiagonal(mlir::Value tensor,
                             llvm::ArrayRef<mlir::OpFoldResult> sizes,
                             llvm::ArrayRef<unsigned> axes,
                             llvm::ArrayRef<unsigned> firstAxis);

private:
  mlir::Value zero(mlir::Type element);
  mlir::Value zeros(llvm::ArrayRef<mlir::OpFoldResult> sizes,
                    mlir::Type element);
  mlir::Value round(mlir::Value tensor, mlir::Type element);

  mlir::OpBuilder builder;
  mlir::Location loc;
};

} // namespace einc::ir

#endif // EINC_COMPILER_PASSES_LINALGBUILDER_H
