// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The driver's state, shared by the files that emit its parts.

#ifndef EINC_COMPILER_KERNELS_CPU_GEMMDRIVER_H
#define EINC_COMPILER_KERNELS_CPU_GEMMDRIVER_H

#include "compiler/Kernels/CPU/GemmFactor.h"

namespace einc {

/// One emission of the exported function: what its parts share.
class GemmDriver {
public:
  explicit GemmDriver(const GemmKernel &kernel) : k(kernel), e(kernel.e) {}
  void emit();

private:
  void emitBlockColumn(mlir::Value number, mlir::Value begin, mlir::Value end);
  void emitScalars(mlir::Value pointers);
  void eachDepthBlock(llvm::function_ref<void(mlir::Value p0)> body);
  void emitOwnBlock(mlir::Value number, mlir::Value isFirst);
  void emitDepthBlock(mlir::Value p0);
  void emitDepthTables(mlir::Value p0);
  void emitRowTables(mlir::Value number);
  void emitFlushBlock();
  void emitTiles();
  void emitOneTile(mlir::Value tile, mlir::Value panel);

  // Of blocks of A and B, and squares of B or of C: GemmPanels.cpp.
  void prepareA();
  void prepareB();
  void finishSteps();
  void packPanels();
  void packTransposeN();
  void gatherChunk(mlir::Value column);
  mlir::Value isSquare(int64_t columns, int64_t unit, mlir::Value column);
  mlir::Value wholeGroups();
  void findSquares();

  mlir::Value scratchAt(int64_t bytes) { return e.offset(scratch, bytes); }
  mlir::Value param(unsigned word) { return e.loadIndex(params, 8 * word); }
  mlir::Value ceilDiv(mlir::Value a, mlir::Value b) {
    return e.div(e.add(a, e.sub(b, one)), b);
  }
  mlir::Value entry(int64_t table, mlir::Value index) {
    return e.offset(scratchAt(table), e.mul(index, 8));
  }
  void offsets(mlir::Value records, mlir::Value numRecords, mlir::Value start,
               mlir::Value entries, mlir::Value padded, mlir::Value run,
               int64_t xField, int64_t yField, int64_t xTable, int64_t yTable) {
    e.call(k.part("offsets"), {records, numRecords, start, entries, padded, run,
                               e.constant(xField), e.constant(yField),
                               scratchAt(xTable), scratchAt(yTable)});
  }
  /// Flags for `groups` of `width` elements of a tensor.
  void runs(TensorRole role, int64_t table, mlir::Value groups, unsigned width,
            int64_t flags) {
    e.call(k.part("runs"), {scratchAt(table), groups, e.constant(width),
                            e.constant(k.unit(role)), scratchAt(flags)});
  }
  /// Start of a panel in the packed block of B.
  mlir::Value panelOfB(mlir::Value panel) {
    return e.offset(scratchAt(k.scratch.packedB),
                    e.mul(panel, e.mul(k.stepsOf(depth), k.panelStep())));
  }

  const GemmKernel &k;
  Emitter &e;
  mlir::Value zero, one;
  // Arguments and what is read once.
  mlir::Value params, scratch;
  Number beta;
  mlir::Value batchRecords, mRecords, nRecords, kRecords;
  mlir::Value mRun, nRun, kRun;
  // Of the current block.
  mlir::Value a, b, c, depth, panels, rows, tiles;
};

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_GEMMDRIVER_H
