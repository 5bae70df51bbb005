// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The general family: loops over any mix of labels.

#ifndef EINC_COMPILER_KERNELS_CPU_GENERAL_H
#define EINC_COMPILER_KERNELS_CPU_GENERAL_H

#include "compiler/Emit/Emitter.h"
#include "compiler/Schedule/KernelLayout.h"

namespace einc {

/// out[x, line] = alpha * sum over reduction of product of operands + beta *
/// out[x, line], for the lines [begin, end).
void emitGeneral(Emitter &emitter, const Schedule &schedule,
                 llvm::StringRef symbol);

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_GENERAL_H
