// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Emits the kernels into one module and hands it on.

#include "compiler/Codegen/Compile.h"

#include "compiler/Codegen/Stopwatch.h"
#include "compiler/Codegen/Translate.h"
#include "compiler/Kernels/Kernels.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"

namespace einc {
namespace {

void addHeading(const char *comment, const std::string &schedule,
                std::string &text) {
  if (!text.empty())
    text.insert(0, comment + (" " + schedule) + "\n");
}

Result<CompiledModule> compileKernel(mlir::MLIRContext &context,
                                     const Schedule &schedule,
                                     const CodegenOptions &options) {
  const std::string symbol = "kernel";
  Stopwatch watch;
  Emitter emitter(context, options.target);
  if (auto emitted = emitKernel(emitter, schedule, symbol); !emitted)
    return std::move(emitted).error();
  double emitMs = watch.milliseconds();
  auto result = compileModule(emitter.module(), std::span(&symbol, 1), options);
  if (!result)
    return result;
  result->times.emit = emitMs;
  std::string name = schedule.text();
  addHeading("//", name, result->mlir);
  addHeading(";", name, result->llvm);
  addHeading("#", name, result->assembly);
  return result;
}

} // namespace

Result<std::vector<CompiledModule>>
compileKernels(std::span<const Schedule> schedules,
               const CodegenOptions &options) {
  Stopwatch watch;
  mlir::DialectRegistry registry;
  registerTranslations(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  double contextMs = watch.milliseconds();
  std::vector<CompiledModule> kernels;
  for (const Schedule &schedule : schedules) {
    auto kernel = compileKernel(context, schedule, options);
    if (!kernel)
      return std::move(kernel).error();
    kernels.push_back(std::move(*kernel));
  }
  if (!kernels.empty())
    kernels.front().times.context = contextMs;
  return kernels;
}

} // namespace einc
