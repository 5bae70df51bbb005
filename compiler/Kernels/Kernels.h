// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Schedule -> kernel: dispatch to the families.

#ifndef EINC_COMPILER_KERNELS_KERNELS_H
#define EINC_COMPILER_KERNELS_KERNELS_H

#include "compiler/Emit/Emitter.h"
#include "compiler/Schedule/Schedule.h"

namespace einc {

/// Emits the kernel of `schedule` into the emitter's module as the exported
/// function `symbol` of type EincKernelFunction, with its helpers as internal
/// functions named `symbol.*`.
/// Errors: InvalidArgument if the schedule's numbers contradict each other or
/// do not fit the target (a tile that needs more registers than there are),
/// checked before anything is emitted.
Result<Success> emitKernel(Emitter &emitter, const Schedule &schedule,
                           llvm::StringRef symbol);

} // namespace einc

#endif // EINC_COMPILER_KERNELS_KERNELS_H
