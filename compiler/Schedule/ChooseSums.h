// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the families of sums (Reduce, Dot, Gemv) share in choosing a kernel.

#ifndef EINC_COMPILER_SCHEDULE_CHOOSESUMS_H
#define EINC_COMPILER_SCHEDULE_CHOOSESUMS_H

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/SumForm.h"

namespace einc {

/// Which groups of labels a step has.
struct GroupsPresent {
  bool batch = false, m = false, n = false, k = false;
};
GroupsPresent groupsPresent(const StepProblem &problem);

/// Chooses the form of a step that sums. `rowsAtOnce` rows of a grain share
/// operand b, if more than one. All of the choice but its schedule is set.
SumForm chooseSums(const StepProblem &problem, unsigned rowsAtOnce,
                   KernelChoice &choice);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_CHOOSESUMS_H
