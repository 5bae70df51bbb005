// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the reduce family is computed.

#ifndef EINC_COMPILER_SCHEDULE_REDUCESCHEDULE_H
#define EINC_COMPILER_SCHEDULE_REDUCESCHEDULE_H

#include "compiler/Schedule/SumForm.h"

namespace einc {

/// out[batch, m] = sum_k a[batch, m, k].
struct ReduceSchedule {
  static constexpr unsigned rowsAtOnce = 1;
  SumForm form;

  void write(std::string &out) const { form.write(out, false); }
  void read(ScheduleReader &reader) { form.read(reader, false); }
  friend bool operator==(const ReduceSchedule &,
                         const ReduceSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_REDUCESCHEDULE_H
