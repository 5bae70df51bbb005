// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Runs LLVM's code generator.

#include "compiler/Codegen/Object.h"

#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

namespace einc {
namespace {

/// Keeps the first error. LLVM's own handler prints it and exits.
class FirstError : public llvm::DiagnosticHandler {
public:
  explicit FirstError(std::string &text) : text(text) {}
  bool handleDiagnostics(const llvm::DiagnosticInfo &info) override {
    if (info.getSeverity() == llvm::DS_Error && text.empty()) {
      llvm::raw_string_ostream stream(text);
      llvm::DiagnosticPrinterRawOStream printer(stream);
      info.print(printer);
    }
    return true;
  }

private:
  std::string &text;
};

Result<Success> generate(llvm::Module &module, llvm::TargetMachine &machine,
                         llvm::raw_pwrite_stream &stream,
                         llvm::CodeGenFileType type) {
  std::string error;
  module.getContext().setDiagnosticHandler(std::make_unique<FirstError>(error));
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  llvm::legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, stream, /*DwoOut=*/nullptr, type,
                                  /*DisableVerify=*/true))
    error = "the target cannot emit this kind of file";
  else
    passes.run(module);
  // The handler refers to `error`.
  module.getContext().setDiagnosticHandler(nullptr);
  if (error.empty())
    return Success{};
  Diagnostic diagnostic;
  diagnostic.kind = ErrorKind::Internal;
  diagnostic.message = "code generation failed: " + error;
  return diagnostic;
}

} // namespace

Result<llvm::SmallVector<char, 0>> emitObject(llvm::Module &module,
                                              llvm::TargetMachine &machine) {
  llvm::SmallVector<char, 0> object;
  llvm::raw_svector_ostream stream(object);
  auto result =
      generate(module, machine, stream, llvm::CodeGenFileType::ObjectFile);
  if (!result)
    return std::move(result).error();
  return object;
}

Result<std::string> emitAssembly(llvm::Module &module,
                                 llvm::TargetMachine &machine) {
  llvm::SmallVector<char, 0> text;
  llvm::raw_svector_ostream stream(text);
  auto result =
      generate(module, machine, stream, llvm::CodeGenFileType::AssemblyFile);
  if (!result)
    return std::move(result).error();
  return std::string(text.begin(), text.end());
}

} // namespace einc
