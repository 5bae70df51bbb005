// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the gemv family is computed.

#ifndef EINC_COMPILER_SCHEDULE_GEMVSCHEDULE_H
#define EINC_COMPILER_SCHEDULE_GEMVSCHEDULE_H

#include "compiler/Schedule/SumForm.h"

namespace einc {

/// out[batch, m] = sum_k a[batch, m, k] * b[batch, k]; operand a is the matrix.
/// Rows: m is a loop that b does not have; rows of a grain share what is read
/// of b. Columns: m may be a loop of the batch.
struct GemvSchedule {
  static constexpr unsigned rowsAtOnce = 4;
  SumForm form;

  void write(std::string &out) const { form.write(out, true); }
  void read(ScheduleReader &reader) { form.read(reader, true); }
  friend bool operator==(const GemvSchedule &, const GemvSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_GEMVSCHEDULE_H
