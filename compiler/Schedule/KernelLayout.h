// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The contract between the steps that call a kernel and the code of the
/// kernel: pointers, params, grains and scratch of each family.

#ifndef EINC_COMPILER_SCHEDULE_KERNELLAYOUT_H
#define EINC_COMPILER_SCHEDULE_KERNELLAYOUT_H

#include "compiler/Schedule/Schedule.h"

namespace einc {

/// Pointers of every kernel: the output, then the operands, then {alpha, beta}
/// in the compute type. Result: out = alpha * value + beta * out; beta == 0
/// means that the output is not read.
///
/// Params of every kernel: a head, then loop records of four words: extent in
/// elements, then the strides in bytes of output, operand 0, operand 1 (0 where
/// the tensor has no such axis). Groups follow each other, innermost loop
/// first.
struct LoopRecord {
  int64_t extent;
  int64_t strides[3]; ///< output, operand 0, operand 1
};
constexpr unsigned LoopRecordWords = 4;

/// The first word of every head: not 0, then beta counts as 1.
constexpr unsigned AccumulateParam = 0;

/// Head of the families Outer, Permute, Reduce, Dot, Gemv and Small: numbers of
/// records, then records of batch, m, n, k. Which loops a group has, and what a
/// grain is, stands in the family's schedule header.
enum GroupedParam : unsigned {
  GroupedAccumulate,
  GroupedNumBatch,
  GroupedNumM,
  GroupedNumN,
  GroupedNumK,
  GroupedHead
};

/// Head of the Gemm family; records: batch, m, n, k.
/// Operand 0 is A (batch, m, k), operand 1 is B (batch, n, k).
/// Grains: blocks of mc x nc; grain = (batch * nBlocks + nBlock) * mBlocks +
/// mBlock. Extents m, n are products of the group's loops, n with its innermost
/// loop padded to runMultiple. Each of m, n, k has at least one record (perhaps
/// of extent 1); an extent of 0 in m, n or batch gives no grains, in k the
/// kernel writes beta * C.
enum GemmParam : unsigned {
  GemmAccumulate, ///< not 0: beta counts as 1
  GemmM,
  GemmN, ///< padded
  GemmK,
  GemmMBlocks,
  GemmNBlocks,
  GemmNumBatch, ///< numbers of records
  GemmNumM,
  GemmNumN,
  GemmNumK,
  GemmHead
};

/// Head of the General family; records: output loops, then reduction loops.
/// Grains: lines along the innermost output loop x, i.e. the product of the
/// extents of the other output loops. There is at least one output record and,
/// if the schedule reduces, at least one reduction record.
enum GeneralParam : unsigned {
  GeneralAccumulate, ///< not 0: beta counts as 1
  GeneralNumOutput,  ///< numbers of records
  GeneralNumReduction,
  GeneralReductionOuter, ///< product of reduction extents but the innermost
  GeneralHead
};

/// Scratch of a Gemm kernel in bytes from its start: tables of byte offsets and
/// of flags, 8 bytes an entry, packed panels, a block of C where it is stored
/// by way of one, one tile of C. All parts are 64-byte aligned; 64 bytes after
/// each table may be overwritten.
struct GemmScratch {
  int64_t aRows;    ///< offset in A of each row of the block [mc]
  int64_t cRows;    ///< offset in C of each row [mc]; NoOffset: past the edge
  int64_t bColumns; ///< offset in B of each column [nc]
  int64_t cColumns; ///< offset in C of each column [nc]; NoOffset: padding
  int64_t aDepth;   ///< offset in A of each k of the block [kc]
  int64_t bDepth;   ///< offset in B of each k [kc]
  int64_t packedDepth; ///< k * columns of a tile, in bytes [kc]
  int64_t cPanels; ///< whether a tile's columns are contiguous in C [nc / cols]
  int64_t bPanels; ///< the same in B [nc / columns]
  int64_t aChunks; ///< whether a chunk of k [kc / chunk] or, transposed, of
                   ///< rows [mc / chunk] is contiguous in A
  int64_t cChunks; ///< the same for chunks in C, or with StoreC::TransposeN
                   ///< whether a square starts here [nc / chunk]
  int64_t depthChunks; ///< whether a chunk of k is contiguous in B [kc / chunk]
  int64_t places;      ///< where a chunk lies in the packed block [nc / chunk]
  int64_t packedA;     ///< [mc][kc], rows gemmPitchA apart
  int64_t packedB;     ///< [nc / columns][kc / depthStep][columns][depthStep]
  int64_t biases;      ///< what sums of products start from [nc]
  int64_t blockRows;   ///< offset of each row in a block of C of its own [mc]
  int64_t block;       ///< that block [mc][nc]
  int64_t scalars;     ///< alpha and beta of a tile, those of the block's store
  int64_t zeros;       ///< what is read instead of C when beta is 0 [columns]
  int64_t tile;        ///< [rows][columns]
  int64_t bytes;       ///< of all
};
GemmScratch gemmScratch(const Schedule &schedule, const Target &target);

/// Marks rows and columns of C that do not exist.
constexpr int64_t NoOffset = INT64_MIN;

/// Columns of a register tile.
unsigned gemmTileColumns(const Schedule &schedule, const Target &target);

/// Columns moved at once by transposing packs and by the edge store:
/// min(numbers of a vector, 8).
unsigned gemmChunk(const Schedule &schedule, const Target &target);

/// The best depthStep for types on a target.
unsigned gemmDepthStep(const StepTypes &types, const Target &target);

/// Type of the elements of panels: with dot products bf16, i16 or bytes, else
/// the compute type.
ElementType gemmPanelType(const Schedule &schedule);

/// Dot products of bytes take one operand without sign and one with sign. Where
/// both are of one kind, 128 is added to those of A (modulo 256), and what that
/// is too much is taken back by sums of columns of B.
bool gemmBiasesA(const Schedule &schedule);

/// Bytes from row to row of a packed block of A: an odd number of cache lines,
/// so that the rows of a tile do not fall on each other.
int64_t gemmPitchA(const Schedule &schedule);

/// Vector registers that a register tile keeps live in its loop.
unsigned gemmTileRegisters(const Schedule &schedule, const Target &target);

/// Scratch of any kernel, in bytes.
uint64_t scratchBytes(const Schedule &schedule, const Target &target);

/// Whether a schedule (that parses) fits a target and its types: the tile the
/// registers, nc the tile's columns, runMultiple the chunk; what has another
/// type than the compute type is packed, halves are stored by way of a block.
/// Error: InvalidArgument.
Result<Success> checkSchedule(const Schedule &schedule, const Target &target);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_KERNELLAYOUT_H
