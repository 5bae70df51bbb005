// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Calls the printer of each stage.

#include "tools/einc/Emit.h"

#include "compiler/Planner/PlanPrinter.h"

namespace einc {

std::string emitEquation(const Problem &problem) {
  return (problem.equation ? problem.equation->toString()
                           : problem.equationText()) +
         "\n";
}

Result<std::string> emitStage(Stage stage, const PlannedExpression &planned,
                              const CompileOptions &options) {
  switch (stage) {
  case Stage::Equation:
  case Stage::Header:
  case Stage::Object:
    break;
  case Stage::Plan:
    return printPlanTable(planned.network, planned.tree);
  case Stage::Schedule:
    return printSchedules(planned.steps);
  case Stage::Steps:
    return printSteps(planned.steps);
  case Stage::MLIR:
    return emitText(planned.steps, EINC_FORM_MLIR, options);
  case Stage::LLVM:
    return emitText(planned.steps, EINC_FORM_LLVM, options);
  case Stage::Asm:
    return emitText(planned.steps, EINC_FORM_ASM, options);
  }
  return Diagnostic{.kind = ErrorKind::Internal,
                    .message = "this stage has no printer"};
}

} // namespace einc
