// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Lines: places in tensors along loop records, visited in order.

#ifndef EINC_COMPILER_KERNELS_CPU_LINES_H
#define EINC_COMPILER_KERNELS_CPU_LINES_H

#include "compiler/Emit/Emitter.h"

namespace einc {

/// Loop records that follow each other in params, the innermost first, as one
/// linear index: 0 is the origin, +1 a step of the first record. A walk decodes
/// its begin by division once, then carries: lines of a few elements cost
/// little more than their elements.
class Lines {
public:
  /// `count` records at address `records`, behind a head of four words or
  /// another record; there may be none, which is one line. Pointers given below
  /// are of the tensors from `firstTensor` on (0 the output, 1 and 2 the
  /// operands), as many as are given.
  Lines(Emitter &emitter, mlir::Value records, mlir::Value count,
        unsigned firstTensor = 0)
      : e(emitter), records(records), count(count), firstTensor(firstTensor) {}

  /// The pointers at an index, from those at the origin.
  Emitter::Values at(mlir::Value index, Emitter::ValuesRef origin);

  /// Calls `body` once for code that runs for each index in [begin, end).
  /// `inner` is the place along the first record, 0 to its extent.
  using Body =
      llvm::function_ref<void(mlir::Value inner, Emitter::ValuesRef pointers)>;
  void walk(mlir::Value begin, mlir::Value end, Emitter::ValuesRef origin,
            Body body);

  /// The same with values that the body carries on; returns the last.
  using CarryingBody = llvm::function_ref<Emitter::Values(
      mlir::Value inner, Emitter::ValuesRef pointers,
      Emitter::ValuesRef carried)>;
  Emitter::Values walk(mlir::Value begin, mlir::Value end,
                       Emitter::ValuesRef origin, Emitter::ValuesRef init,
                       CarryingBody body);

private:
  mlir::Value record(mlir::Value number);
  mlir::Value stride(mlir::Value record, unsigned tensor);
  Emitter::Values decode(mlir::Value first, mlir::Value index,
                         Emitter::ValuesRef origin);
  Emitter::Values carry(mlir::Value wraps, mlir::Value run,
                        mlir::Value firstExtent, Emitter::ValuesRef pointers);

  Emitter &e;
  mlir::Value records, count;
  unsigned firstTensor;
};

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_LINES_H
