// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The loops around packs and tiles (Goto and van de Geijn, TOMS 2008): block
/// of N, block of K (B packed), block of M (A packed), panels, tiles. With a
/// block of C of its own, all of K before the next block of M.

#include "compiler/Kernels/CPU/GemmDriver.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using PackA = GemmSchedule::PackA;
using PackB = GemmSchedule::PackB;
using StoreC = GemmSchedule::StoreC;
using mlir::Value;

static constexpr int64_t RecordBytes = sizeof(LoopRecord);
/// Byte offsets of the strides in a loop record.
static constexpr int64_t FieldC = 8, FieldA = 16, FieldB = 24;

void GemmDriver::emit() {
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(k.symbol, {pointer, pointer, pointer, i64, i64},
                                {.exported = true, .cold = k.gemm.coldDriver});
  Value pointers = args[0], begin = args[3], end = args[4];
  params = args[1];
  scratch = args[2];
  zero = e.constant(0);
  one = e.constant(1);

  emitScalars(pointers);
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

  if (k.gemm.hasOwnBlock())
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

/// alpha and beta to scratch: those of a tile, which adds up in a block of its
/// own where it has one, then those of that block's store.
void GemmDriver::emitScalars(Value pointers) {
  Arithmetic math(e, k.compute);
  auto [alpha, last] = loadScalars(math, pointers, 2, params);
  beta = last;
  bool ownBlock = k.gemm.hasOwnBlock();
  math.store(ownBlock ? math.one() : alpha, k.compute,
             scratchAt(k.scratch.scalars));
  if (ownBlock) {
    math.store(alpha, k.compute, scratchAt(k.scratch.scalars + 2 * k.bytes));
    math.store(beta, k.compute, scratchAt(k.scratch.scalars + 3 * k.bytes));
    beta = math.zero();
  }
  for (unsigned j = 0; j < k.vectors; ++j)
    k.store(e.zero(k.numbers(k.lanes)),
            scratchAt(k.scratch.zeros + int64_t(j) * k.lanes * k.bytes));
}

/// All blocks of one batch index and one block of N that the call has.
void GemmDriver::emitBlockColumn(Value number, Value begin, Value end) {
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
    runs(RoleC, k.scratch.cColumns, panels, k.columns, k.scratch.cPanels);
  }
  if (k.gemm.irregularC || k.gemm.storeC == StoreC::Block)
    runs(RoleC, k.scratch.cColumns, e.mul(panels, k.columns / k.chunk), k.chunk,
         k.scratch.cChunks);
  if (k.gemm.packB == PackB::Copy ||
      (k.gemm.packB == PackB::Direct && k.gemm.irregularB))
    runs(RoleB, k.scratch.bColumns, panels, k.columns, k.scratch.bPanels);

  if (k.gemm.storeC == StoreC::TransposeN)
    findSquares();

  if (k.gemm.hasOwnBlock()) {
    e.loop(begin, end, 1,
           [&](Value block) { emitOwnBlock(block, e.equal(block, begin)); });
    return;
  }
  eachDepthBlock([&](Value p0) {
    emitDepthBlock(p0);
    emitDepthTables(p0);
    prepareB();
    e.loop(begin, end, 1, [&](Value block) {
      emitRowTables(block);
      prepareA();
      emitTiles();
    });
  });
}

/// At least once, so that K = 0 writes beta * C.
void GemmDriver::eachDepthBlock(llvm::function_ref<void(Value p0)> body) {
  e.loop(zero, e.max(param(GemmK), one), k.gemm.kc, body);
}

/// A block of C over all of K. What is packed of B stays for the next block if
/// it is all of K.
void GemmDriver::emitOwnBlock(Value number, Value isFirst) {
  emitRowTables(number);
  Value isPart = e.less(e.constant(k.gemm.kc), param(GemmK));
  Value packs = e.either(isFirst, isPart);
  eachDepthBlock([&](Value p0) {
    emitDepthBlock(p0);
    e.ifThen(packs, [&] {
      emitDepthTables(p0);
      prepareB();
    });
    prepareA();
    emitTiles();
  });
  emitFlushBlock();
}

void GemmDriver::emitDepthBlock(Value p0) {
  depth = e.min(e.sub(param(GemmK), p0), e.constant(k.gemm.kc));
  Arithmetic math(e, k.compute);
  math.store(math.select(e.equal(p0, zero), beta, math.one()), k.compute,
             scratchAt(k.scratch.scalars + k.bytes));
}

void GemmDriver::emitDepthTables(Value p0) {
  offsets(kRecords, param(GemmNumK), p0, depth, depth, kRun, FieldA, FieldB,
          k.scratch.aDepth, k.scratch.bDepth);
  const unsigned width = k.chunk * k.step;
  Value chunks = e.div(depth, e.constant(width));
  if (k.gemm.packB == PackB::TransposeK)
    runs(RoleB, k.scratch.bDepth, chunks, width, k.scratch.depthChunks);
  if (k.gemm.packA == PackA::Copy)
    runs(RoleA, k.scratch.aDepth, chunks, width, k.scratch.aChunks);
}

void GemmDriver::emitRowTables(Value number) {
  Value start = e.mul(number, k.gemm.mc);
  rows = e.min(e.sub(param(GemmM), start), e.constant(k.gemm.mc));
  tiles = ceilDiv(rows, e.constant(k.rows));
  Value padded = e.mul(tiles, k.rows);
  offsets(mRecords, param(GemmNumM), start, rows, padded, mRun, FieldA, FieldC,
          k.scratch.aRows, k.scratch.cRows);
  if (k.gemm.packA == PackA::TransposeM)
    runs(RoleA, k.scratch.aRows, e.div(padded, e.constant(k.chunk)), k.chunk,
         k.scratch.aChunks);
}

/// The block of C that the tiles have made, to C.
void GemmDriver::emitFlushBlock() {
  Value groups =
      k.gemm.storeC == StoreC::TransposeN ? wholeGroups() : Value(zero);
  e.loop(zero, rows, 1, [&](Value row) {
    Value from =
        e.offset(scratchAt(k.scratch.block), e.mul(row, k.gemm.nc * k.bytes));
    Value to = e.offset(c, e.loadIndex(entry(k.scratch.cRows, row)));
    e.call(k.part("flush"),
           {from, to, scratchAt(k.scratch.cColumns),
            scratchAt(k.scratch.cChunks), nRun, groups,
            e.mul(panels, k.columns), scratchAt(k.scratch.scalars)});
  });
}

void GemmDriver::emitTiles() {
  if (k.gemm.rowsOuter)
    e.loop(zero, tiles, 1, [&](Value tile) {
      e.loop(zero, panels, 1, [&](Value panel) { emitOneTile(tile, panel); });
    });
  else
    e.loop(zero, panels, 1, [&](Value panel) {
      e.loop(zero, tiles, 1, [&](Value tile) { emitOneTile(tile, panel); });
    });
}

void GemmDriver::emitOneTile(Value tile, Value panel) {
  Value row = e.mul(tile, k.rows), column = e.mul(panel, k.columns);
  Value aStart = a;
  if (k.gemm.packA != PackA::Direct)
    aStart = e.offset(scratchAt(k.scratch.packedA), e.mul(row, k.pitchA));

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

  const bool ownBlock = k.gemm.hasOwnBlock();
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
  } else if (k.biasesA) {
    ahead = e.offset(scratchAt(k.scratch.biases), e.mul(column, k.bytes));
  }
  e.call(k.part("tile"),
         {k.stepsOf(depth), aStart, entry(k.scratch.aRows, row),
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

void emitGemmDriver(const GemmKernel &kernel) { GemmDriver(kernel).emit(); }

} // namespace einc
