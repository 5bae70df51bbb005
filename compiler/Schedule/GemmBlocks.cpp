// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Cache blocks. Block sizes hardly matter within a factor of two, so they are
/// taken from few values: equal schedules share a kernel.

#include "compiler/Schedule/GemmBlocks.h"
#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/KernelLayout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace einc {

using PackB = GemmSchedule::PackB;
using StoreC = GemmSchedule::StoreC;

static int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }
static int64_t roundUp(int64_t a, int64_t b) { return ceilDiv(a, b) * b; }

/// Bytes of a number in a register or a block of C of its own.
static int64_t computeUnit(const StepTypes &types) {
  return int64_t(elementBytes(types.compute()));
}

/// Bytes of a number in a panel.
static int64_t panelUnit(const StepTypes &types, const Target &target) {
  return computeUnit(types) / gemmDepthStep(types, target);
}

int64_t gemmChunkOf(const StepTypes &types, const Target &target) {
  return std::min<int64_t>(target.vectorBytes() / computeUnit(types), 8);
}

GemmExtents gemmExtents(const LabelGroups &groups, const StepTypes &types,
                        const Target &target, bool squares) {
  GemmExtents x;
  x.batch = loopProduct(groups.batch);
  x.m = loopProduct(groups.m);
  x.n = loopProduct(groups.n);
  x.k = loopProduct(groups.k);
  x.run = groups.n[0].extent;
  x.runs = x.n / x.run;
  x.openM = std::ranges::any_of(groups.m, &Loop::open);
  x.openRun = groups.n[0].open;
  int64_t chunk = gemmChunkOf(types, target);
  x.paddedRun = roundUp(x.run, chunk);
  bool cheap = x.run >= chunk && double(x.paddedRun) <= 1.15 * double(x.run);
  if (groups.n.size() > 1 && x.paddedRun != x.run && !x.openRun &&
      (cheap || squares))
    x.runMultiple = unsigned(chunk);
  else
    x.paddedRun = x.run;
  x.paddedN = x.paddedRun * x.runs;
  return x;
}

bool canReadBInPlace(const LabelGroups &groups, const GemmExtents &extents,
                     const StepTypes &types, const Machine &machine,
                     int64_t columns) {
  int64_t unit = types.unit(RoleB);
  int64_t row = groups.k[0].strides[RoleB];
  bool aliases = row != 0 && row % 4096 == 0 && extents.k > 16;
  return types.of(RoleB) == types.compute() &&
         gemmDepthStep(types, machine.target) == 1 &&
         groups.n[0].strides[RoleB] == unit && extents.run >= columns &&
         !aliases &&
         double(extents.n) * double(extents.k) * double(unit) <=
             double(machine.l2Bytes);
}

/// Bytes for a packed block of B: the rest of the L2 cache is for A and C.
static int64_t budgetB(const Machine &machine) {
  return int64_t(machine.l2Bytes) / 4 * 3;
}

/// The longest block of k: 384 floats where a row of A's panel is cheap to keep
/// in the L1 cache, 256 with short vectors.
static int64_t maxDepth(const StepTypes &types, const Machine &machine) {
  int64_t bytes =
      machine.target.isa == Target::ISA::X86_64_V4 ? 384 * 4 : 256 * 4;
  return bytes / panelUnit(types, machine.target);
}

/// The n loop with unit stride in B, if it is another one than the innermost
/// and both have a chunk or more, which squares need; else the end.
static Loops::iterator findUnitLoopOfB(Loops &n, int64_t unit, int64_t chunk) {
  auto found = std::find_if(n.begin(), n.end(), [&](const Loop &loop) {
    return loop.strides[RoleB] == unit;
  });
  bool fits = found != n.end() && found != n.begin() &&
              found->extent >= chunk && n[0].extent >= chunk;
  return fits ? found : n.end();
}

bool moveUnitLoopSecond(LabelGroups &groups, const StepTypes &types,
                        const Machine &machine) {
  const int64_t unit = panelUnit(types, machine.target);
  const int64_t chunk = gemmChunkOf(types, machine.target);
  Loops &n = groups.n;
  auto found = findUnitLoopOfB(n, types.unit(RoleB), chunk);
  if (found == n.end())
    return false;
  std::rotate(n.begin() + 1, found, found + 1);

  int64_t depth = std::min(loopProduct(groups.k), maxDepth(types, machine));
  auto fits = [&](int64_t run) {
    return double(run) * double(chunk) * double(depth) * double(unit) <=
           double(budgetB(machine)) / 2;
  };
  if (fits(n[0].extent))
    return true;
  // A long run is split into an inner part of whole chunks, as long as fits.
  for (int64_t inner = 1024; inner >= chunk; inner -= chunk) {
    if (inner >= n[0].extent || n[0].extent % inner != 0 || !fits(inner))
      continue;
    Loop outer = n[0];
    outer.extent /= inner;
    for (int64_t &stride : outer.strides)
      stride *= inner;
    n[0].extent = inner;
    n.insert(n.begin() + 2, outer);
    break;
  }
  return true;
}

bool moveUnitLoopFirst(LabelGroups &groups, const StepTypes &types,
                       const Machine &machine) {
  Loops &n = groups.n;
  auto found =
      findUnitLoopOfB(n, types.unit(RoleB), gemmChunkOf(types, machine.target));
  if (found == n.end() || n[0].strides[RoleC] != types.unit(RoleC))
    return false;
  std::rotate(n.begin(), found, found + 1);
  return true;
}

/// A transposed block of C stays in half of the L2 cache, and holds whole
/// squares. Rows are one block, unless B is packed anyway.
static bool blockTransposedC(const LabelGroups &groups,
                             const GemmExtents &extents, const StepTypes &types,
                             const Machine &machine, int64_t columns,
                             GemmSchedule &gemm) {
  const int64_t least =
      std::lcm(columns, gemmChunkOf(types, machine.target) * extents.paddedRun);
  gemm.mc = roundUp(std::min<int64_t>(extents.m, 96), gemm.tileRows);
  int64_t budget =
      std::min(int64_t(machine.l2Bytes) / 2 / (gemm.mc * computeUnit(types)),
               GemmSchedule::maxBlock);
  bool oneBlock = extents.k <= gemm.kc && extents.m <= gemm.mc;
  if ((gemm.packB == PackB::Direct && !oneBlock) || least > budget)
    return false;
  if (extents.k <= gemm.kc)
    gemm.kc = roundUp(extents.k, 8);
  // The whole second loop, so that lines of C are written from end to end.
  int64_t parts = ceilDiv(groups.n[1].extent * extents.paddedRun, least);
  int64_t most = budget / least;
  gemm.nc = least * ceilDiv(parts, ceilDiv(parts, most));
  return true;
}

/// nc and kc so that groups of chunk runs are whole within a block.
static bool blockTransposeN(const LabelGroups &groups,
                            const GemmExtents &extents, const StepTypes &types,
                            const Machine &machine, int64_t columns,
                            GemmSchedule &gemm) {
  const int64_t unit = panelUnit(types, machine.target);
  const int64_t group = gemmChunkOf(types, machine.target) * extents.paddedRun;
  const int64_t least = std::lcm(columns, group);
  const int64_t budget = budgetB(machine) / unit;
  if (least > std::min(budget / 8, GemmSchedule::maxBlock))
    return false;
  const int64_t depth = std::min(roundUp(extents.k, 8), gemm.kc);

  // Best is the whole second loop, so that lines of B are read from end to
  // end, in one or two blocks of k: that pays even where the packed block
  // lies partly in the L3 cache.
  int64_t second = groups.n[1].extent * extents.paddedRun;
  int64_t groupsOfSecond = ceilDiv(second, least);
  int64_t whole = second % columns == 0 ? second : least * groupsOfSecond;
  for (int64_t kc : {depth, roundUp(ceilDiv(depth, 2), 8)})
    if (double(whole) * double(kc) * double(unit) <=
            2 * double(machine.l2Bytes) &&
        whole <= GemmSchedule::maxBlock) {
      gemm.nc = whole;
      gemm.kc = kc;
      return true;
    }

  gemm.kc = std::min(depth, budget / least / 8 * 8);
  if (gemm.kc < std::min<int64_t>(extents.k, 32))
    return false;
  // Else parts of it of equal width.
  int64_t most = std::max<int64_t>(
      std::min(budget / gemm.kc, GemmSchedule::maxBlock) / least, 1);
  gemm.nc = least * ceilDiv(groupsOfSecond, ceilDiv(groupsOfSecond, most));
  return true;
}

bool chooseBlocks(const LabelGroups &groups, const GemmExtents &extents,
                  const StepTypes &types, const Machine &machine,
                  int64_t columns, GemmSchedule &gemm) {
  const int64_t unit = panelUnit(types, machine.target);
  gemm.kc = maxDepth(types, machine);
  if (extents.k > gemm.kc) {
    int64_t blocks = ceilDiv(extents.k, gemm.kc);
    gemm.kc = std::min(gemm.kc, roundUp(ceilDiv(extents.k, blocks), 32));
  }

  if (gemm.storeC == StoreC::TransposeN)
    return blockTransposedC(groups, extents, types, machine, columns, gemm);
  if (gemm.packB == PackB::TransposeN) {
    if (!blockTransposeN(groups, extents, types, machine, columns, gemm))
      return false;
  } else {
    int64_t width = 512;
    if (gemm.packB != PackB::Direct)
      width = std::min<int64_t>(1024, budgetB(machine) /
                                          (maxDepth(types, machine) * unit));
    // Half of it is for the block of C.
    if (gemm.storeC == StoreC::Block)
      width /= 2;
    gemm.nc = std::max(width / columns, int64_t(1)) * columns;
    // Blocks of equal width, in steps that keep the number of kernels small.
    if (extents.paddedN > gemm.nc) {
      int64_t blocks = ceilDiv(extents.paddedN, gemm.nc);
      int64_t step = std::lcm(columns, int64_t(64));
      gemm.nc =
          std::min(gemm.nc, roundUp(ceilDiv(extents.paddedN, blocks), step));
    }
  }

  // The highest block that still leaves grains for threads, if there is work
  // for them.
  double work = double(extents.batch) * double(extents.m) * double(extents.n) *
                double(extents.k);
  double wanted = std::floor(std::min(8.0, work / double(ThreadWork)));
  double columnBlocks =
      double(extents.batch) * double(ceilDiv(extents.paddedN, gemm.nc));
  int64_t most = 192;
  if (gemm.storeC == StoreC::Block)
    most = std::max<int64_t>(
        int64_t(machine.l2Bytes) / 3 / (gemm.nc * computeUnit(types)), 48);
  for (int64_t rows : {192, 128, 96, 64, 48}) {
    if (rows > most)
      continue;
    gemm.mc = roundUp(rows, gemm.tileRows);
    if (columnBlocks * double(ceilDiv(extents.m, gemm.mc)) >= wanted)
      break;
  }
  return true;
}

} // namespace einc
