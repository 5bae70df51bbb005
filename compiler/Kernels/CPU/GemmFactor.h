// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// alpha and beta over numbers as memory has them.

#ifndef EINC_COMPILER_KERNELS_CPU_GEMMFACTOR_H
#define EINC_COMPILER_KERNELS_CPU_GEMMFACTOR_H

#include "compiler/Kernels/CPU/Arithmetic.h"
#include "compiler/Kernels/CPU/Gemm.h"

namespace einc {

/// A scalar that multiplies `count` numbers at once. A complex factor of 1
/// leaves numbers as they are.
class GemmFactor {
public:
  GemmFactor(const GemmKernel &kernel, const Number &scalar, unsigned count);
  mlir::Value times(mlir::Value numbers) const;
  /// factor * numbers + sum, fused where the target has it.
  mlir::Value times(mlir::Value numbers, mlir::Value sum) const;

private:
  const GemmKernel &k;
  mlir::Value re;
  /// Of complex factors: the imaginary part as {-im, im} in turn, and whether
  /// the factor is 1.
  mlir::Value im, isOne;
};

/// alpha and beta from two neighbours in the compute type.
struct GemmScalars {
  GemmScalars(const GemmKernel &kernel, mlir::Value pointer);
  Number alpha, beta;
  mlir::Value overwrite; ///< beta is 0
};

/// The parts of each complex number exchanged.
mlir::Value swapParts(Emitter &e, mlir::Value numbers);
/// A vector of `even` and `odd` in turn.
mlir::Value alternate(Emitter &e, mlir::Value even, mlir::Value odd,
                      unsigned lanes);

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_GEMMFACTOR_H
