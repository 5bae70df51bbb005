// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The loops around packs and tiles (Goto and van de Geijn, TOMS 2008): block
/// of N, block of K (B packed), block of M (A packed), panels, tiles.

#include "compiler/Kernels/CPU/Gemm.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using PackB = GemmSchedule::PackB;
using StoreC = GemmSchedule::StoreC;
using mlir::Value;

namespace {

constexpr int64_t RecordBytes = sizeof(LoopRecord);
/// Byte offsets of the strides in a loop record.
constexpr int64_t FieldC = 8, FieldA = 16, FieldB = 24;

class Driver {
public:
  explicit Driver(const GemmKernel &kernel) : k(kernel), e(kernel.e) {}
  void emit();

private:
  void emitBlockColumn(Value number, Value begin, Value end);
  void emitDepthBlock(Value p0);
  void emitRowBlock(Value number);
  void prepareB();
  void packPanels();
  void packTransposeN();
  Value isSquare(int64_t table, Value column);
  Value wholeGroups();
  void findSquares();
  void emitFlushBlock(Value rows);
  void gatherChunk(Value column);
  void emitTiles(Value tiles);
  void emitOneTile(Value tile, Value panel);

  Value scratchAt(int64_t bytes) { return e.offset(scratch, bytes); }
  Value param(unsigned word) { return e.loadIndex(params, 8 * word); }
  Value ceilDiv(Value a, Value b) { return e.div(e.add(a, e.sub(b, one)), b); }
  Value entry(int64_t table, Value index) {
    return e.offset(scratchAt(table), e.mul(index, 8));
  }
  void offsets(Value records, Value numRecords, Value start, Value entries,
               Value padded, Value run, int64_t xField, int64_t yField,
               int64_t xTable, int64_t yTable) {
    e.call(k.part("offsets"), {records, numRecords, start, entries, padded, run,
                               e.constant(xField), e.constant(yField),
                               scratchAt(xTable), scratchAt(yTable)});
  }
  void runs(int64_t table, Value groups, unsigned width, int64_t flags) {
    e.call(k.part("runs"),
           {scratchAt(table), groups, e.constant(width), scratchAt(flags)});
  }
  /// Start of a panel in the packed block of B.
  Value panelOfB(Value panel) {
    return e.offset(scratchAt(k.scratch.packedB),
                    e.mul(panel, e.mul(depth, k.panelStep())));
  }

  const GemmKernel &k;
  Emitter &e;
  Value zero, one;
  // Arguments and what is read once.
  Value params, scratch, beta;
  Value batchRecords, mRecords, nRecords, kRecords;
  Value mRun, nRun, kRun;
  // Of the current block.
  Value a, b, c, depth, panels;
};

void Driver::emit() {
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(k.symbol, {pointer, pointer, pointer, i64, i64},
                                {.exported = true, .cold = k.gemm.coldDriver});
  Value pointers = args[0], begin = args[3], end = args[4];
  params = args[1];
  scratch = args[2];
  zero = e.constant(0);
  one = e.constant(1);

  Value scalars = e.loadPointer(pointers, 24);
  e.store(e.load(k.element, scalars, k.bytes), scratchAt(k.scratch.scalars),
          k.bytes);
  beta = e.load(k.element, e.offset(scalars, int64_t(k.bytes)), k.bytes);
  Value nothing = e.zero(e.vector(k.element, k.lanes));
  for (unsigned j = 0; j < k.vectors; ++j)
    e.store(nothing,
            scratchAt(k.scratch.zeros + int64_t(j) * k.lanes * k.bytes),
            k.lanes * k.bytes);
  beta =
      e.select(e.notEqual(param(GemmAccumulate), zero), e.one(k.element), beta);
  batchRecords = e.offset(params, 8 * GemmHead);
  auto after = [&](Value records, unsigned count) {
    return e.offset(records, e.mul(param(count), RecordBytes));
  };
  mRecords = after(batchRecords, GemmNumBatch);
  nRecords = after(mRecords, GemmNumM);
  kRecords = after(nRecords, GemmNumN);
  mRun = e.loadIndex(mRecords);
  Value multiple = e.constant(k.gemm.runMultiple);
  nRun = e.mul(ceilDiv(e.loadIndex(nRecords), multiple), multiple);
  kRun = e.max(e.loadIndex(kRecords), one);

  if (k.gemm.packB == PackB::Direct && k.gemm.irregularB)
    e.loop(zero, e.min(param(GemmK), e.constant(k.gemm.kc)), 1, [&](Value p) {
      e.store(e.mul(p, k.panelStep()), entry(k.scratch.packedDepth, p), 8);
    });

  if (k.gemm.storeC == StoreC::TransposeN)
    e.call(k.part("fill"),
           {scratchAt(k.scratch.blockRows), e.constant(k.gemm.mc), zero,
            e.constant(k.gemm.nc * k.bytes)});

  Value mBlocks = e.max(param(GemmMBlocks), one);
  a = e.loadPointer(pointers, 8);
  b = e.loadPointer(pointers, 16);
  c = e.loadPointer(pointers, 0);
  Value a0 = a, b0 = b, c0 = c;
  e.loop(e.div(begin, mBlocks), ceilDiv(end, mBlocks), 1, [&](Value number) {
    a = a0, b = b0, c = c0;
    Value first = e.mul(number, mBlocks);
    emitBlockColumn(number, e.max(e.sub(begin, first), zero),
                    e.min(e.sub(end, first), mBlocks));
  });
  e.endFunction();
}

/// All blocks of one batch index and one block of N that the call has.
void Driver::emitBlockColumn(Value number, Value begin, Value end) {
  Value nBlocks = e.max(param(GemmNBlocks), one);
  Value nBlock = e.rem(number, nBlocks);
  Values at = e.loop(
      zero, param(GemmNumBatch), one, {e.div(number, nBlocks), a, b, c},
      [&](Value i, ValuesRef carried) {
        Value record = e.offset(batchRecords, e.mul(i, RecordBytes));
        Value extent = e.loadIndex(record);
        Value index = e.rem(carried[0], extent);
        auto along = [&](Value pointer, int64_t field) {
          return e.offset(pointer, e.mul(index, e.loadIndex(record, field)));
        };
        return Values{e.div(carried[0], extent), along(carried[1], FieldA),
                      along(carried[2], FieldB), along(carried[3], FieldC)};
      });
  a = at[1], b = at[2], c = at[3];

  Value start = e.mul(nBlock, k.gemm.nc);
  Value columns = e.min(e.sub(param(GemmN), start), e.constant(k.gemm.nc));
  panels = ceilDiv(columns, e.constant(k.columns));
  offsets(nRecords, param(GemmNumN), start, columns, e.mul(panels, k.columns),
          nRun, FieldB, FieldC, k.scratch.bColumns, k.scratch.cColumns);
  if (k.gemm.irregularC) {
    runs(k.scratch.cColumns, panels, k.columns, k.scratch.cPanels);
    runs(k.scratch.cColumns, e.mul(panels, k.columns / k.chunk), k.chunk,
         k.scratch.cChunks);
  }
  if (k.gemm.packB == PackB::Copy ||
      (k.gemm.packB == PackB::Direct && k.gemm.irregularB))
    runs(k.scratch.bColumns, panels, k.columns, k.scratch.bPanels);

  if (k.gemm.storeC == StoreC::TransposeN)
    findSquares();

  // At least once, so that K = 0 writes beta * C.
  e.loop(zero, e.max(param(GemmK), one), k.gemm.kc, [&](Value p0) {
    emitDepthBlock(p0);
    e.loop(begin, end, 1, [&](Value block) { emitRowBlock(block); });
  });
}

void Driver::emitDepthBlock(Value p0) {
  depth = e.min(e.sub(param(GemmK), p0), e.constant(k.gemm.kc));
  offsets(kRecords, param(GemmNumK), p0, depth, depth, kRun, FieldA, FieldB,
          k.scratch.aDepth, k.scratch.bDepth);
  if (k.gemm.packB == PackB::TransposeK)
    runs(k.scratch.bDepth, e.div(depth, e.constant(k.chunk)), k.chunk,
         k.scratch.depthChunks);
  Value betaNow = e.select(e.equal(p0, zero), beta, e.one(k.element));
  Value tileBeta = betaNow;
  if (k.gemm.storeC == StoreC::TransposeN) {
    e.store(betaNow, scratchAt(k.scratch.scalars + 2 * k.bytes), k.bytes);
    tileBeta = e.zero(k.element);
  }
  e.store(tileBeta, scratchAt(k.scratch.scalars + k.bytes), k.bytes);
  prepareB();
}

void Driver::prepareB() {
  if (k.gemm.packB == PackB::TransposeN)
    packTransposeN();
  else if (k.gemm.packB != PackB::Direct || k.gemm.irregularB)
    packPanels();
}

/// One chunk of columns, element by element.
void Driver::gatherChunk(Value column) {
  Value columns = e.constant(k.columns);
  Value inside = e.mul(e.rem(column, columns), k.bytes);
  e.call(k.part("gather"),
         {b, entry(k.scratch.bColumns, column), scratchAt(k.scratch.bDepth),
          e.offset(panelOfB(e.div(column, columns)), inside), depth});
}

void Driver::packPanels() {
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
Value Driver::wholeGroups() {
  Value aligned = e.equal(e.rem(nRun, e.constant(k.chunk)), zero);
  Value groups = e.div(e.mul(panels, k.columns), e.mul(nRun, k.chunk));
  return e.select(aligned, groups, zero);
}

/// Whether the chunks of the square at `column` are one element apart by the
/// offsets in `columns`.
Value Driver::isSquare(int64_t columns, Value column) {
  Value table = entry(columns, column);
  Value start = e.loadIndex(table);
  Values wrong = e.loop(
      one, e.constant(k.chunk), one, {zero}, [&](Value t, ValuesRef carried) {
        Value there = e.loadIndex(e.offset(table, e.mul(e.mul(t, nRun), 8)));
        Value expected = e.add(start, e.mul(t, k.bytes));
        Value bad = e.select(e.notEqual(there, expected), one, zero);
        return Values{e.either(carried[0], bad)};
      });
  return e.equal(wrong[0], zero);
}

/// Squares of chunk x chunk columns: `chunk` along the innermost n loop, and as
/// many along the second, which is contiguous in B. Rows of squares along the
/// second loop are packed in one call, as far as they are squares.
void Driver::packTransposeN() {
  Value all = e.mul(panels, k.columns);
  Value group = e.mul(nRun, k.chunk);
  Value chunk = e.constant(k.chunk);
  Value columns = e.constant(k.columns);
  e.loop(zero, e.div(all, chunk), 1, [&](Value number) {
    Value column = e.mul(number, k.chunk);
    Value panel = e.mul(e.div(column, columns), e.mul(depth, k.panelStep()));
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
          Value square = isSquare(k.scratch.bColumns, first);
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

void Driver::emitRowBlock(Value number) {
  Value start = e.mul(number, k.gemm.mc);
  Value rows = e.min(e.sub(param(GemmM), start), e.constant(k.gemm.mc));
  Value tiles = ceilDiv(rows, e.constant(k.rows));
  offsets(mRecords, param(GemmNumM), start, rows, e.mul(tiles, k.rows), mRun,
          FieldA, FieldC, k.scratch.aRows, k.scratch.cRows);
  if (k.gemm.packA) {
    Value panelBytes = e.mul(depth, int64_t(k.rows) * k.bytes);
    e.loop(zero, tiles, 1, [&](Value tile) {
      e.call(k.part("gatherrows"),
             {a, entry(k.scratch.aRows, e.mul(tile, k.rows)),
              scratchAt(k.scratch.aDepth),
              e.offset(scratchAt(k.scratch.packedA), e.mul(tile, panelBytes)),
              depth});
    });
  }
  emitTiles(tiles);
  if (k.gemm.storeC == StoreC::TransposeN)
    emitFlushBlock(rows);
}

/// Flags for .flush, at each square's first chunk.
void Driver::findSquares() {
  Value group = e.mul(nRun, k.chunk);
  e.loop(zero, wholeGroups(), 1, [&](Value number) {
    e.loop(zero, nRun, k.chunk, [&](Value i) {
      Value column = e.add(e.mul(number, group), i);
      Value square = isSquare(k.scratch.cColumns, column);
      e.store(e.select(square, one, zero),
              entry(k.scratch.cChunks, e.div(column, e.constant(k.chunk))), 8);
    });
  });
}

/// The block of C that the tiles have made, to C.
void Driver::emitFlushBlock(Value rows) {
  e.loop(zero, rows, 1, [&](Value row) {
    Value from =
        e.offset(scratchAt(k.scratch.block), e.mul(row, k.gemm.nc * k.bytes));
    Value to = e.offset(c, e.loadIndex(entry(k.scratch.cRows, row)));
    e.call(k.part("flush"),
           {from, to, scratchAt(k.scratch.cColumns),
            scratchAt(k.scratch.cChunks), nRun, wholeGroups(),
            e.mul(panels, k.columns), scratchAt(k.scratch.scalars)});
  });
}

void Driver::emitTiles(Value tiles) {
  if (k.gemm.rowsOuter)
    e.loop(zero, tiles, 1, [&](Value tile) {
      e.loop(zero, panels, 1, [&](Value panel) { emitOneTile(tile, panel); });
    });
  else
    e.loop(zero, panels, 1, [&](Value panel) {
      e.loop(zero, tiles, 1, [&](Value tile) { emitOneTile(tile, panel); });
    });
}

void Driver::emitOneTile(Value tile, Value panel) {
  Value row = e.mul(tile, k.rows), column = e.mul(panel, k.columns);
  Value aStart = a;
  if (k.gemm.packA)
    aStart = e.offset(scratchAt(k.scratch.packedA),
                      e.mul(tile, e.mul(depth, int64_t(k.rows) * k.bytes)));

  Value bStart, bDepths = scratchAt(k.scratch.bDepth);
  auto inPlace = [&] {
    return e.offset(b, e.loadIndex(entry(k.scratch.bColumns, column)));
  };
  if (k.gemm.packB != PackB::Direct) {
    bStart = panelOfB(panel);
  } else if (!k.gemm.irregularB) {
    bStart = inPlace();
  } else {
    Value contiguous =
        e.notEqual(e.loadIndex(entry(k.scratch.bPanels, panel)), zero);
    bStart = e.select(contiguous, inPlace(), panelOfB(panel));
    bDepths = e.select(contiguous, bDepths, scratchAt(k.scratch.packedDepth));
  }

  const bool ownBlock = k.gemm.storeC == StoreC::TransposeN;
  Value cStart = ownBlock ? scratchAt(k.scratch.block) : c;
  Value cRows = entry(ownBlock ? k.scratch.blockRows : k.scratch.cRows, row);
  Value cColumns = entry(k.scratch.cColumns, column);
  Value cColumn = ownBlock ? e.mul(column, k.bytes) : e.loadIndex(cColumns);
  Value sums = scratchAt(k.scratch.tile);
  Value direct = one;
  if (k.gemm.irregularC) {
    Value lastRow = e.loadIndex(cRows, 8 * (k.rows - 1));
    direct = e.select(e.equal(lastRow, e.constant(NoOffset)), zero,
                      e.loadIndex(entry(k.scratch.cPanels, panel)));
  }
  // B in place comes from memory: the tiles of a panel ask for the next panel,
  // each for one line of every depth.
  Value ahead = bStart;
  if (k.gemm.packB == PackB::Direct) {
    Value last = e.sub(e.mul(panels, k.columns), one);
    Value next = e.min(e.add(column, k.columns), last);
    ahead = e.offset(b, e.loadIndex(entry(k.scratch.bColumns, next)));
    ahead = e.offset(ahead, e.mul(tile, 64));
  }
  e.call(k.part("tile"),
         {depth, aStart, entry(k.scratch.aRows, row),
          scratchAt(k.scratch.aDepth), bStart, bDepths, cStart, cRows, cColumn,
          scratchAt(k.scratch.scalars), sums, direct, ahead});
  if (k.gemm.irregularC)
    e.ifThen(e.equal(direct, zero), [&] {
      Value chunks = e.mul(panel, k.columns / k.chunk);
      e.call(k.part("store"),
             {sums, c, cRows, cColumns, entry(k.scratch.cChunks, chunks),
              scratchAt(k.scratch.scalars)});
    });
}

} // namespace

void emitGemmDriver(const GemmKernel &kernel) { Driver(kernel).emit(); }

} // namespace einc
