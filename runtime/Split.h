// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One kernel step over several threads.

#ifndef EINC_RUNTIME_SPLIT_H
#define EINC_RUNTIME_SPLIT_H

#include "runtime/KernelCall.h"
#include "runtime/ThreadPool.h"

namespace einc::runtime {

/// Covers [0, grains) once, in ranges of at least `minGrains` (> 0), with
/// `tasks` tasks on `executor`, or on the process's pool if that is null.
/// Kernels see the caller's floating-point environment on every thread.
void runSplit(const KernelCall &call, int64_t grains, int64_t minGrains,
              uint32_t tasks, const Executor *executor) noexcept;

/// Covers [0, grains) as Executor::parallelRanges of `executor` chooses.
void runRanges(const KernelCall &call, int64_t grains, uint32_t tasks,
               const Executor &executor) noexcept;

} // namespace einc::runtime

#endif // EINC_RUNTIME_SPLIT_H
