// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What stands behind an Expression, and how it is made.

#ifndef EINC_COMPILER_API_EXPRESSIONSTATE_H
#define EINC_COMPILER_API_EXPRESSIONSTATE_H

#include "compiler/Driver/Compiler.h"
#include "einc/Expression.h"

namespace einc {

struct Expression::State {
  std::shared_ptr<const CompiledExpression> compiled;
  /// As the caller gave them; calls are compared with these.
  std::vector<TensorType> operands;
  TensorType output;
  /// Threads of a run that asks for none; 0: the runtime's default.
  unsigned threads;

  /// Checks the arguments and runs. Throws as Expression::run says.
  void run(const MutableTensorView &out, std::span<const TensorView> operands,
           const RunOptions &options) const;
};

/// The library's way to what Expression hides.
struct ExpressionAccess {
  using State = Expression::State;
  using StatePtr = std::shared_ptr<const State>;
  static Expression make(StatePtr state) {
    return Expression(std::move(state));
  }
};

/// Compiles for operands of these types. `output`: its type, or null for a
/// dense row-major one. `residentBytes`: memory that the limit of
/// Options::maxMemory counts but that is taken already. Throws.
ExpressionAccess::StatePtr compileEquation(Result<Equation> equation,
                                           std::span<const TensorType> operands,
                                           const TensorType *output,
                                           const Options &options,
                                           uint64_t residentBytes = 0);

/// Options as the planner takes them.
SearchOptions searchOptions(const Options &options);

} // namespace einc

#endif // EINC_COMPILER_API_EXPRESSIONSTATE_H
