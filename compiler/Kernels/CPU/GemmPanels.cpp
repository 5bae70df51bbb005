// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The driver's part that packs blocks of A and of B, and that finds the
/// squares which are transposed in registers, of B or of C.

#include "compiler/Kernels/CPU/GemmDriver.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using PackB = GemmSchedule::PackB;
using mlir::Value;

void GemmDriver::prepareA() {
  if (k.gemm.packA != GemmSchedule::PackA::Direct)
    e.call(k.part("packa"),
           {a, scratchAt(k.scratch.aRows), scratchAt(k.scratch.aDepth),
            scratchAt(k.scratch.aChunks), scratchAt(k.scratch.packedA),
            e.mul(tiles, k.rows), depth});
}

void GemmDriver::prepareB() {
  if (k.gemm.packB == PackB::TransposeN)
    packTransposeN();
  else if (k.gemm.packB != PackB::Direct || k.gemm.irregularB)
    packPanels();
  if (k.step > 1)
    finishSteps();
}

/// What a panel for dot products has besides its numbers: zeros past the end of
/// k, and what sums start from.
void GemmDriver::finishSteps() {
  Value steps = k.stepsOf(depth);
  Value last = e.mul(e.sub(steps, one), k.panelStep());
  Value kept = e.sub(depth, e.mul(e.sub(steps, one), k.step));
  Value mask = e.constant(0);
  for (unsigned j = 1; j < k.step; ++j) {
    int64_t bits = (int64_t(1) << (8 * k.panelUnit() * j)) - 1;
    mask = e.select(e.equal(kept, e.constant(j)), e.constant(bits), mask);
  }
  e.loop(zero, panels, 1, [&](Value panel) {
    e.ifThen(e.notEqual(mask, zero), [&] {
      e.call(k.part("tail"), {e.offset(panelOfB(panel), last), mask});
    });
    if (!k.biasesA)
      return;
    Value column = e.mul(panel, k.columns);
    e.call(k.part("biases"),
           {panelOfB(panel), steps,
            e.offset(scratchAt(k.scratch.biases), e.mul(column, k.bytes))});
  });
}

/// One chunk of columns, element by element.
void GemmDriver::gatherChunk(Value column) {
  Value columns = e.constant(k.columns);
  Value inside = e.mul(e.rem(column, columns), k.bytes);
  e.call(k.part("gather"),
         {b, entry(k.scratch.bColumns, column), scratchAt(k.scratch.bDepth),
          e.offset(panelOfB(e.div(column, columns)), inside), depth});
}

void GemmDriver::packPanels() {
  e.loop(zero, panels, 1, [&](Value panel) {
    Value first = e.mul(panel, k.columns);
    auto chunks = [&](llvm::function_ref<void(Value column)> pack) {
      e.loop(zero, e.constant(k.columns), k.chunk,
             [&](Value i) { pack(e.add(first, i)); });
    };
    auto contiguous = [&] {
      return e.notEqual(e.loadIndex(entry(k.scratch.bPanels, panel)), zero);
    };
    auto gather = [&] { chunks([&](Value column) { gatherChunk(column); }); };
    switch (k.gemm.packB) {
    case PackB::Direct:
      e.ifThenElse(contiguous(), [] {}, gather);
      break;
    case PackB::Copy:
      e.ifThenElse(
          contiguous(),
          [&] {
            Value at = e.loadIndex(entry(k.scratch.bColumns, first));
            e.call(k.part("copy"),
                   {e.offset(b, at), scratchAt(k.scratch.bDepth),
                    panelOfB(panel), depth});
          },
          gather);
      break;
    case PackB::TransposeK:
      chunks([&](Value column) {
        Value inside = e.mul(e.sub(column, first), k.bytes);
        e.call(k.part("transposek"),
               {b, entry(k.scratch.bColumns, column),
                scratchAt(k.scratch.bDepth), scratchAt(k.scratch.depthChunks),
                e.offset(panelOfB(panel), inside), depth});
      });
      break;
    default:
      gather();
    }
  });
}

/// How many times chunk runs the block has, no chunk of which straddles runs.
Value GemmDriver::wholeGroups() {
  Value aligned = e.equal(e.rem(nRun, e.constant(k.chunk)), zero);
  Value groups = e.div(e.mul(panels, k.columns), e.mul(nRun, k.chunk));
  return e.select(aligned, groups, zero);
}

/// Whether the chunks of the square at `column` are one element of `unit` bytes
/// apart by the offsets in `columns`.
Value GemmDriver::isSquare(int64_t columns, int64_t unit, Value column) {
  Value table = entry(columns, column);
  Value start = e.loadIndex(table);
  Values wrong = e.loop(
      one, e.constant(k.chunk), one, {zero}, [&](Value t, ValuesRef carried) {
        Value there = e.loadIndex(e.offset(table, e.mul(e.mul(t, nRun), 8)));
        Value expected = e.add(start, e.mul(t, unit));
        Value bad = e.select(e.notEqual(there, expected), one, zero);
        return Values{e.either(carried[0], bad)};
      });
  return e.equal(wrong[0], zero);
}

/// Squares of chunk x chunk columns: `chunk` along the innermost n loop, and as
/// many along the second, which is contiguous in B. Rows of squares along the
/// second loop are packed in one call, as far as they are squares.
void GemmDriver::packTransposeN() {
  Value all = e.mul(panels, k.columns);
  Value group = e.mul(nRun, k.chunk);
  Value chunk = e.constant(k.chunk);
  Value columns = e.constant(k.columns);
  e.loop(zero, e.div(all, chunk), 1, [&](Value number) {
    Value column = e.mul(number, k.chunk);
    Value panel =
        e.mul(e.div(column, columns), e.mul(k.stepsOf(depth), k.panelStep()));
    e.store(e.add(panel, e.mul(e.rem(column, columns), k.bytes)),
            entry(k.scratch.places, number), 8);
  });
  auto packSquares = [&](Value column, Value from, Value to) {
    Value first = e.add(column, e.mul(from, group));
    e.call(k.part("transposen"),
           {b, entry(k.scratch.bColumns, first), scratchAt(k.scratch.bDepth),
            entry(k.scratch.places, e.div(first, chunk)),
            scratchAt(k.scratch.packedB), nRun, e.sub(to, from), depth});
  };
  Value groups = wholeGroups();
  e.loop(zero, nRun, k.chunk, [&](Value column) {
    // From the group after the last that is no square.
    Values from =
        e.loop(zero, groups, one, {zero}, [&](Value number, ValuesRef carried) {
          Value first = e.add(column, e.mul(number, group));
          Value square = isSquare(k.scratch.bColumns, k.unit(RoleB), first);
          e.ifThenElse(
              square, [] {},
              [&] {
                packSquares(column, carried[0], number);
                e.loop(zero, chunk, 1, [&](Value t) {
                  gatherChunk(e.add(first, e.mul(t, nRun)));
                });
              });
          return Values{e.select(square, carried[0], e.add(number, one))};
        });
    packSquares(column, from[0], groups);
  });
  e.loop(e.mul(groups, group), all, k.chunk,
         [&](Value column) { gatherChunk(column); });
}

/// Flags for .flush, at each square's first chunk.
void GemmDriver::findSquares() {
  Value group = e.mul(nRun, k.chunk);
  e.loop(zero, wholeGroups(), 1, [&](Value number) {
    e.loop(zero, nRun, k.chunk, [&](Value i) {
      Value column = e.add(e.mul(number, group), i);
      Value square = isSquare(k.scratch.cColumns, k.unit(RoleC), column);
      e.store(e.select(square, one, zero),
              entry(k.scratch.cChunks, e.div(column, e.constant(k.chunk))), 8);
    });
  });
}

} // namespace einc
