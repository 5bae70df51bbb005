// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The dot family: row or column sums.

#include "compiler/Kernels/CPU/Sums.h"

namespace einc {

void emitDot(Emitter &emitter, const Schedule &schedule,
             llvm::StringRef symbol) {
  const SumForm &form = schedule.dot.form;
  if (form.columns)
    emitColumnSums(emitter, schedule, form, symbol);
  else
    emitRowSums(emitter, schedule, form, DotSchedule::rowsAtOnce, symbol);
}

} // namespace einc
