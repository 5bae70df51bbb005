// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From the label groups of a step to its schedule, by a small cost model. The
/// number of threads is no input: results must not depend on it.

#ifndef EINC_COMPILER_SCHEDULE_CHOOSESCHEDULE_H
#define EINC_COMPILER_SCHEDULE_CHOOSESCHEDULE_H

#include "compiler/Schedule/LabelGroups.h"

namespace einc {

/// Serial work, in multiply-adds, below which a thread is not worth starting.
constexpr int64_t ThreadWork = 200'000;

/// The family for products of extents m, n, k (of one batch index). Gemm needs
/// a sum, two rows, a tile that is not mostly empty, and enough work to pay for
/// its tables of offsets; everything else is General.
Family chooseFamily(double m, double n, double k);

struct GemmChoice {
  Schedule schedule;
  /// In the order the kernel walks them: loops may be moved or split.
  LabelGroups groups;
  /// Expected time of one thread; compares orientations.
  double seconds = 0;
};

/// Roles A and B are as grouped: B is the operand whose labels (N) are stored
/// as vectors. Of the schedules that the expression has already, one that costs
/// little more than the best is taken instead of it.
GemmChoice chooseGemm(LabelGroups groups, ElementType element,
                      const Machine &machine,
                      std::span<const Schedule> existing = {});

struct GeneralChoice {
  Schedule schedule;
  GeneralLoops loops;
};

/// `loops` as from generalLoops, of a step with `numOperands` operands.
GeneralChoice chooseGeneral(GeneralLoops loops, unsigned numOperands,
                            ElementType element, const Machine &machine);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_CHOOSESCHEDULE_H
