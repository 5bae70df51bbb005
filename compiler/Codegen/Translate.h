// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The step from MLIR's llvm dialect to LLVM IR, and the texts of both.

#ifndef EINC_COMPILER_CODEGEN_TRANSLATE_H
#define EINC_COMPILER_CODEGEN_TRANSLATE_H

#include "compiler/Support/Result.h"

#include <memory>
#include <string>

namespace llvm {
class LLVMContext;
class Module;
} // namespace llvm

namespace mlir {
class DialectRegistry;
class Operation;
} // namespace mlir

namespace einc {

/// Registers the dialects that can be translated; contexts of modules given to
/// translateModule are made with this registry.
void registerTranslations(mlir::DialectRegistry &registry);

/// Translates a builtin.module of llvm dialect operations. With `verify` both
/// sides are verified. Errors: Internal with the first diagnostic; nothing is
/// printed.
Result<std::unique_ptr<llvm::Module>>
translateModule(mlir::Operation *module, llvm::LLVMContext &context,
                bool verify);

std::string printModule(mlir::Operation *module);
std::string printModule(const llvm::Module &module);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_TRANSLATE_H
