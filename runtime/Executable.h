// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// An artifact bound to extents and mapped code: what a caller runs.

#ifndef EINC_RUNTIME_EXECUTABLE_H
#define EINC_RUNTIME_EXECUTABLE_H

#include "einc-c/Artifact.h"
#include "runtime/CodeImage.h"
#include "runtime/Status.h"
#include "runtime/Steps.h"
#include "runtime/ThreadPool.h"

#include <memory>
#include <span>
#include <vector>

namespace einc::runtime {

/// A kernel that is mapped already, and what keeps its code alive.
struct KernelEntry {
  EincKernelFunction function = nullptr;
  std::shared_ptr<const void> owner; ///< a shared CodeImage, as a rule
};

struct ExecutableOptions {
  /// One per kernel of the artifact, so that executables share mapped code.
  /// Where `function` is null, and everywhere if the span is empty, the
  /// artifact's own image or function is used.
  std::span<const KernelEntry> kernels;
  /// Kept alive as long as the executable: owns what the artifact points to.
  std::shared_ptr<const void> owner;
};

struct RunOptions {
  /// Upper bound on threads; 0: defaultThreads(). Results do not depend on it.
  unsigned threads = 0;
  /// Runs the parallel steps; null: the process's own pool.
  const Executor *executor = nullptr;
  /// At least workspaceBytes(threads) bytes, 64-byte aligned, of no other use
  /// during the call. Null: leased from the calling thread's own stack.
  void *workspace = nullptr;
  uint64_t workspaceBytes = 0;
  /// {alpha, beta} of the artifact's scalarType; null: {1, 0}.
  const void *scalars = nullptr;
};

/// Immutable; any number of threads may run it at the same time.
class Executable {
public:
  /// Checks `artifact` and binds it. `extents`: its numExtents open extents.
  /// The artifact's constants and functions must outlive the executable (see
  /// ExecutableOptions::owner); everything else is copied. `out` changes only
  /// on success.
  static Status create(const EincArtifact &artifact,
                       std::span<const int64_t> extents,
                       std::shared_ptr<const Executable> &out,
                       const ExecutableOptions &options = {}) noexcept;

  /// `arguments`: one element-aligned pointer per EincArtifact::arguments, to
  /// the element of index zero. Allocates nothing after the thread's first
  /// call.
  Status run(void *const *arguments,
             const RunOptions &options = {}) const noexcept;

  /// What a call with at most `threads` threads (0: defaultThreads()) needs:
  /// intermediates, the scratch of each thread and the call's own frame.
  uint64_t workspaceBytes(unsigned threads = 0) const noexcept;

  uint32_t numArguments() const noexcept { return bound.numArguments; }
  /// EincType of RunOptions::scalars.
  uint32_t scalarType() const noexcept { return bound.scalarType; }

private:
  Executable() = default;

  BoundSteps bound;
  std::vector<std::shared_ptr<const void>> code;
  std::shared_ptr<const void> owner;
};

} // namespace einc::runtime

#endif // EINC_RUNTIME_EXECUTABLE_H
