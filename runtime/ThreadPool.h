// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// parallelFor over the process's one pool of threads, or the caller's.

#ifndef EINC_RUNTIME_THREADPOOL_H
#define EINC_RUNTIME_THREADPOOL_H

#include <cstdint>

namespace einc::runtime {

/// One piece of a parallel step.
using TaskFunction = void (*)(void *argument, uint32_t index);

/// Grains [begin, end) of a parallel step, with the scratch of task `index`.
using RangeFunction = void (*)(void *argument, uint32_t index, int64_t begin,
                               int64_t end);

/// A caller's own parallel loop. `parallelFor` must call task(argument, index)
/// once for each index in [0, count), on any threads, in any order, and return
/// when all have returned. It must not throw.
struct Executor {
  void (*parallelFor)(void *context, uint32_t count, TaskFunction task,
                      void *argument) = nullptr;
  void *context = nullptr;
  /// If set, it is called instead, for every step that may be split, however
  /// few its grains, and chooses the ranges itself: the way to test that no
  /// range depends on another. It must call range(argument, index, begin, end)
  /// for ranges that cover [0, grains) once, with indices below `count`, each
  /// on one thread at a time.
  void (*parallelRanges)(void *context, uint32_t count, int64_t grains,
                         RangeFunction range, void *argument) = nullptr;
};

/// More threads than this are never used.
constexpr unsigned MaxThreads = 1024;

/// EINC_NUM_THREADS if that is a number from 1 to MaxThreads, else the CPUs
/// that affinity and cgroup quota leave to this process. Read once.
unsigned defaultThreads() noexcept;

/// The contract of Executor::parallelFor over the process's pool, made at the
/// first call and grown to count - 1 workers. The caller takes part. If another
/// thread is using the pool, or the caller is a task itself, the caller runs
/// all tasks alone. A forked child starts with no pool and makes its own.
void parallelFor(uint32_t count, TaskFunction task, void *argument) noexcept;

} // namespace einc::runtime

#endif // EINC_RUNTIME_THREADPOOL_H
