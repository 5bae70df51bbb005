// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Expected time of a schedule of the GEMM family: a roofline with the speeds
/// measured for each kind of pack and store.

#ifndef EINC_COMPILER_SCHEDULE_GEMMCOST_H
#define EINC_COMPILER_SCHEDULE_GEMMCOST_H

#include "compiler/Schedule/GemmBlocks.h"

namespace einc {

/// What the costs of all candidates share.
struct GemmProblem {
  const LabelGroups &groups;
  const GemmExtents &extents;
  const StepTypes &types;
  const Machine &machine;

  int64_t unit(TensorRole role) const { return types.unit(role); }
  /// Bytes of a number in registers.
  int64_t computeUnit() const { return int64_t(elementBytes(types.compute())); }
  int64_t columns(const GemmSchedule &gemm) const {
    return gemm.tileVectors * machine.target.vectorBytes() / gemm.vectorParts /
           computeUnit();
  }
};

/// Seconds of one thread, over all batch indices. `gemm` may be any schedule
/// that computes the problem.
double gemmTime(const GemmProblem &problem, const GemmSchedule &gemm);

/// A is broadcast from where it lies, unless it has another type than the
/// compute type, or the lines of a block do not stay in the L2 cache (every
/// element on a line of its own) or fall on each other (rows a multiple of 4096
/// bytes apart) while many panels read it.
GemmSchedule::PackA choosePackA(const GemmProblem &problem,
                                const GemmSchedule &gemm);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_GEMMCOST_H
