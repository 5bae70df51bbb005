// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Registers and configures the X86 target for images: PIC, small code model,
/// a section for each function.

#include "compiler/Codegen/TargetMachine.h"

#include "llvm/MC/TargetRegistry.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Triple.h"

// LLVM's TargetSelect.h would declare, and InitializeAllTargets link, them all.
extern "C" {
void LLVMInitializeX86TargetInfo();
void LLVMInitializeX86Target();
void LLVMInitializeX86TargetMC();
void LLVMInitializeX86AsmPrinter();
}

namespace einc {
namespace {

llvm::Triple triple() { return llvm::Triple("x86_64-unknown-linux-gnu"); }

const llvm::Target *x86Target() {
  static const llvm::Target *target = [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    std::string error;
    return llvm::TargetRegistry::lookupTarget(triple(), error);
  }();
  return target;
}

const char *cpuName(const Target &target) {
  switch (target.isa) {
  case Target::ISA::X86_64:
    return "x86-64";
  case Target::ISA::X86_64_V3:
    return "x86-64-v3";
  case Target::ISA::X86_64_V4:
    return "x86-64-v4";
  }
  return "";
}

/// Kernels are written in 512-bit vectors; x86-64-v4 is tuned to split them.
const char *features(const Target &target) {
  return target.isa == Target::ISA::X86_64_V4 ? "-prefer-256-bit" : "";
}

} // namespace

Result<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const Target &target) {
  llvm::TargetOptions options;
  options.FunctionSections = true;
  std::unique_ptr<llvm::TargetMachine> machine;
  if (const llvm::Target *x86 = x86Target())
    machine.reset(x86->createTargetMachine(
        triple(), cpuName(target), features(target), options, llvm::Reloc::PIC_,
        llvm::CodeModel::Small, llvm::CodeGenOptLevel::Default));
  if (!machine) {
    Diagnostic diagnostic;
    diagnostic.kind = ErrorKind::Internal;
    diagnostic.message =
        std::string("no code generator for '") + cpuName(target) + "'";
    return diagnostic;
  }
  return machine;
}

} // namespace einc
