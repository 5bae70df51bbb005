// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the small family is computed.

#ifndef EINC_COMPILER_SCHEDULE_SMALLSCHEDULE_H
#define EINC_COMPILER_SCHEDULE_SMALLSCHEDULE_H

#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// out[batch, m, n] = sum_k a[batch, m, k] * b[batch, n, k] for small constant
/// extents of m, n and k, the batch being any loops. The output is contiguous
/// along n. Groups of the head: batch, then one loop each of m, n, k; that of m
/// may have an extent of 1. Grain = linear index over the batch.
struct SmallSchedule {
  static constexpr int64_t maxExtent = 64;
  int64_t m = 1, n = 1, k = 1;
  /// How B is read. Direct: it is contiguous along n. TransposeK: along k; each
  /// B is transposed in scratch. Gather: neither.
  enum class ReadB { Direct, TransposeK, Gather };
  ReadB readB = ReadB::Direct;

  /// Scratch: addresses, then B where it is not read directly.
  static constexpr int64_t addressBytes = 64;

  void write(std::string &out) const;
  void read(ScheduleReader &reader);
  friend bool operator==(const SmallSchedule &,
                         const SmallSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_SMALLSCHEDULE_H
