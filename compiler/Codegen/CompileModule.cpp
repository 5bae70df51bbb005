// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The stages of code generation, each timed.

#include "compiler/Codegen/CompileModule.h"
#include "compiler/Codegen/Object.h"
#include "compiler/Codegen/SplitModule.h"
#include "compiler/Codegen/Stopwatch.h"
#include "compiler/Codegen/TargetMachine.h"
#include "compiler/Codegen/Translate.h"
#include "compiler/Schedule/CompilerTable.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

#include <optional>

namespace einc {
namespace {

/// Adds the time of a scope to a sum.
class Timer {
public:
  explicit Timer(double &sum) : sum(sum) {}
  ~Timer() { sum += watch.milliseconds(); }

private:
  double &sum;
  Stopwatch watch;
};

class ModuleCompiler {
public:
  ModuleCompiler(mlir::Operation *module, const CodegenOptions &options)
      : module(module), options(options) {}
  Result<CompiledModule> compile(std::span<const std::string> entries);

private:
  using Step = Result<Success>;
  Step takeMachine();
  Step translate();
  Step makeAssembly();
  Step makeImages(std::span<const std::string> entries);
  Result<std::vector<llvm::SmallVector<char, 0>>> makeObjects();
  bool wants(EincForm form) const { return options.forms & form; }

  mlir::Operation *module;
  const CodegenOptions &options;
  std::optional<TargetMachineLease> machine;
  llvm::LLVMContext context;
  // Both die before their context.
  std::unique_ptr<llvm::Module> hot;
  std::unique_ptr<llvm::Module> cold; ///< may be null
  CompiledModule result;
};

ModuleCompiler::Step ModuleCompiler::takeMachine() {
  Timer timer(result.times.machine);
  Result<TargetMachineLease> lease =
      TargetMachineLease::take(options.target, CodePurpose::Image);
  if (!lease)
    return std::move(lease).error();
  machine.emplace(std::move(*lease));
  return Success{};
}

ModuleCompiler::Step ModuleCompiler::translate() {
  Timer timer(result.times.translate);
  auto translated = translateModule(module, context, options.verify);
  if (!translated)
    return std::move(translated).error();
  hot = std::move(*translated);
  if (wants(EINC_FORM_LLVM))
    result.llvm = printModule(*hot);
  cold = takeColdFunctions(*hot);
  return Success{};
}

ModuleCompiler::Step ModuleCompiler::makeAssembly() {
  auto text = emitAssembly(*hot, **machine, Effort::Full);
  if (!text)
    return std::move(text).error();
  result.assembly = std::move(*text);
  if (!cold)
    return Success{};
  text = emitAssembly(*cold, **machine, Effort::None);
  if (!text)
    return std::move(text).error();
  result.assembly += "\n# Functions compiled without optimization.\n" + *text;
  return Success{};
}

Result<std::vector<llvm::SmallVector<char, 0>>> ModuleCompiler::makeObjects() {
  Timer timer(result.times.generate);
  std::vector<llvm::SmallVector<char, 0>> objects;
  auto object = emitObject(*hot, **machine, Effort::Full);
  if (!object)
    return std::move(object).error();
  objects.push_back(std::move(*object));
  if (!cold)
    return objects;
  object = emitObject(*cold, **machine, Effort::None);
  if (!object)
    return std::move(object).error();
  objects.push_back(std::move(*object));
  return objects;
}

ModuleCompiler::Step
ModuleCompiler::makeImages(std::span<const std::string> entries) {
  auto objects = makeObjects();
  if (!objects)
    return std::move(objects).error();
  Timer timer(result.times.pack);
  std::vector<ELFObject> read;
  for (const llvm::SmallVector<char, 0> &bytes : *objects) {
    auto object = ELFObject::read(
        {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()});
    if (!object)
      return std::move(object).error();
    read.push_back(std::move(*object));
  }
  for (const std::string &entry : entries) {
    Result<KernelImage> image = packImage(read, entry);
    if (!image)
      return std::move(image).error();
    result.images.push_back(std::move(*image));
  }
  return Success{};
}

Result<CompiledModule>
ModuleCompiler::compile(std::span<const std::string> entries) {
  if (wants(EINC_FORM_MLIR))
    result.mlir = printModule(module);
  if (Step step = takeMachine(); !step)
    return std::move(step).error();
  if (Step step = translate(); !step)
    return std::move(step).error();
  if (wants(EINC_FORM_ASM)) {
    if (Step step = makeAssembly(); !step)
      return std::move(step).error();
    // Both modules are used up.
    if (Step step = translate(); !step)
      return std::move(step).error();
  }
  if (wants(EINC_FORM_IMAGE))
    if (Step step = makeImages(entries); !step)
      return std::move(step).error();
  return std::move(result);
}

} // namespace

Result<CompiledModule> compileModule(mlir::Operation *module,
                                     std::span<const std::string> entries,
                                     const CodegenOptions &options) {
  return ModuleCompiler(module, options).compile(entries);
}

} // namespace einc
