// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The pack of A: to rows along k of the compute type, from which a tile
/// broadcasts.

#include "compiler/Kernels/CPU/Gemm.h"

namespace einc {

using Values = Emitter::Values;
using mlir::Value;
using PackA = GemmSchedule::PackA;

namespace {

class PackOfA {
public:
  explicit PackOfA(const GemmKernel &kernel) : k(kernel), e(kernel.e) {}
  void emit();

private:
  void copyRow(Value row);
  void transposeRows(Value first);
  void elements(Value row, Value from, Value to);

  Value entry(Value table, Value index) {
    return e.loadIndex(e.offset(table, e.mul(index, 8)));
  }
  Value load(Value row, Value at, unsigned count) {
    return k.loadOperand(RoleA, e.offset(row, entry(depths, at)), count);
  }
  Value rowOfA(Value row) { return e.offset(source, entry(rows, row)); }
  Value place(Value row, Value at) {
    return e.offset(e.offset(out, e.mul(row, k.pitchA)),
                    e.mul(at, k.panelUnit()));
  }

  const GemmKernel &k;
  Emitter &e;
  Value zero;
  Value source, rows, depths, chunks, out, depth;
};

void PackOfA::elements(Value row, Value from, Value to) {
  Value start = rowOfA(row);
  e.loop(from, to, 1,
         [&](Value at) { k.storePanel(load(start, at, 1), place(row, at)); });
}

void PackOfA::copyRow(Value row) {
  Value start = rowOfA(row);
  const unsigned width = k.chunk * k.step;
  Value whole = e.div(depth, e.constant(width));
  e.loop(zero, whole, 1, [&](Value number) {
    Value at = e.mul(number, width);
    e.ifThenElse(
        e.notEqual(entry(chunks, number), zero),
        [&] { k.storePanel(load(start, at, width), place(row, at)); },
        [&] { elements(row, at, e.add(at, width)); });
  });
  elements(row, e.mul(whole, width), depth);
}

/// A chunk of rows that are neighbours in A.
void PackOfA::transposeRows(Value first) {
  Value start = rowOfA(first);
  Value whole = e.mul(e.div(depth, e.constant(k.chunk)), k.chunk);
  e.loop(zero, whole, k.chunk, [&](Value at) {
    Values square;
    for (unsigned i = 0; i < k.chunk; ++i)
      square.push_back(load(start, e.add(at, i), k.chunk));
    square = transposeSquare(e, square, k.step > 1 ? 1 : k.parts);
    Value to = place(first, at);
    for (unsigned i = 0; i < k.chunk; ++i)
      k.storePanel(square[i], e.offset(to, i * k.pitchA));
  });
  e.loop(zero, e.constant(k.chunk), 1,
         [&](Value i) { elements(e.add(first, i), whole, depth); });
}

void PackOfA::emit() {
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(
      k.part("packa"), {pointer, pointer, pointer, pointer, pointer, i64, i64},
      {});
  source = args[0], rows = args[1], depths = args[2], chunks = args[3],
  out = args[4], depth = args[6];
  Value count = args[5];
  zero = e.constant(0);
  auto byElements = [&](Value from, Value to) {
    e.loop(from, to, 1, [&](Value row) { elements(row, zero, depth); });
  };
  if (k.gemm.packA == PackA::Copy) {
    e.loop(zero, count, 1, [&](Value row) { copyRow(row); });
  } else if (k.gemm.packA == PackA::TransposeM) {
    Value whole = e.div(count, e.constant(k.chunk));
    e.loop(zero, whole, 1, [&](Value number) {
      Value first = e.mul(number, k.chunk);
      e.ifThenElse(
          e.notEqual(entry(chunks, number), zero),
          [&] { transposeRows(first); },
          [&] { byElements(first, e.add(first, k.chunk)); });
    });
    byElements(e.mul(whole, k.chunk), count);
  } else {
    byElements(zero, count);
  }
  // Numbers that no k has.
  if (k.step > 1)
    e.loop(zero, count, 1, [&](Value row) {
      e.loop(depth, e.mul(k.stepsOf(depth), k.step), 1, [&](Value at) {
        k.storePanel(e.zero(e.element(k.panel)), place(row, at));
      });
    });
  e.endFunction();
}

} // namespace

void emitPackOfA(const GemmKernel &kernel) { PackOfA(kernel).emit(); }

} // namespace einc
