// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Tasks claim ranges that shrink as work runs out, since cores are not equally
/// fast: few and long at first, for kernels that pack per range, short at the
/// end, for balance.

#include "runtime/Split.h"

#include <algorithm>
#include <atomic>
#include <cfenv>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

using namespace einc::runtime;

namespace {

/// Rounding, flushing and masks: what changes results. A worker takes those of
/// the caller, else results would depend on the number of threads.
class FloatingPointState {
public:
#if defined(__SSE2__)
  FloatingPointState() : control(_mm_getcsr() & ~unsigned{_MM_EXCEPT_MASK}) {}
  void install() const {
    if ((_mm_getcsr() & ~unsigned{_MM_EXCEPT_MASK}) != control)
      _mm_setcsr(control);
  }

private:
  unsigned control;
#else
  FloatingPointState() { std::fegetenv(&environment); }
  void install() const { std::fesetenv(&environment); }

private:
  std::fenv_t environment;
#endif
};

struct Split {
  const KernelCall &call;
  int64_t grains;
  int64_t minGrains;
  uint32_t tasks;
  FloatingPointState floatingPoint;
  std::atomic<int64_t> next{0};

  bool claim(int64_t &begin, int64_t &end) {
    begin = next.load(std::memory_order_relaxed);
    do {
      const int64_t left = grains - begin;
      if (left == 0)
        return false;
      int64_t size = std::max(minGrains, left / (2 * int64_t{tasks}));
      if (left - size < minGrains)
        size = left;
      end = begin + size;
    } while (
        !next.compare_exchange_weak(begin, end, std::memory_order_relaxed));
    return true;
  }
};

void runTask(void *argument, uint32_t index) {
  Split &split = *static_cast<Split *>(argument);
  int64_t begin, end;
  if (!split.claim(begin, end))
    return;
  const FloatingPointState previous;
  split.floatingPoint.install();
  do {
    split.call(index, begin, end);
  } while (split.claim(begin, end));
  previous.install();
}

struct Ranges {
  const KernelCall &call;
  FloatingPointState floatingPoint;
};

void runRange(void *argument, uint32_t index, int64_t begin, int64_t end) {
  const Ranges &ranges = *static_cast<const Ranges *>(argument);
  const FloatingPointState previous;
  ranges.floatingPoint.install();
  ranges.call(index, begin, end);
  previous.install();
}

} // namespace

void einc::runtime::runSplit(const KernelCall &call, int64_t grains,
                             int64_t minGrains, uint32_t tasks,
                             const Executor *executor) noexcept {
  Split split{call, grains, minGrains, tasks, {}};
  if (executor)
    executor->parallelFor(executor->context, tasks, runTask, &split);
  else
    parallelFor(tasks, runTask, &split);
}

void einc::runtime::runRanges(const KernelCall &call, int64_t grains,
                              uint32_t tasks,
                              const Executor &executor) noexcept {
  Ranges ranges{call, {}};
  executor.parallelRanges(executor.context, tasks, grains, runRange, &ranges);
}
