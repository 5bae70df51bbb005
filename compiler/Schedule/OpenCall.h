// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Kernel calls of steps with open numbers. Schedules are chosen by examples
/// and must then be right for all numbers: equal loops are folded only where
/// polynomials say so, and the families look at StepLabel::extentSize and
/// sizes. Of the call every number is a formula.

#ifndef EINC_COMPILER_SCHEDULE_OPENCALL_H
#define EINC_COMPILER_SCHEDULE_OPENCALL_H

#include "compiler/Schedule/ChooseSchedule.h"

namespace einc {

/// Whether any extent or stride of a step is open.
bool isOpen(std::span<const StepLabel> labels);

/// chooseKernel for a step that isOpen; KernelChoice::call is set.
KernelChoice chooseOpenKernel(const StepProblem &problem, OpenSizes &sizes);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_OPENCALL_H
