// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The micro-tile: a loop over k around rows x vectors accumulators that live
/// in registers. Where A and B come from and where the sums go are arguments of
/// the emitter, so that packing, prologues and epilogues need no copy of it.

#include "compiler/Kernels/CPU/GemmFactor.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using llvm::function_ref;
using mlir::Value;

namespace {

/// A row of the tile's part of A, or a vector of its part of B, at one k.
/// `state` are the values the source carries from k to k.
using Source = function_ref<Value(Value k, ValuesRef state, unsigned index)>;

struct TileShape {
  unsigned rows;
  unsigned vectors;
};

/// a * b + sum.
Value multiplyAdd(const GemmKernel &kernel, Value a, Value b, Value sum) {
  Emitter &e = kernel.e;
  switch (kernel.step > 1 ? kernel.panel : kernel.compute) {
  case ElementType::BF16:
    return e.dotBF16(sum, a, b);
  case ElementType::I16:
    return e.dotI16(sum, a, b);
  case ElementType::I8: {
    // Biased bytes of A have no sign if they had one and the other way round.
    bool isSigned = kernel.types.of(RoleB) == ElementType::I8;
    return isSigned ? e.dotBytes(sum, a, b) : e.dotBytes(sum, b, a);
  }
  default:
    break;
  }
  if (isFloating(kernel.compute))
    return e.fma(a, b, sum);
  if (kernel.compute == ElementType::Bool)
    return e.either(e.both(a, b), sum);
  return e.add(e.mul(a, b), sum);
}

/// Emits start(vector) + sum over k in [0, depth) of a(k, row) * b(k, vector)
/// for all rows and vectors. A: scalars, splat here, one live at a time; B:
/// vectors, kept for one k: rows * vectors + vectors + 1 registers. `advance`
/// gives the sources' next state.
Values emitMicroTile(const GemmKernel &kernel, TileShape shape, Value depth,
                     ValuesRef state, ValuesRef start, Source a, Source b,
                     function_ref<Values(ValuesRef)> advance) {
  Emitter &e = kernel.e;
  const unsigned width = kernel.lanes * kernel.parts;
  Values carried(state.begin(), state.end());
  for (unsigned i = 0; i < shape.rows; ++i)
    carried.append(start.begin(), start.end());

  Values results =
      e.loop(e.constant(0), depth, e.constant(1), carried,
             [&](Value k, ValuesRef inside) {
               ValuesRef now = inside.take_front(state.size());
               ValuesRef sums = inside.drop_front(state.size());
               Values columns;
               for (unsigned j = 0; j < shape.vectors; ++j)
                 columns.push_back(b(k, now, j));
               Values next = advance(now);
               for (unsigned i = 0; i < shape.rows; ++i) {
                 Value row = e.splat(a(k, now, i), width);
                 for (unsigned j = 0; j < shape.vectors; ++j)
                   next.push_back(multiplyAdd(kernel, row, columns[j],
                                              sums[i * shape.vectors + j]));
               }
               return next;
             });
  results.erase(results.begin(), results.begin() + state.size());
  return results;
}

/// Of sums of re(a) * b and of im(a) * b, the sums of a * b. The sign of each
/// term depends on which of a and b are conjugated.
Value joinParts(const GemmKernel &kernel, Value ofRe, Value ofIm) {
  Emitter &e = kernel.e;
  mlir::Type type = kernel.element;
  auto signs = [&](double even, double odd) {
    return alternate(e, e.number(type, even), e.number(type, odd),
                     e.width(ofRe));
  };
  double a = kernel.types.conjugate[0] ? -1 : 1;
  double b = kernel.types.conjugate[1] ? -1 : 1;
  if (b < 0)
    ofRe = e.fmul(signs(1, -1), ofRe);
  return e.fma(signs(-a * b, a), swapParts(e, ofIm), ofRe);
}

} // namespace

void emitTile(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  const unsigned bytes = kernel.bytes, lanes = kernel.lanes,
                 parts = kernel.parts, realBytes = bytes / parts;
  mlir::Type pointer = e.pointer(), i64 = e.i64(), element = kernel.element;
  mlir::Type vector = kernel.numbers(lanes);
  Values args =
      e.beginFunction(kernel.part("tile"),
                      {i64, pointer, pointer, pointer, pointer, pointer,
                       pointer, pointer, i64, pointer, pointer, i64, pointer},
                      {});
  Value depth = args[0], aBase = args[1], aRows = args[2], aDepth = args[3],
        bBase = args[4], bDepth = args[5], c = args[6], cRows = args[7],
        cColumn = args[8], scalars = args[9], tile = args[10],
        direct = args[11], ahead = args[12];

  // State of the sources: packed panels are walked by pointers.
  const bool packedA = kernel.gemm.packA != GemmSchedule::PackA::Direct;
  const bool packedB = kernel.gemm.packB != GemmSchedule::PackB::Direct;
  Values state;
  if (packedA)
    state.push_back(aBase);
  if (packedB)
    state.push_back(bBase);

  Values aRow;
  if (!packedA)
    for (unsigned i = 0; i < kernel.rows; ++i)
      aRow.push_back(e.offset(aBase, e.loadIndex(aRows, 8 * i)));

  Value aOffset, bRow;
  auto a = [&](Value k, ValuesRef now, unsigned i) {
    const unsigned row = i / parts;
    const int64_t part = i % parts * realBytes;
    if (packedA)
      return e.load(element, e.offset(now[0], row * kernel.pitchA + part),
                    realBytes);
    if (i == 0)
      aOffset = e.loadIndex(e.offset(aDepth, e.mul(k, 8)));
    return e.load(element, e.offset(e.offset(aRow[row], aOffset), part),
                  realBytes);
  };
  auto b = [&](Value k, ValuesRef now, unsigned j) {
    if (packedB)
      return e.load(vector, e.offset(now.back(), int64_t(j) * lanes * bytes),
                    lanes * bytes);
    if (j == 0) {
      Value at = e.loadIndex(e.offset(bDepth, e.mul(k, 8)));
      bRow = e.offset(bBase, at);
      e.prefetch(e.offset(ahead, at));
    }
    return e.load(vector, e.offset(bRow, int64_t(j) * lanes * bytes),
                  realBytes);
  };
  auto advance = [&](ValuesRef now) {
    Values next;
    if (packedA)
      next.push_back(e.offset(now[0], int64_t(bytes)));
    if (packedB)
      next.push_back(e.offset(now.back(), kernel.panelStep()));
    return next;
  };
  Values start(kernel.vectors, e.zero(vector));
  if (kernel.biasesA)
    for (unsigned j = 0; j < kernel.vectors; ++j)
      start[j] =
          kernel.load(e.offset(ahead, int64_t(j) * lanes * bytes), lanes);
  Values sums = emitMicroTile(kernel, {kernel.rows * parts, kernel.vectors},
                              depth, state, start, a, b, advance);

  // One way out for all: with beta = 0 what is added is read from a row of
  // zeros and not from C; a tile that is not direct goes to `tile`, for .store.
  // The scalars are read here and not passed: the loop needs every register.
  GemmScalars scale(kernel, scalars);
  GemmFactor alpha(kernel, scale.alpha, lanes);
  Values scaled;
  for (unsigned i = 0; i < kernel.rows; ++i)
    for (unsigned j = 0; j < kernel.vectors; ++j) {
      unsigned at = i * parts * kernel.vectors + j;
      Value sum = parts == 1
                      ? sums[at]
                      : joinParts(kernel, sums[at], sums[at + kernel.vectors]);
      scaled.push_back(alpha.times(sum));
    }
  const ElementType target =
      kernel.gemm.hasOwnBlock() ? kernel.compute : kernel.types.output;
  const bool irregular = kernel.gemm.irregularC;
  Value isDirect = e.notEqual(direct, e.constant(0));
  Value zeros =
      e.offset(scalars, kernel.scratch.zeros - kernel.scratch.scalars);
  Value corner = e.offset(c, cColumn);
  // Rows of C, or those of `tile` where `direct` is 0.
  auto update = [&](bool toTile) {
    Value overwrite = scale.overwrite;
    if (toTile)
      overwrite = e.either(overwrite, e.equal(direct, e.constant(0)));
    // Not an infinite or NaN beta times those zeros.
    Arithmetic math(e, kernel.compute);
    GemmFactor beta(kernel, math.select(overwrite, math.zero(), scale.beta),
                    lanes);
    for (unsigned i = 0; i < kernel.rows; ++i) {
      Value row = e.offset(corner, e.loadIndex(cRows, 8 * i));
      if (toTile)
        row = e.select(isDirect, row, e.offset(tile, i * kernel.panelStep()));
      Value old = e.select(overwrite, zeros, row);
      for (unsigned j = 0; j < kernel.vectors; ++j) {
        int64_t at = int64_t(j) * lanes * elementBytes(target);
        Value before = kernel.load(target, e.offset(old, at), lanes);
        kernel.store(beta.times(before, scaled[i * kernel.vectors + j]), target,
                     e.offset(row, at));
      }
    }
  };
  if (!irregular || target == kernel.compute) {
    update(irregular);
  } else {
    // C has another type than `tile`.
    e.ifThenElse(
        isDirect, [&] { update(false); },
        [&] {
          for (unsigned i = 0; i < scaled.size(); ++i)
            kernel.store(scaled[i], e.offset(tile, int64_t(i) * lanes * bytes));
        });
  }
  e.endFunction();
}

} // namespace einc
