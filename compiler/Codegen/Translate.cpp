// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Verification is done here rather than by the translation, which would print
/// what it finds.

#include "compiler/Codegen/Translate.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Operation.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"

namespace einc {
namespace {

Diagnostic internalError(std::string message) {
  Diagnostic diagnostic;
  diagnostic.kind = ErrorKind::Internal;
  diagnostic.message = std::move(message);
  return diagnostic;
}

} // namespace

void registerTranslations(mlir::DialectRegistry &registry) {
  mlir::registerBuiltinDialectTranslation(registry);
  mlir::registerLLVMDialectTranslation(registry);
}

Result<std::unique_ptr<llvm::Module>>
translateModule(mlir::Operation *module, llvm::LLVMContext &context,
                bool verify) {
  std::string first;
  mlir::ScopedDiagnosticHandler handler(
      module->getContext(), [&](mlir::Diagnostic &diagnostic) {
        if (first.empty() &&
            diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error)
          first = diagnostic.str();
      });
  if (verify && failed(mlir::verify(module)))
    return internalError("the kernel module does not verify: " + first);
  std::unique_ptr<llvm::Module> result = mlir::translateModuleToLLVMIR(
      module, context, "einc", /*disableVerification=*/true);
  if (!result)
    return internalError("the kernel module cannot be translated: " + first);
  if (verify) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    if (llvm::verifyModule(*result, &stream))
      return internalError("the kernels' LLVM IR does not verify: " + text);
  }
  return result;
}

std::string printModule(mlir::Operation *module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module->print(stream);
  stream << '\n';
  return text;
}

std::string printModule(const llvm::Module &module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, /*AAW=*/nullptr);
  return text;
}

} // namespace einc
