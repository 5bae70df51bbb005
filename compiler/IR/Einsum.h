// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The `einsum` dialect and its operations (einc::ir::ContractOp, PairwiseOp).

#ifndef EINC_COMPILER_IR_EINSUM_H
#define EINC_COMPILER_IR_EINSUM_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "compiler/IR/EinsumDialect.h.inc"

#define GET_OP_CLASSES
#include "compiler/IR/EinsumOps.h.inc"

namespace einc::ir {

/// The element types of C8: f64, f32, f16, bf16, complex<f32>, complex<f64>,
/// i1, i8, i16, i32, i64 and ui8.
bool isElementType(mlir::Type type);

} // namespace einc::ir

#endif // EINC_COMPILER_IR_EINSUM_H
