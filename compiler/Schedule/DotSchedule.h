// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the dot family is computed.

#ifndef EINC_COMPILER_SCHEDULE_DOTSCHEDULE_H
#define EINC_COMPILER_SCHEDULE_DOTSCHEDULE_H

#include "compiler/Schedule/SumForm.h"

namespace einc {

/// out[batch, m] = sum_k a[batch, m, k] * b[batch, m, k]; m is a loop of the
/// batch. Columns where it, and no k, is contiguous in both operands.
struct DotSchedule {
  static constexpr unsigned rowsAtOnce = 1;
  SumForm form;

  void write(std::string &out) const { form.write(out, true); }
  void read(ScheduleReader &reader) { form.read(reader, true); }
  friend bool operator==(const DotSchedule &, const DotSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_DOTSCHEDULE_H
