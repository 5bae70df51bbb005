// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Expression.h"
#include "compiler/API/Arguments.h"
#include "compiler/API/ExpressionState.h"
#include "compiler/API/PlanAccess.h"
#include "compiler/API/Scalars.h"
#include "compiler/API/Throw.h"
#include "runtime/Workspace.h"

#include <algorithm>
#include <array>

using namespace einc;

namespace {
/// Pointers of a call: on the stack, or leased where there are many.
class ArgumentList {
public:
  explicit ArgumentList(size_t count)
      : lease(count > local.size() ? count * sizeof(void *) : 0),
        pointers(count > local.size() ? static_cast<void **>(lease.data())
                                      : local.data()) {
    if (!pointers)
      throwError(ErrorKind::OutOfMemory, "no memory for a list of arguments");
  }
  void *&operator[](size_t i) { return pointers[i]; }
  void **data() { return pointers; }

private:
  std::array<void *, 17> local;
  runtime::WorkspaceLease lease;
  void **pointers;
};
} // namespace

void Expression::State::run(const MutableTensorView &out,
                            std::span<const TensorView> views,
                            const RunOptions &options) const {
  if (views.size() != operands.size())
    throwError(ErrorKind::OperandCount,
               "the expression was compiled for " +
                   std::to_string(operands.size()) + " operands but " +
                   std::to_string(views.size()) + " are given");
  for (size_t i = 0; i < views.size(); ++i)
    requireCompatible(operands[i], views[i].type(), &i);
  requireCompatible(output, out.type(), nullptr);
  requireSoundMemory(out, views);

  ArgumentList arguments(views.size() + 1);
  for (size_t i = 0; i < views.size(); ++i)
    arguments[i] = const_cast<void *>(views[i].data());
  arguments[views.size()] = out.data();
  ScalarPair scalars =
      makeScalarPair(output.element(), options.alpha, options.beta);
  runtime::RunOptions runOptions;
  runOptions.threads = options.threads ? options.threads : threads;
  runOptions.scalars = scalars.bytes;
  runOptions.workspace = options.workspace;
  runOptions.workspaceBytes = options.workspaceBytes;
  runtime::Executor executor;
  if (options.executor) {
    executor.parallelFor = options.executor->parallelFor;
    executor.context = options.executor->context;
    runOptions.executor = &executor;
  }
  valueOrThrow(compiled->run(arguments.data(), runOptions));
}

void Expression::run(const MutableTensorView &out,
                     std::span<const TensorView> operands,
                     const RunOptions &options) const {
  orOutOfMemory([&] { state->run(out, operands, options); });
}

Tensor Expression::call(std::span<const TensorView> operands) const {
  if (!state->output.isRowMajor())
    throwError(ErrorKind::InvalidArgument,
               "the expression was compiled for an output with strides, so "
               "that it cannot make one: use run");
  return orOutOfMemory([&] {
    Tensor result =
        Tensor::uninitialized(state->output.shape(), state->output.element());
    state->run(result, operands, {});
    return result;
  });
}

size_t Expression::numOperands() const { return state->operands.size(); }

const TensorType &Expression::operandType(size_t i) const {
  if (i >= state->operands.size())
    throwError(ErrorKind::InvalidArgument,
               "there is no operand " + std::to_string(i) + " of " +
                   std::to_string(state->operands.size()));
  return state->operands[i];
}

const TensorType &Expression::outputType() const { return state->output; }

Plan Expression::plan() const {
  return orOutOfMemory([&] {
    const PlannedExpression &planned = state->compiled->planned;
    return PlanAccess::make(planned.network, planned.tree);
  });
}

uint64_t Expression::workspaceBytes(unsigned threads) const {
  return state->compiled->executable->workspaceBytes(threads ? threads
                                                             : state->threads);
}
