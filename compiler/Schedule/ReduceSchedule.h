// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the reduce family is computed.

#ifndef EINC_COMPILER_SCHEDULE_REDUCESCHEDULE_H
#define EINC_COMPILER_SCHEDULE_REDUCESCHEDULE_H

#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// out[m] = sum_k a[m, k].
struct ReduceSchedule {
  /// Rows: the operand is contiguous along a loop of k; columns: along a loop
  /// of m.
  bool columns = false;

  void write(std::string &out) const;
  void read(ScheduleReader &reader);
  friend bool operator==(const ReduceSchedule &,
                         const ReduceSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_REDUCESCHEDULE_H
