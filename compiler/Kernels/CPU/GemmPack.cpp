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

namespace {

/// What the packs of B share: numbers of a panel from `step` neighbours of k.
class PackOfB {
public:
  explicit PackOfB(const GemmKernel &kernel) : k(kernel), e(kernel.e) {}
  void emitGather();
  void emitCopy();
  void emitTransposeK();
  void emitTransposeN();

private:
  /// Offset of k number `j` of a step; past the end, of the last there is.
  Value depthOf(Value number, unsigned j = 0) {
    Value at = e.add(e.mul(number, k.step), j);
    if (j > 0)
      at = e.min(at, e.sub(depth, e.constant(1)));
    return e.loadIndex(e.offset(depths, e.mul(at, 8)));
  }
  Value steps() { return k.stepsOf(depth); }
  Values depthsOfStep(Value start, Value number);
  Value cells(ValuesRef starts, int64_t place, unsigned count);
  void gatherSteps(ValuesRef columns, Value from, Value to);

  const GemmKernel &k;
  Emitter &e;
  Value zero;
  Value depths, out, depth;
};

/// Where the numbers of each k of a step are, seen from `start`.
Values PackOfB::depthsOfStep(Value start, Value number) {
  Values starts;
  for (unsigned j = 0; j < k.step; ++j)
    starts.push_back(e.offset(start, depthOf(number, j)));
  return starts;
}

/// Neighbours of columns from each k of a step, those of one column together.
Value PackOfB::cells(ValuesRef starts, int64_t place, unsigned count) {
  Values rows;
  for (Value start : starts)
    rows.push_back(k.loadOperand(RoleB, e.offset(start, place), count));
  // Zipped two by two: pairs of numbers, then pairs of pairs.
  for (unsigned unit = 1; rows.size() > 1; unit *= 2) {
    llvm::SmallVector<int32_t> zip;
    for (unsigned i = 0; i < count; ++i)
      for (unsigned side : {0u, 1u})
        for (unsigned u = 0; u < unit; ++u)
          zip.push_back((side * count + i) * unit + u);
    Values pairs;
    for (unsigned i = 0; i < rows.size(); i += 2)
      pairs.push_back(e.shuffle(rows[i], rows[i + 1], zip));
    rows = pairs;
  }
  return rows[0];
}

/// Steps [from, to) of a chunk of columns, number by number.
void PackOfB::gatherSteps(ValuesRef columns, Value from, Value to) {
  e.loop(from, to, 1, [&](Value number) {
    Value place = e.offset(out, e.mul(number, k.panelStep()));
    for (unsigned j = 0; j < k.step; ++j) {
      Value offset = depthOf(number, j);
      for (unsigned i = 0; i < columns.size(); ++i)
        k.storePanel(
            k.loadOperand(RoleB, e.offset(columns[i], offset), 1),
            e.offset(place, int64_t(i) * k.bytes + int64_t(j) * k.panelUnit()));
    }
  });
}

/// A chunk of columns: by vectors where they are contiguous.
void PackOfB::emitGather() {
  mlir::Type pointer = e.pointer();
  Values args = e.beginFunction(
      k.part("gather"), {pointer, pointer, pointer, pointer, e.i64()}, {});
  Value table = args[1];
  depths = args[2], out = args[3], depth = args[4];
  Values columns = columnPointers(e, args[0], table, k.chunk);
  zero = e.constant(0);
  Value unit = e.constant(k.unit(RoleB));
  Value contiguous = e.equal(zero, zero);
  for (unsigned i = 1; i < k.chunk; ++i) {
    Value distance =
        e.sub(e.loadIndex(table, 8 * i), e.loadIndex(table, 8 * (i - 1)));
    contiguous = e.both(contiguous, e.equal(distance, unit));
  }
  e.ifThenElse(
      contiguous,
      [&] {
        e.loop(zero, steps(), 1, [&](Value number) {
          Values starts = depthsOfStep(columns[0], number);
          k.storePanel(cells(starts, 0, k.chunk),
                       e.offset(out, e.mul(number, k.panelStep())));
        });
      },
      [&] { gatherSteps(columns, zero, steps()); });
  e.endFunction();
}

void PackOfB::emitCopy() {
  mlir::Type pointer = e.pointer();
  const int64_t fromStep = k.lanes * k.unit(RoleB);
  const int64_t toStep = int64_t(k.lanes) * k.bytes;
  Values args =
      e.beginFunction(k.part("copy"), {pointer, pointer, pointer, e.i64()}, {});
  Value source = args[0];
  depths = args[1], out = args[2], depth = args[3];
  e.loop(e.constant(0), steps(), 1, [&](Value number) {
    Values starts = depthsOfStep(source, number);
    Value to = e.offset(out, e.mul(number, k.panelStep()));
    for (unsigned j = 0; j < k.vectors; ++j)
      k.storePanel(cells(starts, j * fromStep, k.lanes),
                   e.offset(to, j * toStep));
  });
  e.endFunction();
}

void PackOfB::emitTransposeK() {
  const unsigned chunk = k.chunk;
  mlir::Type pointer = e.pointer();
  Values args = e.beginFunction(
      k.part("transposek"),
      {pointer, pointer, pointer, pointer, pointer, e.i64()}, {});
  Value depthChunks = args[3];
  depths = args[2], out = args[4], depth = args[5];
  Values columns = columnPointers(e, args[0], args[1], chunk);
  zero = e.constant(0);
  Value width = e.constant(chunk);
  Value chunks = e.div(depth, e.constant(chunk * k.step));
  e.loop(zero, chunks, 1, [&](Value number) {
    Value first = e.mul(number, width);
    Value contiguous = e.loadIndex(e.offset(depthChunks, e.mul(number, 8)));
    e.ifThenElse(
        e.notEqual(contiguous, zero),
        [&] {
          Value at = depthOf(first);
          Values square;
          for (Value column : columns)
            square.push_back(
                k.loadOperand(RoleB, e.offset(column, at), chunk * k.step));
          square = transposeSquare(e, square, k.cell);
          Value place = e.offset(out, e.mul(first, k.panelStep()));
          for (unsigned i = 0; i < chunk; ++i)
            k.storePanel(square[i], e.offset(place, i * k.panelStep()));
        },
        [&] { gatherSteps(columns, first, e.add(first, width)); });
  });
  gatherSteps(columns, e.mul(chunks, width), steps());
  e.endFunction();
}

// Depth is the outer loop: the squares of one depth follow each other in
// memory, which is what the prefetchers want (the other way round an operand
// larger than the caches is read at a third of the speed).
void PackOfB::emitTransposeN() {
  const unsigned chunk = k.chunk;
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(
      k.part("transposen"),
      {pointer, pointer, pointer, pointer, pointer, i64, i64, i64}, {});
  Value source = args[0], columns = args[1], places = args[3], packed = args[4],
        run = args[5], squares = args[6];
  depths = args[2], depth = args[7];
  zero = e.constant(0);
  Value one = e.constant(1);
  // From square to square, and from chunk to chunk of one.
  Value columnStep = e.mul(run, 8 * chunk);
  Value placeStep = e.div(columnStep, e.constant(chunk));
  Value nextPlace = e.div(e.mul(run, 8), e.constant(chunk));
  e.loop(zero, steps(), 1, [&](Value number) {
    Values starts = depthsOfStep(source, number);
    Value to = e.offset(packed, e.mul(number, k.panelStep()));
    e.loop(zero, squares, one, {columns, places},
           [&](Value, ValuesRef carried) {
             Values square;
             for (unsigned i = 0; i < chunk; ++i) {
               Value column = e.loadIndex(carried[0], 8 * i);
               Values there;
               for (Value start : starts)
                 there.push_back(e.offset(start, column));
               square.push_back(cells(there, 0, chunk));
             }
             square = transposeSquare(e, square, k.cell);
             Value place = carried[1];
             for (unsigned t = 0; t < chunk; ++t) {
               k.storePanel(square[t], e.offset(to, e.loadIndex(place)));
               place = e.offset(place, nextPlace);
             }
             return Values{e.offset(carried[0], columnStep),
                           e.offset(carried[1], placeStep)};
           });
  });
  e.endFunction();
}

} // namespace

void emitPacksOfB(const GemmKernel &kernel) {
  using PackB = GemmSchedule::PackB;
  PackB mode = kernel.gemm.packB;
  if (mode != PackB::Direct || kernel.gemm.irregularB)
    PackOfB(kernel).emitGather();
  if (mode == PackB::Copy)
    PackOfB(kernel).emitCopy();
  if (mode == PackB::TransposeK)
    PackOfB(kernel).emitTransposeK();
  if (mode == PackB::TransposeN)
    PackOfB(kernel).emitTransposeN();
  if (kernel.step > 1)
    emitTail(kernel);
  if (kernel.biasesA)
    emitBiases(kernel);
}

} // namespace einc
