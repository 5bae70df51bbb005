// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// --emit: one stage of the way from equation to code, as text.

#ifndef EINC_TOOLS_EINC_EMIT_H
#define EINC_TOOLS_EINC_EMIT_H

#include "compiler/Driver/Compiler.h"
#include "tools/einc/CommandLine.h"
#include "tools/einc/Problem.h"

namespace einc {

/// Stage::Equation of a problem: the canonical spelling.
std::string emitEquation(const Problem &problem);

/// Any later stage. Errors: those of emitText.
Result<std::string> emitStage(Stage stage, const PlannedExpression &planned,
                              const CompileOptions &options);

} // namespace einc

#endif // EINC_TOOLS_EINC_EMIT_H
