// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Elements as they lie in memory from and to the numbers of a compute type;
/// scalars and vectors. Nothing becomes a call.

#ifndef EINC_COMPILER_KERNELS_CPU_CONVERSIONS_H
#define EINC_COMPILER_KERNELS_CPU_CONVERSIONS_H

#include "compiler/Emit/Emitter.h"

namespace einc {

/// A part of an element of type `stored`, as loaded, in the compute type:
/// exact but for 64-bit integers, which f64 rounds to nearest. u8 and bool have
/// no sign.
mlir::Value fromStored(Emitter &e, mlir::Value value, ElementType stored,
                       ElementType compute);

/// A part of a number of the compute type as it is stored: halves are rounded
/// to nearest even, integers wrap.
mlir::Value toStored(Emitter &e, mlir::Value value, ElementType stored);

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_CONVERSIONS_H
