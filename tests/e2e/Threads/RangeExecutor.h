// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Runs the ranges of every step in an order of its own: what a race between
/// ranges, or a range that leans on its neighbour, does not survive. Generated
/// code is invisible to the thread sanitizer; this is what stands in for it.

#ifndef EINC_TESTS_E2E_THREADS_RANGEEXECUTOR_H
#define EINC_TESTS_E2E_THREADS_RANGEEXECUTOR_H

#include "runtime/ThreadPool.h"

#include <random>
#include <utility>
#include <vector>

namespace einc::tests {

class Problem;

enum class RangeOrder {
  Forward,  ///< the smallest ranges, from the first to the last
  Reversed, ///< the same from the last to the first
  Shuffled, ///< ranges of any length in any order, with any task's scratch
  Delayed,  ///< the same on threads that wait before each range
};
const char *orderName(RangeOrder order);

class RangeExecutor {
public:
  RangeExecutor(const Problem &problem, RangeOrder order, uint64_t seed);

  const runtime::Executor &executor() const { return interface; }
  /// Grains of the longest step so far.
  int64_t mostGrains() const { return longest; }

private:
  using Range = std::pair<int64_t, int64_t>;
  std::vector<Range> cut(int64_t grains);
  void run(uint32_t count, int64_t grains, runtime::RangeFunction range,
           void *argument);
  void poisonScratch(uint32_t task) const;

  const Problem &problem;
  RangeOrder order;
  std::mt19937_64 random;
  runtime::Executor interface;
  int64_t longest = 0;
};

} // namespace einc::tests

#endif // EINC_TESTS_E2E_THREADS_RANGEEXECUTOR_H
