// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The parts of the GEMM family; each has a file of its own. All operate on
/// "block scatter" tables (Matthews, TBLIS, SISC 2018): every row, column and
/// depth of a cache block has its byte offset in a table, so that the code does
/// not know the rank of a group; where offsets happen to be contiguous, vectors
/// are moved.
///
/// A tile sees numbers of the compute type. Tensors of another type are
/// converted where they are packed and stored. The parts of a complex number
/// stay neighbours everywhere. With dot products, `step` neighbours of k in a
/// panel lie where one number lies without; missing ones are zero.

#ifndef EINC_COMPILER_KERNELS_CPU_GEMM_H
#define EINC_COMPILER_KERNELS_CPU_GEMM_H

#include "compiler/Emit/Emitter.h"
#include "compiler/Schedule/KernelLayout.h"

#include <string>

namespace einc {

/// What every part needs to know.
struct GemmKernel {
  GemmKernel(Emitter &emitter, const Schedule &schedule, llvm::StringRef symbol)
      : e(emitter), gemm(schedule.gemm), types(schedule.types),
        scratch(gemmScratch(schedule, emitter.target())),
        compute(types.compute()), element(emitter.element(compute)),
        bytes(elementBytes(compute)), parts(isComplex(compute) ? 2 : 1),
        lanes(emitter.lanes(compute) / gemm.vectorParts), rows(gemm.tileRows),
        vectors(gemm.tileVectors), columns(vectors * lanes),
        chunk(gemmChunk(schedule, emitter.target())), step(gemm.depthStep),
        panel(gemmPanelType(schedule)), cell(step > 1 ? step : parts),
        biasesA(gemmBiasesA(schedule)), pitchA(gemmPitchA(schedule)),
        symbol(symbol) {}

  Emitter &e;
  const GemmSchedule &gemm;
  const StepTypes &types;
  const GemmScratch scratch;
  const ElementType compute;
  const mlir::Type element; ///< of the compute type's real part
  const unsigned bytes;     ///< of a number of the compute type
  const unsigned parts;     ///< reals of a number
  const unsigned lanes;     ///< numbers of a vector of the tile
  const unsigned rows;      ///< of a register tile
  const unsigned vectors;   ///< of a row of a register tile
  const unsigned columns;   ///< of a register tile
  const unsigned chunk; ///< columns that packs and the edge store move at once
  const unsigned step;  ///< neighbours of k that a tile takes at once
  const ElementType panel; ///< type of elements of panels
  /// Values of a number of a tile, side by side in panels: reals of a complex
  /// number, or `step` neighbours of k.
  const unsigned cell;
  const bool biasesA;   ///< A's bytes are shifted by 128
  const int64_t pitchA; ///< bytes from row to row of a packed block of A
  const std::string symbol;

  std::string part(const char *name) const { return symbol + "." + name; }
  /// Bytes of one step of k of a packed panel of B.
  int64_t panelStep() const { return int64_t(columns) * bytes; }
  /// Bytes of one k of a number of a panel.
  int64_t panelUnit() const { return bytes / step; }
  /// Bytes of an element of a tensor.
  int64_t unit(TensorRole role) const { return types.unit(role); }

  /// Steps that `depth` neighbours of k take.
  mlir::Value stepsOf(mlir::Value depth) const {
    return e.div(e.add(depth, int64_t(step) - 1), e.constant(step));
  }

  /// `count` numbers of the compute type as values.
  mlir::Type numbers(unsigned count) const {
    return e.vector(element, count * parts);
  }
  /// Neighbours stored as `stored`, in the compute type.
  mlir::Value load(ElementType stored, mlir::Value pointer,
                   unsigned count) const;
  void store(mlir::Value numbers, ElementType stored,
             mlir::Value pointer) const;
  /// Neighbours of A or B as panels hold them, and their way into panels.
  mlir::Value loadOperand(TensorRole role, mlir::Value pointer,
                          unsigned count) const;
  void storePanel(mlir::Value numbers, mlir::Value pointer) const;
  /// Of the compute type, as blocks and tiles are.
  mlir::Value load(mlir::Value pointer, unsigned count) const {
    return load(compute, pointer, count);
  }
  void store(mlir::Value numbers, mlir::Value pointer) const {
    store(numbers, compute, pointer);
  }
};

/// `.offsets(records, count of records, start, entries, paddedEntries,
/// paddedRun, xField, yField, xTable, yTable)`: the byte offsets of `entries`
/// indices of a group from `start` on, along the strides at bytes `xField` and
/// `yField` of the records. The innermost loop counts as long as `paddedRun`.
/// Entries that do not exist repeat the last one in x and are NoOffset in y.
void emitOffsets(const GemmKernel &kernel);

/// `.runs(table, groups, width, unit, flags)`: flags[g] = whether the `width`
/// entries of group g are `unit` bytes apart.
void emitRuns(const GemmKernel &kernel);

/// `.tile(steps, a, aRows, aDepth, b, bDepth, c, cRows, cColumn, scalars, tile,
/// direct, ahead)`: one register tile, times alpha. Where B is read in place,
/// the lines at `ahead` + bDepth are asked for. Where A is biased, sums start
/// from those at `ahead`. Direct: C is updated at row
/// offsets cRows and column offset cColumn; else the tile goes to `tile`.
void emitTile(const GemmKernel &kernel);

/// `.store(tile, c, cRows, cColumns, cChunks, scalars)`: updates C with a tile
/// that is cut by an edge or straddles runs of C, chunk by chunk.
void emitStore(const GemmKernel &kernel);

/// `.flush(block, c, cColumns, chunks, run, groups, columns, scalars)`: updates
/// one row of C with a row of the block. Block: by chunks of columns that are
/// contiguous in C by the flags in `chunks`. TransposeN: squares of chunk x
/// chunk columns are transposed where the flag of the first chunk says that C
/// is contiguous from chunk to chunk. The rest goes one by one.
void emitFlush(const GemmKernel &kernel);

/// Packs of B, each over one chunk of columns and the whole depth; `out` is the
/// chunk's place in its panel:
/// `.gather(source, columns, depths, out, depth)`: element by element, unless
///   its columns are contiguous;
/// `.copy(source, depths, out, depth)`: a whole panel, contiguous in source;
/// `.transposek(source, columns, depths, depthChunks, out, depth)`: contiguous
///   along k where depthChunks says so;
/// `.transposen(source, columns, depths, places, packed, run, squares, depth)`:
///   `squares` squares of chunk x chunk columns that follow each other along
///   the second n loop: `chunk` neighbours along the first, and as many, `run`
///   columns apart, along the second, where they are contiguous in source.
void emitPacksOfB(const GemmKernel &kernel);

/// `.tail(place, mask)`: the last step of a panel keeps only the bits of `mask`
/// of every number: those of each k that there is.
void emitTail(const GemmKernel &kernel);

/// `.biases(panel, steps, out)`: what the sums of a panel's columns start from,
/// since A's bytes are shifted.
void emitBiases(const GemmKernel &kernel);

/// `.packa(source, rows, depths, chunks, out, count, depth)`: `count` rows of
/// A. `chunks`: whether chunks of k (PackA::Copy) or of rows (TransposeM) are
/// contiguous in source.
void emitPackOfA(const GemmKernel &kernel);

/// Transposes a square of vectors in registers, of `parts` lanes a number.
Emitter::Values transposeSquare(Emitter &e, Emitter::Values square,
                                unsigned parts);

/// The exported function: loops over blocks, tables, packs and tiles.
void emitGemmDriver(const GemmKernel &kernel);

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_GEMM_H
