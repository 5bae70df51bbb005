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
/// contiguous in the output.
struct OuterSchedule {
  unsigned numOperands = 2;
  /// Whether operand i is contiguous (else constant) along x.
  bool contiguous[2] = {false, false};
  /// Store past the caches: the output is larger than they are.
  bool stream = false;

  void write(std::string &out) const;
  void read(ScheduleReader &reader);
  friend bool operator==(const OuterSchedule &,
                         const OuterSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_OUTERSCHEDULE_H
