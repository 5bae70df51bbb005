// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What a kernel call costs at least, from its loop records: operations, bytes
/// of each tensor, and the time that a processor's roofs allow.

#ifndef EINC_COMPILER_SCHEDULE_STEPCOST_H
#define EINC_COMPILER_SCHEDULE_STEPCOST_H

#include "compiler/Schedule/Steps.h"

namespace einc {

struct StepCost {
  /// Real operations: two for a product that is summed, else one, and four
  /// times that for complex numbers.
  double flops = 0;
  /// Bytes of the elements that the output and each operand have in this call,
  /// each counted once.
  double bytes[3] = {0, 0, 0};
  uint64_t scratchBytes = 0; ///< of each thread
  int64_t grains = 0;
  int64_t minGrains = 0; ///< fewest that a thread is worth
  /// Seconds of one thread: operations at the peak that the schedules are
  /// chosen by, bytes at the speed of memory they are chosen by.
  double computeSeconds = 0;
  double memorySeconds = 0;

  double allBytes() const { return bytes[0] + bytes[1] + bytes[2]; }
};

/// Bytes per second of one thread from and to memory, as cost models assume.
constexpr double MemorySpeed = 20e9;

/// Of step `step`, which must call a kernel with params that do not depend on
/// loop counters (StepLists from makeSteps have no others). Open numbers count
/// as StepList::openExamples.
StepCost stepCost(const StepList &list, size_t step, const Machine &machine);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_STEPCOST_H
