// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Equation, layouts and options -> code that runs. The whole way, stage by
/// stage: search an order, make its steps, get each step's kernel from the
/// cache or the compiler, bind them into an executable.

#ifndef EINC_COMPILER_DRIVER_COMPILER_H
#define EINC_COMPILER_DRIVER_COMPILER_H

#include "compiler/Driver/KernelCache.h"
#include "compiler/Driver/OwnedArtifact.h"
#include "compiler/Planner/Search.h"
#include "compiler/Schedule/CompilerTable.h"
#include "compiler/Schedule/Steps.h"
#include "runtime/Executable.h"

namespace einc {

struct CompileOptions {
  SearchOptions search;
  /// What to generate code for.
  Machine machine = hostMachine();
  /// Operands, output and workspace together; 0: availableMemoryBytes().
  uint64_t maxMemoryBytes = 0;
  /// The strides of operands and output are given with each call; see
  /// StepOptions::openStrides.
  bool openStrides = false;
  /// Run the verifiers of the compiler's representations.
  bool verifyIR = false;
  /// Where kernels are kept for later processes; none: nowhere.
  std::optional<DiskCacheOptions> diskCache = {};
};

/// Wall-clock seconds of each stage.
struct CompileTimings {
  double search = 0;
  double steps = 0;
  KernelTimings kernels;
};

/// An expression before its kernels exist: everything that needs no compiler.
struct PlannedExpression {
  ShapedEquation equation;
  Network network;
  ContractionTree tree;
  std::vector<TensorLayout> operands;
  TensorLayout output;
  StepList steps;
  CompileTimings timings;
};

/// Searches an order and makes the steps. `operands` and `output` have the
/// shapes of `equation` (`output` exactly its outputShape). Errors: those of
/// findTree and makeSteps.
Result<PlannedExpression> planExpression(ShapedEquation equation,
                                         std::vector<TensorLayout> operands,
                                         TensorLayout output,
                                         const CompileOptions &options);

/// An expression with its code; immutable, callable from any thread.
class CompiledExpression {
public:
  CompiledExpression() = default;
  CompiledExpression(const CompiledExpression &) = delete;
  CompiledExpression &operator=(const CompiledExpression &) = delete;

  PlannedExpression planned;
  Target target;
  /// Kernel i computes planned.steps.schedules[i].
  std::vector<std::shared_ptr<const Kernel>> kernels;
  /// Points into `planned` and `kernels`.
  OwnedArtifact artifact;
  std::shared_ptr<const runtime::Executable> executable;
  /// Whether this machine can run the code.
  bool runnable = false;

  const CompileTimings &timings() const { return planned.timings; }
  /// The distinct kernels of one step of the plan, in order of first use.
  std::vector<const Kernel *> kernelsOf(uint32_t planStep) const;

  /// `arguments`: the element of index zero of each operand, then of the
  /// output. Errors: UnsupportedTarget if this machine cannot run the code,
  /// and the runtime's.
  Result<Success> run(void *const *arguments,
                      const runtime::RunOptions &options = {}) const;
};

/// Gets the kernels and binds them. Errors: those of KernelCache::get,
/// InvalidArgument for open extents or strides (Program.h is for them), and
/// Internal if the runtime refuses the artifact.
Result<std::shared_ptr<const CompiledExpression>>
compileExpression(PlannedExpression planned, const CompileOptions &options,
                  KernelCache &cache = KernelCache::process());

/// planExpression and compileExpression in one call.
Result<std::shared_ptr<const CompiledExpression>>
compileExpression(ShapedEquation equation, std::vector<TensorLayout> operands,
                  TensorLayout output, const CompileOptions &options,
                  KernelCache &cache = KernelCache::process());

/// The kernels of `steps` as text, one after the other, each behind a line with
/// its schedule: EINC_FORM_MLIR, EINC_FORM_LLVM or EINC_FORM_ASM. Never cached.
/// Errors: those of KernelCache::get.
Result<std::string> emitText(const StepList &steps, EincForm form,
                             const CompileOptions &options,
                             KernelCache &cache = KernelCache::process());

} // namespace einc

#endif // EINC_COMPILER_DRIVER_COMPILER_H
