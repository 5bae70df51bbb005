// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the gemv family is computed.

#ifndef EINC_COMPILER_SCHEDULE_GEMVSCHEDULE_H
#define EINC_COMPILER_SCHEDULE_GEMVSCHEDULE_H

#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// out[batch, m] = sum_k a[batch, m, k] * b[batch, k]; operand a is the matrix.
struct GemvSchedule {
  /// Rows: the matrix is contiguous along a loop of k; columns: along a loop
  /// of m.
  bool columns = false;

  void write(std::string &out) const;
  void read(ScheduleReader &reader);
  friend bool operator==(const GemvSchedule &, const GemvSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_GEMVSCHEDULE_H
