// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Spans of layouts and reuse of the workspace.

#include "compiler/Schedule/Buffers.h"

#include <cstdio>

namespace einc {

std::optional<int64_t> spanBytes(const TensorLayout &layout) {
  uint64_t span = 0;
  for (int64_t extent : layout.extents)
    if (extent == 0)
      return 0;
  for (size_t i = 0; i < layout.extents.size(); ++i) {
    int64_t stride = layout.strides[i];
    if (layout.extents[i] == 1)
      continue;
    uint64_t step = stride < 0 ? -uint64_t(stride) : uint64_t(stride);
    uint64_t way;
    if (__builtin_mul_overflow(step, uint64_t(layout.extents[i] - 1), &way) ||
        __builtin_add_overflow(span, way, &span))
      return std::nullopt;
  }
  int64_t bytes;
  if (__builtin_add_overflow(span, 1, &span) ||
      __builtin_mul_overflow(span, elementBytes(layout.type), &bytes))
    return std::nullopt;
  return bytes;
}

std::string formatBytes(uint64_t bytes) {
  if (bytes < 1024)
    return std::to_string(bytes) + " B";
  static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  double value = double(bytes) / 1024;
  unsigned unit = 0;
  // 1023.95 would be printed as 1024.0.
  while (value >= 1023.95 && unit < 5) {
    value /= 1024;
    ++unit;
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %s", value, units[unit]);
  return text;
}

static uint64_t rounded(uint64_t bytes) {
  constexpr uint64_t mask = WorkspaceAllocator::Alignment - 1;
  return (bytes + mask) & ~mask;
}

std::optional<uint64_t> WorkspaceAllocator::allocate(uint64_t bytes) {
  constexpr uint64_t limit = uint64_t(1) << 63;
  if (bytes >= limit)
    return std::nullopt;
  bytes = rounded(bytes);
  auto fit = bySize.lower_bound({bytes, 0});
  if (fit != bySize.end()) {
    auto [gapBytes, offset] = *fit;
    bySize.erase(fit);
    gaps.erase(offset);
    if (gapBytes > bytes)
      addGap(offset + bytes, gapBytes - bytes);
    return offset;
  }
  // A gap at the end grows instead of staying one.
  uint64_t start = end;
  auto last = gaps.empty() ? gaps.end() : std::prev(gaps.end());
  bool extends = last != gaps.end() && last->first + last->second == end;
  if (extends)
    start = last->first;
  if (start + bytes >= limit)
    return std::nullopt;
  if (extends) {
    bySize.erase({last->second, last->first});
    gaps.erase(last);
  }
  end = start + bytes;
  return start;
}

void WorkspaceAllocator::free(uint64_t offset, uint64_t bytes) {
  bytes = rounded(bytes);
  if (bytes == 0)
    return;
  auto next = gaps.lower_bound(offset);
  if (next != gaps.end() && next->first == offset + bytes) {
    bytes += next->second;
    bySize.erase({next->second, next->first});
    next = gaps.erase(next);
  }
  if (next != gaps.begin()) {
    auto previous = std::prev(next);
    if (previous->first + previous->second == offset) {
      offset = previous->first;
      bytes += previous->second;
      bySize.erase({previous->second, previous->first});
      gaps.erase(previous);
    }
  }
  addGap(offset, bytes);
}

void WorkspaceAllocator::addGap(uint64_t offset, uint64_t bytes) {
  gaps.emplace(offset, bytes);
  bySize.emplace(bytes, offset);
}

} // namespace einc
