// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Packs of B: from where it lies to panels that a tile walks, converted and
/// transposed in registers on the way. Each function is small and the loops
/// around them are the driver's.

#include "compiler/Kernels/CPU/Gemm.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using mlir::Value;

/// A square of vectors, transposed by exchanging halves, then quarters, ...:
/// log2(n) rounds of two-operand shuffles.
Values transposeSquare(Emitter &e, Values square, unsigned parts) {
  unsigned n = square.size();
  for (unsigned distance = n / 2; distance > 0; distance /= 2) {
    llvm::SmallVector<int32_t> upper, lower;
    for (unsigned lane = 0; lane < n * parts; ++lane) {
      bool second = lane / parts & distance;
      unsigned other = n * parts, step = distance * parts;
      upper.push_back(second ? other + lane - step : lane);
      lower.push_back(second ? other + lane : lane + step);
    }
    for (unsigned i = 0; i < n; ++i) {
      if (i & distance)
        continue;
      Value a = square[i], b = square[i + distance];
      square[i] = e.shuffle(a, b, upper);
      square[i + distance] = e.shuffle(a, b, lower);
    }
  }
  return square;
}

/// Pointers to the first element of each of `count` columns.
static Values columnPointers(Emitter &e, Value source, Value columns,
                             unsigned count) {
  Values pointers;
  for (unsigned i = 0; i < count; ++i)
    pointers.push_back(e.offset(source, e.loadIndex(columns, 8 * i)));
  return pointers;
}

/// for k in [from, to): out[k * step + i] = column i at depths[k]
static void gatherDepths(const GemmKernel &kernel, ValuesRef columns,
                         Value depths, Value out, Value from, Value to,
                         int64_t step) {
  Emitter &e = kernel.e;
  e.loop(from, to, 1, [&](Value k) {
    Value depth = e.loadIndex(e.offset(depths, e.mul(k, 8)));
    Value place = e.offset(out, e.mul(k, step));
    for (unsigned i = 0; i < columns.size(); ++i) {
      Value number =
          kernel.load(kernel.types.of(RoleB), e.offset(columns[i], depth), 1);
      kernel.store(number, e.offset(place, int64_t(i) * kernel.bytes));
    }
  });
}

/// A chunk of columns: by vectors where they are contiguous.
static void emitGather(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  mlir::Type pointer = e.pointer();
  Values args = e.beginFunction(
      kernel.part("gather"), {pointer, pointer, pointer, pointer, e.i64()}, {});
  Value table = args[1], depths = args[2], out = args[3], depth = args[4];
  Values columns = columnPointers(e, args[0], table, kernel.chunk);
  Value zero = e.constant(0), step = e.constant(kernel.unit(RoleB));
  Value contiguous = e.equal(zero, zero);
  for (unsigned i = 1; i < kernel.chunk; ++i) {
    Value distance =
        e.sub(e.loadIndex(table, 8 * i), e.loadIndex(table, 8 * (i - 1)));
    contiguous = e.both(contiguous, e.equal(distance, step));
  }
  e.ifThenElse(
      contiguous,
      [&] {
        e.loop(zero, depth, 1, [&](Value k) {
          Value at = e.loadIndex(e.offset(depths, e.mul(k, 8)));
          Value numbers = kernel.load(kernel.types.of(RoleB),
                                      e.offset(columns[0], at), kernel.chunk);
          kernel.store(numbers, e.offset(out, e.mul(k, kernel.panelStep())));
        });
      },
      [&] {
        gatherDepths(kernel, columns, depths, out, zero, depth,
                     kernel.panelStep());
      });
  e.endFunction();
}

static void emitCopy(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  mlir::Type pointer = e.pointer();
  const int64_t fromStep = kernel.lanes * kernel.unit(RoleB);
  const int64_t toStep = int64_t(kernel.lanes) * kernel.bytes;
  Values args = e.beginFunction(kernel.part("copy"),
                                {pointer, pointer, pointer, e.i64()}, {});
  Value source = args[0], depths = args[1], out = args[2], depth = args[3];
  e.loop(e.constant(0), depth, 1, [&](Value k) {
    Value from = e.offset(source, e.loadIndex(e.offset(depths, e.mul(k, 8))));
    Value to = e.offset(out, e.mul(k, kernel.panelStep()));
    for (unsigned j = 0; j < kernel.vectors; ++j)
      kernel.store(kernel.load(kernel.types.of(RoleB),
                               e.offset(from, j * fromStep), kernel.lanes),
                   e.offset(to, j * toStep));
  });
  e.endFunction();
}

static void emitTransposeK(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  const unsigned chunk = kernel.chunk;
  mlir::Type pointer = e.pointer();
  Values args = e.beginFunction(
      kernel.part("transposek"),
      {pointer, pointer, pointer, pointer, pointer, e.i64()}, {});
  Value depths = args[2], depthChunks = args[3], out = args[4], depth = args[5];
  Values columns = columnPointers(e, args[0], args[1], chunk);
  Value zero = e.constant(0), width = e.constant(chunk);
  Value chunks = e.div(depth, width);
  e.loop(zero, chunks, 1, [&](Value number) {
    Value first = e.mul(number, width);
    Value contiguous = e.loadIndex(e.offset(depthChunks, e.mul(number, 8)));
    e.ifThenElse(
        e.notEqual(contiguous, zero),
        [&] {
          Value at = e.loadIndex(e.offset(depths, e.mul(first, 8)));
          Values square;
          for (Value column : columns)
            square.push_back(kernel.load(kernel.types.of(RoleB),
                                         e.offset(column, at), chunk));
          square = transposeSquare(e, square, kernel.parts);
          Value place = e.offset(out, e.mul(first, kernel.panelStep()));
          for (unsigned i = 0; i < chunk; ++i)
            kernel.store(square[i], e.offset(place, i * kernel.panelStep()));
        },
        [&] {
          gatherDepths(kernel, columns, depths, out, first, e.add(first, width),
                       kernel.panelStep());
        });
  });
  gatherDepths(kernel, columns, depths, out, e.mul(chunks, width), depth,
               kernel.panelStep());
  e.endFunction();
}

// Depth is the outer loop: the squares of one depth follow each other in
// memory, which is what the prefetchers want (the other way round an operand
// larger than the caches is read at a third of the speed).
static void emitTransposeN(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  const unsigned chunk = kernel.chunk;
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(
      kernel.part("transposen"),
      {pointer, pointer, pointer, pointer, pointer, i64, i64, i64}, {});
  Value source = args[0], columns = args[1], depths = args[2], places = args[3],
        packed = args[4], run = args[5], squares = args[6], depth = args[7];
  Value zero = e.constant(0), one = e.constant(1);
  // From square to square, and from chunk to chunk of one.
  Value columnStep = e.mul(run, 8 * chunk);
  Value placeStep = e.div(columnStep, e.constant(chunk));
  Value nextPlace = e.div(e.mul(run, 8), e.constant(chunk));
  e.loop(zero, depth, 1, [&](Value k) {
    Value from = e.offset(source, e.loadIndex(e.offset(depths, e.mul(k, 8))));
    Value to = e.offset(packed, e.mul(k, kernel.panelStep()));
    e.loop(zero, squares, one, {columns, places},
           [&](Value, ValuesRef carried) {
             Values square;
             for (unsigned i = 0; i < chunk; ++i)
               square.push_back(kernel.load(
                   kernel.types.of(RoleB),
                   e.offset(from, e.loadIndex(carried[0], 8 * i)), chunk));
             square = transposeSquare(e, square, kernel.parts);
             Value place = carried[1];
             for (unsigned t = 0; t < chunk; ++t) {
               kernel.store(square[t], e.offset(to, e.loadIndex(place)));
               place = e.offset(place, nextPlace);
             }
             return Values{e.offset(carried[0], columnStep),
                           e.offset(carried[1], placeStep)};
           });
  });
  e.endFunction();
}

void emitPacksOfB(const GemmKernel &kernel) {
  using PackB = GemmSchedule::PackB;
  PackB mode = kernel.gemm.packB;
  if (mode != PackB::Direct || kernel.gemm.irregularB)
    emitGather(kernel);
  if (mode == PackB::Copy)
    emitCopy(kernel);
  if (mode == PackB::TransposeK)
    emitTransposeK(kernel);
  if (mode == PackB::TransposeN)
    emitTransposeN(kernel);
}

} // namespace einc
