// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Bytes: what tensors span, and where intermediates lie in the workspace.

#ifndef EINC_COMPILER_SCHEDULE_BUFFERS_H
#define EINC_COMPILER_SCHEDULE_BUFFERS_H

#include "compiler/Schedule/Steps.h"

#include <map>
#include <optional>
#include <set>

namespace einc {

/// Bytes between the first and the last element that a layout touches, both
/// included; 0 for an empty tensor. None if that is 2^63 or more.
std::optional<int64_t> spanBytes(const TensorLayout &layout);

/// "512 B", "1.5 KiB", "3.2 GiB".
std::string formatBytes(uint64_t bytes);

/// Lays out values that live for a while in one block of memory. A value gets
/// the smallest gap that holds it, else the end grows. Logarithmic in the
/// number of gaps.
class WorkspaceAllocator {
public:
  static constexpr uint64_t Alignment = 64;

  /// Offset of a new value; none if the workspace would pass 2^63 bytes.
  std::optional<uint64_t> allocate(uint64_t bytes);
  /// Gives back what allocate(bytes) returned.
  void free(uint64_t offset, uint64_t bytes);
  /// Bytes of the whole block.
  uint64_t size() const { return end; }

private:
  void addGap(uint64_t offset, uint64_t bytes);

  std::map<uint64_t, uint64_t> gaps; ///< offset -> bytes, no two adjacent
  std::set<std::pair<uint64_t, uint64_t>> bySize; ///< (bytes, offset)
  uint64_t end = 0;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_BUFFERS_H
