// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A kernel call but for its range.

#ifndef EINC_RUNTIME_KERNELCALL_H
#define EINC_RUNTIME_KERNELCALL_H

#include "einc-c/Artifact.h"

namespace einc::runtime {

struct KernelCall {
  EincKernelFunction function;
  void *const *pointers;
  const int64_t *params;
  char *scratch;         ///< of the first task
  uint64_t scratchBytes; ///< of each task

  /// Computes grains [begin, end). Generated code has no type hash before its
  /// entry, which clang's function sanitizer would read.
#ifdef __clang__
  [[clang::no_sanitize("function")]]
#endif
  void operator()(uint32_t task, int64_t begin, int64_t end) const {
    function(pointers, params, scratch + task * scratchBytes, begin, end);
  }
};

} // namespace einc::runtime

#endif // EINC_RUNTIME_KERNELCALL_H
