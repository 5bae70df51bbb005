// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Long sums with few results, cut into parts: the parts are summed side by
/// side into the workspace, then their sums are added up ("split-K").

#ifndef EINC_COMPILER_SCHEDULE_SPLITSUM_H
#define EINC_COMPILER_SCHEDULE_SPLITSUM_H

#include "compiler/Schedule/ChooseSchedule.h"

#include <optional>

namespace einc {

/// One label's extent as `parts` ranges of `length` and a rest that is shorter,
/// or empty.
struct SplitSum {
  size_t label; ///< of the step's labels
  int64_t parts;
  int64_t length;
  int64_t rest;

  int64_t slots() const { return parts + (rest > 0); }
};

/// Whether to cut the sum of a step whose kernel would be `choice`: the kernel
/// has less than MinSplitGrains grains, so that threads would wait, and the
/// parts are long enough to pay for the partial results. The number of threads
/// does not matter, so that results do not depend on it.
std::optional<SplitSum> chooseSplit(std::span<const StepLabel> labels,
                                    const KernelChoice &choice);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_SPLITSUM_H
