// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which steps are dot products: nothing is kept of either operand alone.

#include "compiler/Schedule/ChooseSums.h"

namespace einc {

std::optional<KernelChoice> chooseDotKernel(const StepProblem &problem) {
  const GroupsPresent groups = groupsPresent(problem);
  if (problem.numOperands != 2 || !groups.k || groups.m || groups.n)
    return std::nullopt;
  KernelChoice choice;
  choice.schedule.family = Family::Dot;
  choice.schedule.types = problem.types;
  choice.schedule.dot.form =
      chooseSums(problem, DotSchedule::rowsAtOnce, choice);
  return choice;
}

} // namespace einc
