// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The gemv family: row or column sums.

#include "compiler/Kernels/CPU/Sums.h"

namespace einc {

void emitGemv(Emitter &emitter, const Schedule &schedule,
              llvm::StringRef symbol) {
  const SumForm &form = schedule.gemv.form;
  if (form.columns)
    emitColumnSums(emitter, schedule, form, symbol);
  else
    emitRowSums(emitter, schedule, form, GemvSchedule::rowsAtOnce, symbol);
}

} // namespace einc
