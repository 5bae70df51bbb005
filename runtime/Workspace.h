// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Working memory of a call: a stack of leases in each thread. The first call
/// allocates, later ones reuse.

#ifndef EINC_RUNTIME_WORKSPACE_H
#define EINC_RUNTIME_WORKSPACE_H

#include <cstdint>

namespace einc::runtime {

/// Alignment of workspaces and of everything laid out in them.
constexpr uint64_t WorkspaceAlignment = 64;

/// Bytes of the calling thread's working memory, until destroyed. Leases of one
/// thread end in the reverse order of their making: a call within a call gets
/// memory of its own.
class WorkspaceLease {
public:
  /// data() is null if there is no memory; never throws.
  explicit WorkspaceLease(uint64_t bytes) noexcept;
  ~WorkspaceLease();
  WorkspaceLease(const WorkspaceLease &) = delete;
  WorkspaceLease &operator=(const WorkspaceLease &) = delete;

  /// 64-byte aligned, contents undefined.
  void *data() const noexcept { return memory; }

private:
  void *memory = nullptr;
};

/// Frees what the calling thread keeps for later calls and no lease holds.
/// Happens at thread exit by itself.
void trimWorkspace() noexcept;

} // namespace einc::runtime

#endif // EINC_RUNTIME_WORKSPACE_H
