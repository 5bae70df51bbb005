// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which steps are sums of one operand.

#include "compiler/Schedule/ChooseSums.h"

namespace einc {

std::optional<KernelChoice> chooseReduceKernel(const StepProblem &problem) {
  const GroupsPresent groups = groupsPresent(problem);
  if (problem.numOperands != 1 || !groups.k)
    return std::nullopt;
  KernelChoice choice;
  choice.schedule.family = Family::Reduce;
  choice.schedule.types = problem.types;
  choice.schedule.reduce.form =
      chooseSums(problem, ReduceSchedule::rowsAtOnce, choice);
  return choice;
}

} // namespace einc
