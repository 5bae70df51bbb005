// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Schedules of the GEMM family: how B is packed, which tile, which blocks.
/// Every tile and way of packing is costed; the model is a roofline with the
/// speeds measured for each kind of pack.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/GemmBlocks.h"
#include "compiler/Schedule/RegisterTiles.h"

#include <algorithm>
#include <cmath>

namespace einc {

using PackB = GemmSchedule::PackB;

Family chooseFamily(double m, double n, double k) {
  bool gemm = k >= 2 && std::min(m, n) >= 2 && std::max(m, n) >= 4 &&
              m * n >= 16 && m * n * k >= 4096;
  return gemm ? Family::Gemm : Family::General;
}

namespace {

/// Speeds in bytes per second and times in seconds of one thread.
constexpr double copySpeed = 55e9, transposeSpeed = 48e9;
constexpr double storeSpeed = 20e9, irregularStoreSpeed = 10e9;
constexpr double scalarElement = 1e-9;
/// The store of a tile that is cut costs code besides time: such tiles must
/// gain more than this.
constexpr double irregularPenalty = 1.03;

/// What the costs of all candidates share.
struct Problem {
  const LabelGroups &groups;
  const GemmExtents &extents;
  ElementType element;
  const Machine &machine;
  double bytes = double(elementBytes(element));
  int64_t unit = int64_t(elementBytes(element));
};

/// Part of the panels that do not lie within one run of n's innermost loop.
double straddling(const GemmExtents &x, double columns) {
  if (x.run % int64_t(columns) == 0)
    return 0;
  double panels = std::ceil(double(x.paddedN) / columns);
  return x.runs == 1 ? 1 / panels : std::min(1.0, columns / double(x.run));
}

double packBTime(const Problem &p, const GemmSchedule &gemm, double columns) {
  double elements = double(p.extents.paddedN) * double(p.extents.k);
  // A panel that straddles runs is gathered.
  double gathered = straddling(p.extents, columns);
  switch (gemm.packB) {
  case PackB::Direct:
    return elements * gathered * scalarElement;
  case PackB::Copy:
    return elements *
           ((1 - gathered) * p.bytes / copySpeed + gathered * scalarElement);
  case PackB::TransposeK:
  case PackB::TransposeN:
    return elements * p.bytes / transposeSpeed;
  case PackB::Scalar:
    return elements * scalarElement;
  }
  return 0;
}

/// Whether both of A's innermost loops jump from line to line.
bool scattersA(const Problem &p) {
  return p.groups.m[0].strides[RoleA] != p.unit &&
         p.groups.k[0].strides[RoleA] != p.unit;
}

/// A is broadcast from where it lies, unless the lines of a block do not stay
/// in the L2 cache (every element on a line of its own) or fall on each other
/// (rows a multiple of 4096 bytes apart) while many panels read it.
bool shouldPackA(const Problem &p, const GemmSchedule &gemm, double columns) {
  if (double(p.extents.paddedN) < 4 * columns)
    return false;
  double rows = double(std::min(p.extents.m, gemm.mc));
  double depth = double(std::min(p.extents.k, gemm.kc));
  if (scattersA(p) && rows * depth * 64 > double(p.machine.l2Bytes) / 2)
    return true;
  return p.groups.m[0].strides[RoleA] % 4096 == 0 && p.extents.k >= 256;
}

double readATime(const Problem &p, const GemmSchedule &gemm, double columns) {
  double elements = double(p.extents.m) * double(p.extents.k);
  double times = std::ceil(double(p.extents.paddedN) / double(gemm.nc));
  if (gemm.packA)
    return elements * times * scalarElement;
  double rows = double(std::min(p.extents.m, gemm.mc));
  double depth = double(std::min(p.extents.k, gemm.kc));
  if (!scattersA(p) || rows * depth * 64 <= double(p.machine.l2Bytes) / 2)
    return 0;
  return elements * std::ceil(double(p.extents.paddedN) / columns) *
         scalarElement;
}

double storeTime(const Problem &p, const GemmSchedule &gemm, double columns,
                 double rows) {
  double elements = double(p.extents.m) * double(p.extents.n);
  double times = std::ceil(double(p.extents.k) / double(gemm.kc));
  // By way of a tile in memory, then one by one.
  if (p.groups.n[0].strides[RoleC] != p.unit)
    return elements * times * 3 * scalarElement;
  double direct = elements * p.bytes / storeSpeed;
  double wholeColumns = 1 - straddling(p.extents, columns);
  double wholeRows = 1;
  if (p.extents.m % int64_t(rows) != 0)
    wholeRows = 1 - 1 / std::ceil(double(p.extents.m) / rows);
  double irregular = 1 - wholeColumns * wholeRows;
  double extra = 2 * elements * p.bytes / irregularStoreSpeed;
  // Runs shorter than a chunk are stored one by one.
  if (p.extents.runs > 1 &&
      p.extents.paddedRun % int64_t(gemmChunkOf(p.element, p.machine.target)) !=
          0)
    extra = elements * 3 * scalarElement;
  return times * (direct + irregular * extra);
}

double computeTime(const Problem &p, const RegisterTile &tile, double columns) {
  double rows = std::ceil(double(p.extents.m) / tile.rows) * tile.rows;
  double width = std::ceil(double(p.extents.paddedN) / columns) * columns;
  double peak = peakFlops(p.machine.target) * 4 / p.bytes;
  return 2 * rows * width * double(p.extents.k) / (peak * tile.efficiency);
}

/// Fills in what follows from the way of packing and the tile; the time of one
/// batch index. Negative: the blocks do not fit.
double finishGemm(const Problem &p, const RegisterTile &tile,
                  GemmSchedule &gemm) {
  gemm.tileRows = tile.rows;
  gemm.tileVectors = tile.vectors;
  int64_t columns = tile.vectors * p.machine.target.vectorBytes() / p.unit;
  if (!chooseBlocks(p.groups, p.extents, p.element, p.machine, columns, gemm))
    return -1;
  bool padded = gemm.runMultiple != 1;
  bool wholeColumns = p.extents.run % columns == 0 && !padded;
  gemm.irregularC = !wholeColumns || p.extents.m % tile.rows != 0 ||
                    p.groups.n[0].strides[RoleC] != p.unit;
  gemm.irregularB = gemm.packB == PackB::Direct && !wholeColumns;
  gemm.packA = shouldPackA(p, gemm, double(columns));
  double cBytes = p.bytes * double(p.extents.batch) * double(p.extents.m) *
                  double(p.extents.n);
  gemm.rowsOuter = p.extents.k <= 64 && cBytes > double(p.machine.l2Bytes);
  gemm.coldDriver = p.extents.k > 32;
  double time = computeTime(p, tile, double(columns));
  if (gemm.irregularC)
    time *= irregularPenalty;
  return time + packBTime(p, gemm, double(columns)) +
         readATime(p, gemm, double(columns)) +
         storeTime(p, gemm, double(columns), tile.rows);
}

/// Costs all tiles for one way of packing B.
void tryTiles(const LabelGroups &groups, PackB packB, ElementType element,
              const Machine &machine, GemmChoice &best) {
  GemmExtents extents = gemmExtents(groups, element, machine.target, packB);
  Problem problem{groups, extents, element, machine};
  for (const RegisterTile &tile : registerTiles(machine.target)) {
    GemmSchedule gemm;
    gemm.packB = packB;
    gemm.runMultiple = extents.runMultiple;
    int64_t columns =
        tile.vectors * machine.target.vectorBytes() / problem.unit;
    if (packB == PackB::Direct &&
        !canReadBInPlace(groups, extents, element, machine, columns))
      continue;
    if (packB == PackB::Copy && extents.run < columns)
      continue;
    double time = finishGemm(problem, tile, gemm);
    if (time < 0)
      continue;
    time *= double(extents.batch);
    if (best.seconds != 0 && time >= best.seconds)
      continue;
    best.seconds = time;
    best.groups = groups;
    best.schedule.family = Family::Gemm;
    best.schedule.element = element;
    best.schedule.gemm = gemm;
  }
}

} // namespace

GemmChoice chooseGemm(LabelGroups groups, ElementType element,
                      const Machine &machine) {
  for (Loops *loops : {&groups.m, &groups.n, &groups.k})
    if (loops->empty())
      loops->push_back({});
  GemmChoice best;
  const int64_t unit = int64_t(elementBytes(element));
  const int64_t chunk = gemmChunkOf(element, machine.target);
  if (groups.n[0].strides[RoleB] == unit) {
    tryTiles(groups, PackB::Direct, element, machine, best);
    tryTiles(groups, PackB::Copy, element, machine, best);
  } else if (groups.k[0].strides[RoleB] == unit &&
             groups.k[0].extent >= chunk) {
    tryTiles(groups, PackB::TransposeK, element, machine, best);
  } else if (LabelGroups moved = groups;
             moveUnitLoopSecond(moved, element, machine)) {
    tryTiles(moved, PackB::TransposeN, element, machine, best);
  }
  // Always possible. The squares of TransposeN may need much padding; other
  // ways are never worse than this one.
  if (best.seconds == 0 || best.schedule.gemm.packB == PackB::TransposeN)
    tryTiles(groups, PackB::Scalar, element, machine, best);
  return best;
}

} // namespace einc
