// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the permute family is computed.

#ifndef EINC_COMPILER_SCHEDULE_PERMUTESCHEDULE_H
#define EINC_COMPILER_SCHEDULE_PERMUTESCHEDULE_H

#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// out[x, y, lines] = a[x, y, lines]: x is contiguous in the output, y in the
/// operand.
struct PermuteSchedule {
  /// x and y differ: squares are transposed in registers. Else lines along x
  /// are copied.
  bool transposes = true;
  /// Store past the caches: the output is larger than they are.
  bool stream = false;

  void write(std::string &out) const;
  void read(ScheduleReader &reader);
  friend bool operator==(const PermuteSchedule &,
                         const PermuteSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_PERMUTESCHEDULE_H
