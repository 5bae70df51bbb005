// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Stores of C that are not the tile's own: of a tile that is cut by an edge or
/// straddles runs, and of a block that is converted or transposed on its way.

#include "compiler/Kernels/CPU/GemmFactor.h"

namespace einc {

using Values = Emitter::Values;
using mlir::Value;

void emitStore(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  const unsigned bytes = kernel.bytes, chunk = kernel.chunk;
  const ElementType output = kernel.types.output;
  mlir::Type pointer = e.pointer();
  Values args = e.beginFunction(
      kernel.part("store"),
      {pointer, pointer, pointer, pointer, pointer, pointer}, {});
  Value tile = args[0], c = args[1], cRows = args[2], cColumns = args[3],
        cChunks = args[4], scalars = args[5];
  GemmScalars scale(kernel, scalars);
  Value zero = e.constant(0), none = e.constant(NoOffset);
  Value zeros =
      e.offset(scalars, kernel.scratch.zeros - kernel.scratch.scalars);

  // c[...] = tile[...] + beta * c[...], `width` elements.
  auto move = [&](Value from, Value to, unsigned width) {
    GemmFactor beta(kernel, scale.beta, width);
    Value before =
        kernel.load(output, e.select(scale.overwrite, zeros, to), width);
    kernel.store(beta.times(before, kernel.load(from, width)), output, to);
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

void emitFlush(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  const unsigned bytes = kernel.bytes, chunk = kernel.chunk;
  const ElementType output = kernel.types.output;
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(
      kernel.part("flush"),
      {pointer, pointer, pointer, pointer, i64, i64, i64, pointer}, {});
  Value block = args[0], c = args[1], cColumns = args[2], chunks = args[3],
        run = args[4], groups = args[5], columns = args[6], scalars = args[7];
  GemmScalars scale(kernel, e.offset(scalars, int64_t(2 * bytes)));
  Value zero = e.constant(0), none = e.constant(NoOffset);
  Value zeros =
      e.offset(scalars, kernel.scratch.zeros - kernel.scratch.scalars);
  Value group = e.mul(run, chunk);
  auto entry = [&](Value column) {
    return e.offset(cColumns, e.mul(column, 8));
  };
  auto flag = [&](Value column) {
    Value number = e.div(column, e.constant(chunk));
    return e.notEqual(e.loadIndex(e.offset(chunks, e.mul(number, 8))), zero);
  };
  auto update = [&](Value sums, Value place, unsigned width) {
    GemmFactor alpha(kernel, scale.alpha, width);
    GemmFactor beta(kernel, scale.beta, width);
    Value before =
        kernel.load(output, e.select(scale.overwrite, zeros, place), width);
    kernel.store(beta.times(before, alpha.times(sums)), output, place);
  };

  auto oneByOne = [&](Value from, Value to) {
    e.loop(from, to, 1, [&](Value column) {
      Value offset = e.loadIndex(entry(column));
      e.ifThen(e.notEqual(offset, none), [&] {
        update(kernel.load(e.offset(block, e.mul(column, bytes)), 1),
               e.offset(c, offset), 1);
      });
    });
  };
  auto contiguous = [&](Value column) {
    update(kernel.load(e.offset(block, e.mul(column, bytes)), chunk),
           e.offset(c, e.loadIndex(entry(column))), chunk);
  };
  auto transposed = [&](Value column) {
    Values square;
    Value from = e.offset(block, e.mul(column, bytes));
    Value step = e.mul(run, bytes);
    for (unsigned t = 0; t < chunk; ++t) {
      square.push_back(kernel.load(from, chunk));
      from = e.offset(from, step);
    }
    square = transposeSquare(e, square, kernel.parts);
    Value table = entry(column);
    for (unsigned i = 0; i < chunk; ++i) {
      Value offset = e.loadIndex(table, 8 * i);
      e.ifThen(e.notEqual(offset, none), // a padding column otherwise
               [&] { update(square[i], e.offset(c, offset), chunk); });
    }
  };

  if (kernel.gemm.storeC == GemmSchedule::StoreC::Block) {
    e.loop(zero, columns, chunk, [&](Value column) {
      e.ifThenElse(
          flag(column), [&] { contiguous(column); },
          [&] { oneByOne(column, e.add(column, e.constant(chunk))); });
    });
    e.endFunction();
    return;
  }
  // The chunks of C that one line holds follow each other.
  e.loop(zero, run, chunk, [&](Value i) {
    e.loop(zero, groups, 1, [&](Value number) {
      Value column = e.add(e.mul(number, group), i);
      e.ifThenElse(
          flag(column), [&] { transposed(column); },
          [&] {
            e.loop(zero, e.constant(chunk), 1, [&](Value t) {
              Value first = e.add(column, e.mul(t, run));
              oneByOne(first, e.add(first, e.constant(chunk)));
            });
          });
    });
  });
  oneByOne(e.mul(groups, group), columns);
  e.endFunction();
}

} // namespace einc
