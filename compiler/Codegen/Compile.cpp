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

Result<CompiledModule> compileKernels(std::span<const Schedule> schedules,
                                      const CompileOptions &options) {
  double emitMs = 0;
  Stopwatch watch;
  mlir::DialectRegistry registry;
  registerTranslations(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  Emitter emitter(context, options.target);
  std::vector<std::string> symbols;
  for (const Schedule &schedule : schedules) {
    symbols.push_back("kernel" + std::to_string(symbols.size()));
    if (auto emitted = emitKernel(emitter, schedule, symbols.back()); !emitted)
      return std::move(emitted).error();
  }
  emitMs = watch.milliseconds();
  auto result = compileModule(emitter.module(), symbols, options);
  if (result)
    result->times.emit = emitMs;
  return result;
}

} // namespace einc
