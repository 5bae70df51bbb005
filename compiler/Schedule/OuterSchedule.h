// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the outer family is computed.

#ifndef EINC_COMPILER_SCHEDULE_OUTERSCHEDULE_H
#define EINC_COMPILER_SCHEDULE_OUTERSCHEDULE_H

#include <algorithm>
#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// out[x, lines] = a[x, lines] * b[x, lines], or a alone; x is the loop that is
/// contiguous in the output. Groups of the head: n is x, m the loops over
/// lines; no batch, no k.
///
/// Lines are cut in pieces of pieceLength elements; the last one of a line
/// takes what is left over, so that none is shorter unless the line is. Grain =
/// line * pieces(x) + piece.
struct OuterSchedule {
  unsigned numOperands = 2;
  /// Whether operand i is contiguous (else constant) along x.
  bool contiguous[2] = {false, false};
  /// Store past the caches: the output is larger than they are.
  bool stream = false;

  /// Long enough that its start and end cost nothing, short enough for many
  /// threads to share a line evenly; whole lines of cache.
  static constexpr int64_t pieceLength = 16384;
  static constexpr int64_t pieces(int64_t extent) {
    return std::max<int64_t>(extent / pieceLength, 1);
  }
  /// Lines that are shorter, in bytes, are never streamed: much of their ends
  /// is.
  static constexpr int64_t shortestStream = 1024;

  void write(std::string &out) const;
  void read(ScheduleReader &reader);
  friend bool operator==(const OuterSchedule &,
                         const OuterSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_OUTERSCHEDULE_H
