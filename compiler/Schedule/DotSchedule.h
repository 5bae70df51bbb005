// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the dot family is computed.

#ifndef EINC_COMPILER_SCHEDULE_DOTSCHEDULE_H
#define EINC_COMPILER_SCHEDULE_DOTSCHEDULE_H

#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// out[batch] = sum_k a[batch, k] * b[batch, k].
struct DotSchedule {
  /// Whether operand i is contiguous (else constant) along the innermost k.
  bool contiguous[2] = {true, true};

  void write(std::string &out) const;
  void read(ScheduleReader &reader);
  friend bool operator==(const DotSchedule &, const DotSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_DOTSCHEDULE_H
