// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The store of a tile that is cut by an edge of C or straddles its runs.

#include "compiler/Kernels/CPU/Gemm.h"

namespace einc {

using Values = Emitter::Values;
using mlir::Value;

void emitStore(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  const unsigned bytes = kernel.bytes, chunk = kernel.chunk;
  mlir::Type pointer = e.pointer(), element = kernel.element;
  Values args = e.beginFunction(
      kernel.part("store"),
      {pointer, pointer, pointer, pointer, pointer, pointer}, {});
  Value tile = args[0], c = args[1], cRows = args[2], cColumns = args[3],
        cChunks = args[4], scalars = args[5];
  Value beta = e.load(element, e.offset(scalars, int64_t(bytes)), bytes);
  Value zero = e.constant(0), none = e.constant(NoOffset);
  Value zeros =
      e.offset(scalars, kernel.scratch.zeros - kernel.scratch.scalars);
  Value overwrite = e.isZero(beta);

  // c[...] = tile[...] + beta * c[...], `width` elements.
  auto move = [&](Value from, Value to, unsigned width) {
    mlir::Type type = width == 1 ? element : e.vector(element, width);
    Value before = e.load(type, e.select(overwrite, zeros, to), bytes);
    Value scaled = e.load(type, from, bytes);
    e.store(e.fma(e.splat(beta, width), before, scaled), to, bytes);
  };

  e.loop(zero, e.constant(kernel.rows), 1, [&](Value row) {
    Value cOffset = e.loadIndex(e.offset(cRows, e.mul(row, 8)));
    e.ifThen(e.notEqual(cOffset, none), [&] {
      Value cRow = e.offset(c, cOffset);
      Value tileRow = e.offset(tile, e.mul(row, kernel.panelStep()));
      e.loop(zero, e.constant(kernel.columns / chunk), 1, [&](Value number) {
        Value contiguous = e.loadIndex(e.offset(cChunks, e.mul(number, 8)));
        Value columns = e.offset(cColumns, e.mul(number, 8 * chunk));
        Value from = e.offset(tileRow, e.mul(number, chunk * bytes));
        e.ifThenElse(
            e.notEqual(contiguous, zero),
            [&] { move(from, e.offset(cRow, e.loadIndex(columns)), chunk); },
            [&] {
              e.loop(zero, e.constant(chunk), 1, [&](Value i) {
                Value column = e.loadIndex(e.offset(columns, e.mul(i, 8)));
                e.ifThen(e.notEqual(column, none), [&] {
                  move(e.offset(from, e.mul(i, bytes)), e.offset(cRow, column),
                       1);
                });
              });
            });
      });
    });
  });
  e.endFunction();
}

} // namespace einc
