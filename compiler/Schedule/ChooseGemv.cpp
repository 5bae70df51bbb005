// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which steps are products of a matrix, operand a, and a vector.

#include "compiler/Schedule/ChooseSums.h"

namespace einc {

std::optional<KernelChoice> chooseGemvKernel(const StepProblem &problem) {
  const GroupsPresent groups = groupsPresent(problem);
  if (problem.numOperands != 2 || !groups.k || !groups.m || groups.n)
    return std::nullopt;
  KernelChoice choice;
  choice.schedule.family = Family::Gemv;
  choice.schedule.types = problem.types;
  choice.schedule.gemv.form =
      chooseSums(problem, GemvSchedule::rowsAtOnce, choice);
  return choice;
}

} // namespace einc
