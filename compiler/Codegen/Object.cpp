// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Runs LLVM's code generator.

#include "compiler/Codegen/Object.h"
#include "compiler/Codegen/PassFilter.h"

#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LLVMContext.h"
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

/// The machine is used for both efforts in turn.
void setEffort(llvm::TargetMachine &machine, Effort effort) {
  bool none = effort == Effort::None;
  machine.setOptLevel(none ? llvm::CodeGenOptLevel::None
                           : llvm::CodeGenOptLevel::Default);
  machine.setFastISel(none);
}

using Bytes = llvm::SmallVector<char, 0>;

Result<Bytes> generate(llvm::Module &module, llvm::TargetMachine &machine,
                       Effort effort, llvm::CodeGenFileType type) {
  std::string error;
  Bytes bytes;
  llvm::raw_svector_ostream stream(bytes);
  module.getContext().setDiagnosticHandler(std::make_unique<FirstError>(error));
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  setEffort(machine, effort);
  FilteringPassManager passes;
  if (machine.addPassesToEmitFile(passes, stream, /*DwoOut=*/nullptr, type,
                                  /*DisableVerify=*/true))
    error = "the target cannot emit this kind of file";
  else
    passes.run(module);
  // The handler refers to `error`.
  module.getContext().setDiagnosticHandler(nullptr);
  if (error.empty())
    return bytes;
  Diagnostic diagnostic;
  diagnostic.kind = ErrorKind::Internal;
  diagnostic.message = "code generation failed: " + error;
  return diagnostic;
}

} // namespace

Result<Bytes> emitObject(llvm::Module &module, llvm::TargetMachine &machine,
                         Effort effort) {
  return generate(module, machine, effort, llvm::CodeGenFileType::ObjectFile);
}

Result<std::string> emitAssembly(llvm::Module &module,
                                 llvm::TargetMachine &machine, Effort effort) {
  Result<Bytes> text =
      generate(module, machine, effort, llvm::CodeGenFileType::AssemblyFile);
  if (!text)
    return std::move(text).error();
  return std::string(text->begin(), text->end());
}

} // namespace einc
