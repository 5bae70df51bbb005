// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What run, explain and bench have in common: the command line as a planned
/// expression with its operands.

#ifndef EINC_TOOLS_EINC_PREPARATION_H
#define EINC_TOOLS_EINC_PREPARATION_H

#include "compiler/Driver/Compiler.h"
#include "tools/einc/Operands.h"

namespace einc {

/// Operands, then the output.
struct Tensors {
  std::vector<TensorData> operands;
  TensorData output;

  /// As CompiledExpression::run takes them.
  std::vector<void *> arguments() const;
};

struct Preparation {
  std::string equationText;
  CompileOptions options;
  PlannedExpression planned;
  /// From shapes to steps.
  double planSeconds = 0;

  /// Reads equation, shapes and types, searches an order and makes the steps.
  /// Errors: those of each part; `problem` has the equation already if the
  /// caller read it.
  static Result<Preparation> make(const CommandLine &line);
  static Result<Preparation> make(const CommandLine &line, Problem problem);

  /// Reads or makes up the operands, and memory for the output. Once.
  Result<Tensors> loadTensors();

private:
  Operands operands;
};

} // namespace einc

#endif // EINC_TOOLS_EINC_PREPARATION_H
