// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The cost model of the GEMM family.

#include "compiler/Schedule/GemmCost.h"
#include "compiler/Schedule/RegisterTiles.h"

#include <algorithm>
#include <cmath>

namespace einc {

using PackA = GemmSchedule::PackA;
using PackB = GemmSchedule::PackB;
using StoreC = GemmSchedule::StoreC;

namespace {

/// Speeds in bytes per second and times in seconds of one thread.
constexpr double copySpeed = 55e9, transposeSpeed = 48e9;
constexpr double storeSpeed = 20e9, irregularStoreSpeed = 10e9;
constexpr double scalarElement = 1e-9;
/// Squares read or written across pages of an operand that no cache holds, and
/// a block of C that stays in the L2 cache until it is stored.
constexpr double streamedTransposeSpeed = 9e9, flushSpeed = 25e9,
                 streamedFlushSpeed = 8e9;
/// A panel gathered by chunks.
constexpr double chunkSpeed = 20e9;
/// The store of a tile that is cut costs code besides time: such tiles must
/// gain more than this.
constexpr double irregularPenalty = 1.03;

/// Part of the panels that do not lie within one run of n's innermost loop.
double straddling(const GemmExtents &x, double columns) {
  if (x.run % int64_t(columns) == 0)
    return 0;
  double panels = std::ceil(double(x.paddedN) / columns);
  return x.runs == 1 ? 1 / panels : std::min(1.0, columns / double(x.run));
}

double packBTime(const GemmProblem &p, const GemmSchedule &gemm) {
  double elements = double(p.extents.paddedN) * double(p.extents.k);
  double bytes = double(p.computeUnit()) / gemm.depthStep;
  // A panel that straddles runs is gathered, by chunks where none straddles.
  double gathered = straddling(p.extents, double(p.columns(gemm)));
  int64_t chunk = gemmChunkOf(p.types, p.machine.target);
  double gatherElement =
      p.extents.run % chunk == 0 ? bytes / chunkSpeed : scalarElement;
  bool streamed = elements * bytes > double(p.machine.l3Bytes) / 2;
  // With a block of C of its own, again for every block of rows.
  if (gemm.hasOwnBlock() && p.extents.k > gemm.kc)
    elements *= std::ceil(double(p.extents.m) / double(gemm.mc));
  switch (gemm.packB) {
  case PackB::Direct:
    return elements * gathered * gatherElement;
  case PackB::Copy:
    return elements *
           ((1 - gathered) * bytes / copySpeed + gathered * gatherElement);
  case PackB::TransposeK:
    return elements * bytes / transposeSpeed;
  case PackB::TransposeN:
    return elements * bytes /
           (streamed ? streamedTransposeSpeed : transposeSpeed);
  case PackB::Scalar:
    return elements * scalarElement;
  }
  return 0;
}

/// Whether each element of a block of A lies on a line of its own, and these
/// lines do not stay in the L2 cache.
bool missesA(const GemmProblem &p, const GemmSchedule &gemm) {
  double rows = double(std::min(p.extents.m, gemm.mc));
  double depth = double(std::min(p.extents.k, gemm.kc));
  return p.groups.m[0].strides[RoleA] != p.unit(RoleA) &&
         p.groups.k[0].strides[RoleA] != p.unit(RoleA) &&
         rows * depth * 64 > double(p.machine.l2Bytes) / 2;
}

double readATime(const GemmProblem &p, const GemmSchedule &gemm) {
  double elements = double(p.extents.m) * double(p.extents.k);
  double width = double(p.extents.paddedN);
  double element = double(p.computeUnit()) / gemm.depthStep;
  switch (gemm.packA) {
  case PackA::Direct:
    break;
  case PackA::Copy:
    return elements * std::ceil(width / double(gemm.nc)) * element / chunkSpeed;
  case PackA::TransposeM:
    return elements * std::ceil(width / double(gemm.nc)) * element /
           chunkSpeed * 1.5;
  case PackA::Scalar:
    return elements * std::ceil(width / double(gemm.nc)) * scalarElement;
  }
  if (!missesA(p, gemm))
    return 0;
  return elements * std::ceil(width / double(p.columns(gemm))) * scalarElement;
}

double storeTime(const GemmProblem &p, const GemmSchedule &gemm) {
  double elements = double(p.extents.m) * double(p.extents.n);
  double bytes = double(p.unit(RoleC));
  double times = std::ceil(double(p.extents.k) / double(gemm.kc));
  if (gemm.hasOwnBlock()) {
    double block = elements * double(p.computeUnit());
    bool transposes = gemm.storeC == StoreC::TransposeN;
    if (!transposes && p.groups.n[0].strides[RoleC] != p.unit(RoleC))
      return elements * 3 * scalarElement + times * block / storeSpeed;
    bool streamed =
        transposes && elements * bytes > double(p.machine.l3Bytes) / 2;
    return block / (streamed ? streamedFlushSpeed : flushSpeed) +
           (times - 1) * block / storeSpeed;
  }
  // By way of a tile in memory, then one by one.
  if (p.groups.n[0].strides[RoleC] != p.unit(RoleC))
    return elements * times * 3 * scalarElement;
  double direct = elements * bytes / storeSpeed;
  double wholeColumns = 1 - straddling(p.extents, double(p.columns(gemm)));
  double wholeRows = 1;
  if (p.extents.m % gemm.tileRows != 0)
    wholeRows = 1 - 1 / std::ceil(double(p.extents.m) / gemm.tileRows);
  double irregular = 1 - wholeColumns * wholeRows;
  double extra = 2 * elements * bytes / irregularStoreSpeed;
  // Chunks that straddle runs are stored one by one.
  if (p.extents.runs > 1 &&
      p.extents.paddedRun % gemmChunkOf(p.types, p.machine.target) != 0)
    extra = elements * 3 * scalarElement;
  return times * (direct + irregular * extra);
}

double computeTime(const GemmProblem &p, const GemmSchedule &gemm) {
  double efficiency = 0.5;
  const ElementType compute = p.types.compute();
  for (const RegisterTile &tile : registerTiles(p.machine.target, compute))
    if (tile.rows == gemm.tileRows && tile.vectors == gemm.tileVectors &&
        tile.parts == gemm.vectorParts)
      efficiency = tile.efficiency;
  // Units wider than the tile's vectors are not filled.
  double registerBytes = p.machine.target.vectorBytes();
  double units = std::min<double>(p.machine.fmaBytes, registerBytes);
  efficiency *= std::min(1.0, registerBytes / gemm.vectorParts / units);
  double columns = double(p.columns(gemm));
  double rows = std::ceil(double(p.extents.m) / gemm.tileRows) * gemm.tileRows;
  double width = std::ceil(double(p.extents.paddedN) / columns) * columns;
  double operations = isComplex(compute) ? 8 : 2;
  double peak = peakFlops(p.machine.target, compute, gemm.depthStep);
  double depth =
      std::ceil(double(p.extents.k) / gemm.depthStep) * gemm.depthStep;
  double time = operations * rows * width * depth / (peak * efficiency);
  return gemm.irregularC ? time * irregularPenalty : time;
}

} // namespace

PackA choosePackA(const GemmProblem &p, const GemmSchedule &gemm) {
  const Loop &m = p.groups.m[0], &k = p.groups.k[0];
  int64_t row = m.strides[RoleA];
  bool isWide = p.extents.paddedN >= 4 * p.columns(gemm);
  bool aliases = row != 0 && row % 4096 == 0 && p.extents.k >= 256;
  bool converts = p.types.of(RoleA) != p.types.compute() || gemm.depthStep > 1;
  if (!converts && !(isWide && (missesA(p, gemm) || aliases)))
    return PackA::Direct;
  int64_t chunk = gemmChunkOf(p.types, p.machine.target);
  if (k.strides[RoleA] == p.unit(RoleA) && k.extent >= chunk)
    return PackA::Copy;
  if (row == p.unit(RoleA) && m.extent >= chunk)
    return PackA::TransposeM;
  return PackA::Scalar;
}

double gemmTime(const GemmProblem &p, const GemmSchedule &gemm) {
  return double(p.extents.batch) * (computeTime(p, gemm) + packBTime(p, gemm) +
                                    readATime(p, gemm) + storeTime(p, gemm));
}

} // namespace einc
