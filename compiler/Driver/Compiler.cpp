// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Compiler.h"
#include "compiler/Driver/MemoryLimit.h"
#include "compiler/Driver/StatusDiagnostic.h"
#include "compiler/Planner/PlanPrinter.h"
#include "compiler/Planner/StepEquation.h"

#include <algorithm>
#include <chrono>

using namespace einc;

Result<PlannedExpression>
einc::planExpression(ShapedEquation equation,
                     std::vector<TensorLayout> operands, TensorLayout output,
                     const CompileOptions &options) {
  PlannedExpression result;
  result.network = Network::fromEquation(equation);
  Result<ContractionTree> tree = findTree(result.network, options.search);
  if (!tree)
    return std::move(tree).error();
  result.timings.search = tree->seconds;

  auto start = std::chrono::steady_clock::now();
  StepOptions stepOptions;
  stepOptions.machine = options.machine;
  stepOptions.maxMemoryBytes =
      options.maxMemoryBytes ? options.maxMemoryBytes : availableMemoryBytes();
  stepOptions.openStrides = options.openStrides;
  Result<StepList> steps =
      makeSteps(equation, *tree, operands, output, stepOptions);
  if (!steps)
    return std::move(steps).error();
  result.timings.steps =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();

  result.equation = std::move(equation);
  result.tree = std::move(*tree);
  result.operands = std::move(operands);
  result.output = std::move(output);
  result.steps = std::move(*steps);
  return result;
}

/// Binds the kernels of `compiled` to its steps.
static Result<Success> bind(CompiledExpression &compiled) {
  const PlannedExpression &planned = compiled.planned;
  compiled.artifact = OwnedArtifact(
      planned.steps, compiled.kernels, planned.operands, planned.output,
      EquationSpelling(planned.network).equation(),
      printPlanJSON(planned.network, planned.tree));

  std::vector<runtime::KernelEntry> entries;
  for (const std::shared_ptr<const Kernel> &kernel : compiled.kernels)
    entries.push_back({kernel->function, kernel});
  runtime::ExecutableOptions options;
  options.kernels = entries;
  options.owner = std::make_shared<std::vector<std::shared_ptr<const void>>>(
      planned.steps.constants);
  runtime::Status status = runtime::Executable::create(
      compiled.artifact.get(), {}, compiled.executable, options);
  if (!status)
    return toDiagnostic(status);
  return Success{};
}

Result<std::shared_ptr<const CompiledExpression>>
einc::compileExpression(PlannedExpression planned,
                        const CompileOptions &options, KernelCache &cache) {
  if (planned.steps.numOpenNumbers > 0)
    return Diagnostic{.kind = ErrorKind::InvalidArgument,
                      .message = "an expression with open extents cannot be "
                                 "called: compile a program of it"};
  auto result = std::make_shared<CompiledExpression>();
  result->planned = std::move(planned);
  result->target = options.machine.target;
  KernelOptions kernelOptions;
  kernelOptions.verifyIR = options.verifyIR;
  if (options.diskCache)
    kernelOptions.disk = &*options.diskCache;
  Result<std::vector<std::shared_ptr<const Kernel>>> kernels =
      cache.get(result->planned.steps.schedules, result->target, kernelOptions,
                result->planned.timings.kernels);
  if (!kernels)
    return std::move(kernels).error();
  result->kernels = std::move(*kernels);
  result->runnable = hostSupports(result->target);
  if (Result<Success> bound = bind(*result); !bound)
    return std::move(bound).error();
  return std::shared_ptr<const CompiledExpression>(std::move(result));
}

Result<std::shared_ptr<const CompiledExpression>>
einc::compileExpression(ShapedEquation equation,
                        std::vector<TensorLayout> operands, TensorLayout output,
                        const CompileOptions &options, KernelCache &cache) {
  Result<PlannedExpression> planned = planExpression(
      std::move(equation), std::move(operands), std::move(output), options);
  if (!planned)
    return std::move(planned).error();
  return compileExpression(std::move(*planned), options, cache);
}

std::vector<const Kernel *>
CompiledExpression::kernelsOf(uint32_t planStep) const {
  std::vector<const Kernel *> result;
  for (const EincStep &step : planned.steps.steps) {
    if (step.kind != EINC_STEP_KERNEL || step.plan != planStep)
      continue;
    const Kernel *kernel = kernels[step.kernel].get();
    if (std::find(result.begin(), result.end(), kernel) == result.end())
      result.push_back(kernel);
  }
  return result;
}

Result<Success>
CompiledExpression::run(void *const *arguments,
                        const runtime::RunOptions &options) const {
  if (!runnable) {
    Diagnostic result;
    result.kind = ErrorKind::UnsupportedTarget;
    result.message = std::string("code for ") + target.text() +
                     " cannot run on this machine, which has " +
                     hostMachine().target.text();
    return result;
  }
  if (runtime::Status status = executable->run(arguments, options); !status)
    return toDiagnostic(status);
  return Success{};
}
