// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The emitter's state, for the files that implement it: the only ones of the
/// project that include the llvm dialect to generate code (7 s to compile).

#ifndef EINC_COMPILER_EMIT_EMITTERIMPL_H
#define EINC_COMPILER_EMIT_EMITTERIMPL_H

#include "compiler/Emit/Emitter.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

#include <optional>

namespace einc {

struct Emitter::Impl {
  explicit Impl(mlir::MLIRContext &context)
      : builder(&context), loc(mlir::UnknownLoc::get(&context)),
        module(mlir::ModuleOp::create(builder, loc)) {}

  template <typename Op, typename... Args> Value create(Args &&...args) {
    return Op::create(builder, loc, std::forward<Args>(args)...);
  }
  mlir::Block *newBlock(mlir::TypeRange types = {}) {
    mlir::Region &body = function.getBody();
    mlir::OpBuilder::InsertionGuard guard(builder);
    return builder.createBlock(
        &body, body.end(), types,
        llvm::SmallVector<mlir::Location>(types.size(), loc));
  }
  void branch(mlir::Block *to, mlir::ValueRange values = {}) {
    mlir::LLVM::BrOp::create(builder, loc, values, to);
  }
  void branchIf(Value condition, mlir::Block *then, mlir::ValueRange thenValues,
                mlir::Block *otherwise, mlir::ValueRange otherwiseValues) {
    mlir::LLVM::CondBrOp::create(builder, loc, condition, then, thenValues,
                                 otherwise, otherwiseValues);
  }
  /// A call of an intrinsic with one result.
  Value intrinsic(llvm::StringRef name, mlir::Type result,
                  llvm::ArrayRef<Value> arguments) {
    return mlir::LLVM::CallIntrinsicOp::create(
               builder, loc, result, builder.getStringAttr(name), arguments)
        .getResults();
  }
  Value compare(mlir::LLVM::ICmpPredicate predicate, Value a, Value b) {
    return create<mlir::LLVM::ICmpOp>(predicate, a, b);
  }

  mlir::OpBuilder builder;
  mlir::Location loc;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::LLVM::LLVMFuncOp function;
};

/// The value of a scalar i64 constant, else nothing.
std::optional<int64_t> constantOf(mlir::Value value);

} // namespace einc

#endif // EINC_COMPILER_EMIT_EMITTERIMPL_H
