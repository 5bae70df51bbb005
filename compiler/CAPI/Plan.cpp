// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/PlanAccess.h"
#include "compiler/CAPI/Handles.h"
#include "compiler/CAPI/Options.h"
#include "compiler/CAPI/SizedStruct.h"
#include "compiler/CAPI/Tensors.h"

using namespace einc;
using namespace einc::capi;

EincStatus eincPlanCreate(const EincEquation *equation, size_t numOperands,
                          const EincShape *shapes, const EincOptions *options,
                          EincPlan **plan, EincError **error) {
  return guarded(error, [&] {
    requirePointer(equation, "equation");
    requirePointer(plan, "plan");
    *plan = new EincPlan{planEquation(equation->equation,
                                      toShapes(numOperands, shapes),
                                      toOptions(options)),
                         {},
                         {}};
  });
}

void eincPlanDestroy(EincPlan *plan) { delete plan; }

double eincPlanFlops(const EincPlan *plan) {
  return plan ? plan->plan.flops : 0;
}

double eincPlanLeftToRightFlops(const EincPlan *plan) {
  return plan ? plan->plan.leftToRightFlops : 0;
}

double eincPlanLargestIntermediate(const EincPlan *plan) {
  return plan ? plan->plan.largestIntermediate : 0;
}

double eincPlanSeconds(const EincPlan *plan) {
  return plan ? plan->plan.seconds : 0;
}

const char *eincPlanMethod(const EincPlan *plan) {
  return plan ? plan->plan.method.c_str() : nullptr;
}

size_t eincPlanNumSteps(const EincPlan *plan) {
  return plan ? plan->plan.steps.size() : 0;
}

EincStatus eincPlanGetStep(const EincPlan *plan, size_t i, EincPlanStep *step,
                           EincError **error) {
  return guarded(error, [&] {
    requirePointer(plan, "plan");
    requirePointer(step, "step");
    if (i >= plan->plan.steps.size())
      throwError(ErrorKind::InvalidArgument,
                 "there is no step " + std::to_string(i) + " of " +
                     std::to_string(plan->plan.steps.size()));
    const Plan::Step &found = plan->plan.steps[i];
    writeSizedStruct(EincPlanStep{0,
                                  {found.operands[0], found.operands[1]},
                                  found.equation.c_str(),
                                  found.flops,
                                  found.size},
                     step, "EincPlanStep");
  });
}

EincStatus eincPlanGetPath(const EincPlan *plan, uint32_t *pairs,
                           EincError **error) {
  return guarded(error, [&] {
    requirePointer(plan, "plan");
    requireArray(pairs, plan->plan.steps.size(), "pairs");
    for (auto [lhs, rhs] : plan->plan.path()) {
      *pairs++ = lhs;
      *pairs++ = rhs;
    }
  });
}

/// Null if there is no memory.
template <typename Print>
static const char *textOr(EincPlan::LazyText &text, Print print) noexcept {
  try {
    return text.get(print);
  } catch (...) {
    return nullptr;
  }
}

const char *eincPlanTable(const EincPlan *plan) {
  return plan ? textOr(plan->table, [&] { return plan->plan.str(); }) : nullptr;
}

const char *eincPlanJSON(const EincPlan *plan) {
  return plan ? textOr(plan->json, [&] { return plan->plan.json(); }) : nullptr;
}
