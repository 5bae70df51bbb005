// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the outer family is computed.

#ifndef EINC_COMPILER_SCHEDULE_OUTERSCHEDULE_H
#define EINC_COMPILER_SCHEDULE_OUTERSCHEDULE_H

#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// out[x, lines] = a[x, lines] * b[x, lines], or a alone; x is the loop that is
/// contiguous in the output. Groups of the head: n is x; m is the pieces that a
/// line along x is cut in, one record whose strides are those of a piece, then
/// the loops over lines; no batch, no k.
///
/// Grain: a piece of a line. All pieces of a line have the same length but the
/// last, which may be shorter.
struct OuterSchedule {
  unsigned numOperands = 2;
  /// Whether operand i is contiguous (else constant) along x.
  bool contiguous[2] = {false, false};
  /// Store past the caches: the output is larger than they are.
  bool stream = false;

  /// Elements of a piece, about: a longer line has pieces for several threads,
  /// which start and end often enough to share it evenly.
  static constexpr int64_t pieceLength = 16384;
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
