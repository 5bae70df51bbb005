// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The reduce family: row or column sums.

#include "compiler/Kernels/CPU/Sums.h"

namespace einc {

void emitReduce(Emitter &emitter, const Schedule &schedule,
                llvm::StringRef symbol) {
  const SumForm &form = schedule.reduce.form;
  if (form.columns)
    emitColumnSums(emitter, schedule, form, symbol);
  else
    emitRowSums(emitter, schedule, form, ReduceSchedule::rowsAtOnce, symbol);
}

} // namespace einc
