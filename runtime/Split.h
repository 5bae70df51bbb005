// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One kernel step over several threads.

#ifndef EINC_RUNTIME_SPLIT_H
#define EINC_RUNTIME_SPLIT_H

#include "einc-c/Artifact.h"
#include "runtime/ThreadPool.h"

namespace einc::runtime {

/// A kernel call but for its range. `scratch` has `scratchBytes` a task.
struct KernelCall {
  EincKernelFunction function;
  void *const *pointers;
  const int64_t *params;
  char *scratch;
  uint64_t scratchBytes;
};

/// Covers [0, grains) once, in ranges of at least `minGrains` (> 0), with
/// `tasks` tasks on `executor`, or on the process's pool if that is null.
/// Kernels see the caller's floating-point environment on every thread.
void runSplit(const KernelCall &call, int64_t grains, int64_t minGrains,
              uint32_t tasks, const Executor *executor) noexcept;

} // namespace einc::runtime

#endif // EINC_RUNTIME_SPLIT_H
