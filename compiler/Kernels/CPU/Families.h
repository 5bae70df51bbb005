// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The kernel families beside GEMM, one function and one file each. All emit an
/// exported function `symbol` with the ABI of EincKernelFunction: pointers and
/// params as in KernelLayout.h and the family's schedule header.

#ifndef EINC_COMPILER_KERNELS_CPU_FAMILIES_H
#define EINC_COMPILER_KERNELS_CPU_FAMILIES_H

#include "compiler/Emit/Emitter.h"
#include "compiler/Schedule/KernelLayout.h"

namespace einc {

void emitGeneral(Emitter &emitter, const Schedule &schedule,
                 llvm::StringRef symbol);
void emitOuter(Emitter &emitter, const Schedule &schedule,
               llvm::StringRef symbol);
void emitPermute(Emitter &emitter, const Schedule &schedule,
                 llvm::StringRef symbol);
void emitReduce(Emitter &emitter, const Schedule &schedule,
                llvm::StringRef symbol);
void emitDot(Emitter &emitter, const Schedule &schedule,
             llvm::StringRef symbol);
void emitGemv(Emitter &emitter, const Schedule &schedule,
              llvm::StringRef symbol);
void emitSmall(Emitter &emitter, const Schedule &schedule,
               llvm::StringRef symbol);

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_FAMILIES_H
