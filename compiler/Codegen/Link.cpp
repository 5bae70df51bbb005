// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Builds the module and has it generated, once for each form.

#include "compiler/Codegen/Link.h"

#include "compiler/Codegen/LinkEntries.h"
#include "compiler/Codegen/Object.h"
#include "compiler/Codegen/TargetMachine.h"
#include "compiler/Codegen/Translate.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

#include <cstring>

namespace einc {
namespace {

/// eincProgram(abi): the program, or null for another ABI.
void addQuery(LinkData &data, const EincProgram &program) {
  llvm::IRBuilder<> b(data.context());
  llvm::Function *function =
      data.addFunction(EINC_PROGRAM_SYMBOL, b.getPtrTy(), {b.getInt32Ty()},
                       llvm::GlobalValue::ExternalLinkage);
  b.SetInsertPoint(llvm::BasicBlock::Create(data.context(), "", function));
  llvm::Value *known =
      b.CreateICmpEQ(function->getArg(0), b.getInt32(EINC_ARTIFACT_ABI));
  b.CreateRet(b.CreateSelect(known, data.program(program),
                             llvm::ConstantPointerNull::get(b.getPtrTy())));
}

class Linker {
public:
  Linker(const EincProgram &program, const EincObjectOptions &options,
         bool verify)
      : program(program), options(options), verify(verify) {}

  Result<LinkedObject> link(uint32_t forms);

private:
  Result<std::unique_ptr<llvm::Module>> makeModule(bool withKernels);

  const EincProgram &program;
  const EincObjectOptions &options;
  bool verify;
  llvm::LLVMContext context;
  std::optional<TargetMachineLease> machine;
};

Result<std::unique_ptr<llvm::Module>> Linker::makeModule(bool withKernels) {
  auto module = std::make_unique<llvm::Module>(program.name, context);
  module->setTargetTriple((**machine).getTargetTriple());
  module->setDataLayout((**machine).createDataLayout());
  LinkData data(*module, program.name, withKernels);
  if (options.flags & EINC_OBJECT_QUERY) {
    addQuery(data, program);
  } else {
    const bool byRuntime = options.flags & EINC_OBJECT_RUNTIME;
    data.addInfo(program);
    if (Result<Success> added = addEntries(data, program, byRuntime); !added)
      return std::move(added).error();
    if (options.strided)
      if (Result<Success> added = addEntries(data, *options.strided, byRuntime);
          !added)
        return std::move(added).error();
  }
  if (verify) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    if (llvm::verifyModule(*module, &stream))
      return Diagnostic{.kind = ErrorKind::Internal,
                        .message =
                            "the object's LLVM IR does not verify: " + text};
  }
  return module;
}

Result<LinkedObject> Linker::link(uint32_t forms) {
  // What runs around the kernels runs on every processor.
  Target target;
  if (program.variants[0].architecture == EINC_ARCHITECTURE_AARCH64)
    target.isa = Target::ISA::AArch64;
  Result<TargetMachineLease> lease =
      TargetMachineLease::take(target, CodePurpose::Object);
  if (!lease)
    return std::move(lease).error();
  machine.emplace(std::move(*lease));

  LinkedObject result;
  for (EincForm form : {EINC_FORM_LLVM, EINC_FORM_ASM, EINC_FORM_OBJECT}) {
    if (!(forms & form))
      continue;
    Result<std::unique_ptr<llvm::Module>> module =
        makeModule(/*withKernels=*/form == EINC_FORM_OBJECT);
    if (!module)
      return std::move(module).error();
    if (form == EINC_FORM_LLVM) {
      result.llvm = printModule(**module);
    } else if (form == EINC_FORM_ASM) {
      Result<std::string> text =
          emitAssembly(**module, **machine, Effort::Full);
      if (!text)
        return std::move(text).error();
      result.assembly = std::move(*text);
    } else {
      auto object = emitObject(**module, **machine, Effort::Full);
      if (!object)
        return std::move(object).error();
      result.object.assign(object->begin(), object->end());
    }
  }
  return result;
}

} // namespace

Result<LinkedObject> linkProgram(const EincProgram &program,
                                 const EincObjectOptions &options,
                                 uint32_t forms, bool verify) {
  if (Result<Success> sound = checkLinkable(program); !sound)
    return std::move(sound).error();
  if (options.strided) {
    const EincProgram &strided = *options.strided;
    if (Result<Success> sound = checkLinkable(strided); !sound)
      return std::move(sound).error();
    const EincArtifact &first = *strided.variants[0].artifact;
    if (std::strcmp(strided.name, program.name) != 0 ||
        strided.variants[0].architecture != program.variants[0].architecture ||
        first.numArguments != program.variants[0].artifact->numArguments)
      return Diagnostic{.kind = ErrorKind::BadArtifact,
                        .message = "the strided program is of another program"};
    for (uint32_t i = 0; i < first.numArguments; ++i)
      if (first.arguments[i].openStrides == EINC_NO_OPEN_STRIDES)
        return Diagnostic{.kind = ErrorKind::BadArtifact,
                          .message = "the strided program has fixed strides"};
  }
  return Linker(program, options, verify).link(forms);
}

} // namespace einc
