// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Extents and cache blocks of the GEMM family.

#ifndef EINC_COMPILER_SCHEDULE_GEMMBLOCKS_H
#define EINC_COMPILER_SCHEDULE_GEMMBLOCKS_H

#include "compiler/Schedule/LabelGroups.h"

namespace einc {

/// Products of the groups, and how n falls into runs: the indices of its
/// innermost loop, padded to runMultiple columns.
struct GemmExtents {
  /// Whether all tiles of `rows` rows, or columns of a run, are whole.
  bool areWholeRows(unsigned rows) const { return !openM && m % rows == 0; }
  bool areWholeColumns(int64_t columns) const {
    return !openRun && run % columns == 0;
  }

  int64_t batch = 1, m = 1, n = 1, k = 1;
  int64_t run = 1, runs = 1;
  unsigned runMultiple = 1;
  /// m and the run are examples: neither is a multiple of anything.
  bool openM = false, openRun = false;
  int64_t paddedRun = 1, paddedN = 1;
};

/// Runs that are not open are padded to whole chunks where n has several loops,
/// runs are no multiple of a chunk, and padding costs at most 15 % (for
/// `squares`, of either TransposeN, which need it, always).
GemmExtents gemmExtents(const LabelGroups &groups, const StepTypes &types,
                        const Target &target, bool squares);

/// gemmChunk of any schedule of these types.
int64_t gemmChunkOf(const StepTypes &types, const Target &target);

/// PackB::Direct: B has the compute type and contiguous columns in runs of a
/// tile or more, fits in the L2 cache, and its rows do not fall on each other
/// there (a multiple of 4096 bytes apart).
bool canReadBInPlace(const LabelGroups &groups, const GemmExtents &extents,
                     const StepTypes &types, const Machine &machine,
                     int64_t columns);

/// PackB::TransposeN: moves the n loop with unit stride in B behind the
/// innermost one, and splits that one if a block of `chunk` of its runs would
/// not fit in the cache. False if B has no such loop.
bool moveUnitLoopSecond(LabelGroups &groups, const StepTypes &types,
                        const Machine &machine);

/// StoreC::TransposeN: moves the n loop with unit stride in B to the front and
/// the one with unit stride in C behind it. False if there are no two such
/// loops of a chunk or more.
bool moveUnitLoopFirst(LabelGroups &groups, const StepTypes &types,
                       const Machine &machine);

/// Sets kc, mc and nc for a tile of tileRows x columns. False if the
/// squares of a TransposeN do not fit.
bool chooseBlocks(const LabelGroups &groups, const GemmExtents &extents,
                  const StepTypes &types, const Machine &machine,
                  int64_t columns, GemmSchedule &gemm);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_GEMMBLOCKS_H
