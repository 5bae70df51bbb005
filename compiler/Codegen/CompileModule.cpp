// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The stages of code generation, each timed.

#include "compiler/Codegen/CompileModule.h"
#include "compiler/Codegen/Object.h"
#include "compiler/Codegen/Stopwatch.h"
#include "compiler/Codegen/TargetMachine.h"
#include "compiler/Codegen/Translate.h"
#include "compiler/Schedule/CompilerTable.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

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
  ModuleCompiler(mlir::Operation *module, const CompileOptions &options)
      : module(module), options(options) {}
  Result<CompiledModule> compile(std::span<const std::string> entries);

private:
  using Step = Result<Success>;
  Step translate();
  Step makeMachine();
  Step makeAssembly();
  Step makeImages(std::span<const std::string> entries);
  bool wants(EincForm form) const { return options.forms & form; }

  mlir::Operation *module;
  const CompileOptions &options;
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> ir; ///< dies before its context
  std::unique_ptr<llvm::TargetMachine> machine;
  CompiledModule result;
};

ModuleCompiler::Step ModuleCompiler::translate() {
  Timer timer(result.times.translate);
  auto translated = translateModule(module, context, options.verify);
  if (!translated)
    return std::move(translated).error();
  ir = std::move(*translated);
  return Success{};
}

ModuleCompiler::Step ModuleCompiler::makeMachine() {
  Timer timer(result.times.machine);
  auto created = createTargetMachine(options.target);
  if (!created)
    return std::move(created).error();
  machine = std::move(*created);
  return Success{};
}

ModuleCompiler::Step ModuleCompiler::makeAssembly() {
  auto text = emitAssembly(*ir, *machine);
  if (!text)
    return std::move(text).error();
  result.assembly = std::move(*text);
  ir.reset(); // used up
  return Success{};
}

ModuleCompiler::Step
ModuleCompiler::makeImages(std::span<const std::string> entries) {
  Result<llvm::SmallVector<char, 0>> object = [&] {
    Timer timer(result.times.generate);
    return emitObject(*ir, *machine);
  }();
  if (!object)
    return std::move(object).error();
  Timer timer(result.times.pack);
  auto read = ELFObject::read(
      {reinterpret_cast<const uint8_t *>(object->data()), object->size()});
  if (!read)
    return std::move(read).error();
  for (const std::string &entry : entries) {
    Result<KernelImage> image = packImage(*read, entry);
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
  if (Step step = makeMachine(); !step)
    return std::move(step).error();
  if (Step step = translate(); !step)
    return std::move(step).error();
  if (wants(EINC_FORM_LLVM))
    result.llvm = printModule(*ir);
  if (wants(EINC_FORM_ASM)) {
    if (Step step = makeAssembly(); !step)
      return std::move(step).error();
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
                                     const CompileOptions &options) {
  return ModuleCompiler(module, options).compile(entries);
}

} // namespace einc
