// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What panels of B for dot products need once they are packed.

#include "compiler/Kernels/CPU/Gemm.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using mlir::Value;

void emitTail(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  Values args =
      e.beginFunction(kernel.part("tail"), {e.pointer(), e.i64()}, {});
  mlir::Type words = e.vector(e.integer(32), kernel.lanes);
  Value mask = e.splat(e.truncate(args[1], 32), kernel.lanes);
  for (unsigned j = 0; j < kernel.vectors; ++j) {
    Value place = e.offset(args[0], int64_t(j) * kernel.lanes * kernel.bytes);
    e.store(e.both(e.load(words, place, kernel.bytes), mask), place,
            kernel.bytes);
  }
  e.endFunction();
}

void emitBiases(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  mlir::Type pointer = e.pointer();
  Values args =
      e.beginFunction(kernel.part("biases"), {pointer, e.i64(), pointer}, {});
  Value out = args[2];
  const int64_t vectorBytes = int64_t(kernel.lanes) * kernel.bytes;
  mlir::Type vector = kernel.numbers(kernel.lanes);
  const bool isSigned = kernel.types.of(RoleB) == ElementType::I8;
  Value ones = e.constant(vector, 0x01010101);
  Values sums(kernel.vectors, e.zero(vector));
  sums.push_back(args[0]);
  sums = e.loop(
      e.constant(0), args[1], e.constant(1), sums, [&](Value, ValuesRef now) {
        Values next;
        for (unsigned j = 0; j < kernel.vectors; ++j) {
          Value b =
              kernel.load(e.offset(now.back(), j * vectorBytes), kernel.lanes);
          next.push_back(isSigned ? e.dotBytes(now[j], ones, b)
                                  : e.dotBytes(now[j], b, ones));
        }
        next.push_back(e.offset(now.back(), kernel.panelStep()));
        return next;
      });
  // (a + 128) b is 128 b too much, (a - 128) b too little.
  Value factor = e.constant(vector, isSigned ? -128 : 128);
  for (unsigned j = 0; j < kernel.vectors; ++j)
    kernel.store(e.mul(sums[j], factor), e.offset(out, j * vectorBytes));
  e.endFunction();
}

} // namespace einc
