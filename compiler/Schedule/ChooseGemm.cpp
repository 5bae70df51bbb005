// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Schedules of the GEMM family: how B is packed, which tile, which blocks.
/// Every tile and sensible way of packing is costed.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/GemmCost.h"
#include "compiler/Schedule/KernelLayout.h"
#include "compiler/Schedule/RegisterTiles.h"

#include <algorithm>
#include <cmath>

namespace einc {

using PackB = GemmSchedule::PackB;
using StoreC = GemmSchedule::StoreC;

namespace {

/// What follows from the way of packing and the tile. False if the blocks do
/// not fit.
bool finishGemm(const GemmProblem &p, GemmSchedule &gemm) {
  const int64_t columns = p.columns(gemm);
  if (!chooseBlocks(p.groups, p.extents, p.types, p.machine, columns, gemm))
    return false;
  bool wholeColumns =
      p.extents.areWholeColumns(columns) && p.extents.runMultiple == 1;
  gemm.irregularC = !gemm.hasOwnBlock() &&
                    (!wholeColumns || !p.extents.areWholeRows(gemm.tileRows) ||
                     p.groups.n[0].strides[RoleC] != p.unit(RoleC));
  gemm.irregularB = gemm.packB == PackB::Direct && !wholeColumns;
  gemm.packA = choosePackA(p, gemm);
  double cBytes = double(p.unit(RoleC)) * double(p.extents.batch) *
                  double(p.extents.m) * double(p.extents.n);
  gemm.rowsOuter = p.extents.k <= 64 && cBytes > double(p.machine.l2Bytes);
  gemm.coldDriver = p.extents.k > 32;
  return true;
}

/// Costs all tiles for one way of packing B and storing C.
void tryTiles(const LabelGroups &groups, PackB packB, StoreC storeC,
              const StepTypes &types, const Machine &machine,
              GemmChoice &best) {
  GemmExtents extents =
      gemmExtents(groups, types, machine.target,
                  packB == PackB::TransposeN || storeC == StoreC::TransposeN);
  GemmProblem problem{groups, extents, types, machine};
  bool isBest = false;
  // From 30 live registers of 32 on the register allocator spills.
  const unsigned registers = std::min(machine.target.vectorRegisters(), 29u);
  Schedule schedule;
  schedule.family = Family::Gemm;
  schedule.types = types;
  for (const RegisterTile &tile :
       registerTiles(machine.target, types.compute())) {
    GemmSchedule &gemm = schedule.gemm = {};
    gemm.packB = packB;
    gemm.runMultiple = extents.runMultiple;
    gemm.tileRows = tile.rows;
    gemm.tileVectors = tile.vectors;
    gemm.vectorParts = tile.parts;
    gemm.depthStep = gemmDepthStep(types, machine.target);
    gemm.storeC = storeC;
    if (gemmTileRegisters(schedule, machine.target) > registers)
      continue;
    int64_t columns = problem.columns(gemm);
    if (columns % gemmChunkOf(types, machine.target) != 0)
      continue;
    // With a transposed block of C, B is read once, from wherever it is.
    if (packB == PackB::Direct && storeC != StoreC::TransposeN &&
        !canReadBInPlace(groups, extents, types, machine, columns))
      continue;
    if (storeC == StoreC::TransposeN && extents.run < columns)
      continue;
    if (packB == PackB::Copy && extents.run < columns)
      continue;
    if (!finishGemm(problem, gemm))
      continue;
    double time = gemmTime(problem, gemm);
    if (best.seconds != 0 && time >= best.seconds)
      continue;
    isBest = true;
    best.seconds = time;
    best.schedule = schedule;
  }
  if (isBest)
    best.groups = groups;
}

/// Grains of a schedule, for threads.
double blocks(const GemmProblem &p, const GemmSchedule &gemm) {
  return double(p.extents.batch) *
         std::ceil(double(p.extents.m) / double(gemm.mc)) *
         std::ceil(double(p.extents.paddedN) / double(gemm.nc));
}

/// Whether the kernel of `have` computes what `need` was chosen for, packing
/// in the same way and with grains enough.
bool canServe(const GemmProblem &p, const GemmSchedule &have,
              const GemmSchedule &need) {
  if (have.storeC != need.storeC ||
      (have.storeC == StoreC::TransposeN && have.nc != need.nc))
    return false;
  if (have.depthStep != need.depthStep || have.packB != need.packB ||
      have.packA != need.packA || have.runMultiple != need.runMultiple ||
      have.rowsOuter != need.rowsOuter || (have.coldDriver && !need.coldDriver))
    return false;
  if (blocks(p, have) < std::min(8.0, blocks(p, need)))
    return false;
  int64_t columns = p.columns(have);
  bool wholeColumns =
      p.extents.areWholeColumns(columns) && have.runMultiple == 1;
  bool wholeRows = p.extents.areWholeRows(have.tileRows);
  bool unitC = p.groups.n[0].strides[RoleC] == p.unit(RoleC);
  bool ownBlock = have.hasOwnBlock();
  if (!ownBlock && !have.irregularC && !(wholeColumns && wholeRows && unitC))
    return false;
  switch (have.packB) {
  case PackB::Direct:
    return (have.irregularB || wholeColumns) &&
           (have.storeC == StoreC::TransposeN ||
            canReadBInPlace(p.groups, p.extents, p.types, p.machine, columns));
  case PackB::Copy:
    return p.extents.run >= columns;
  case PackB::TransposeN:
    return have.nc == need.nc ||
           have.nc % (gemmChunkOf(p.types, p.machine.target) *
                      p.extents.paddedRun) ==
               0;
  default:
    return true;
  }
}

/// A kernel that is compiled anyway serves steps that it slows down little: a
/// network of many sizes needs a handful of kernels, at milliseconds each.
void preferExisting(GemmChoice &best, const Machine &machine,
                    std::span<const Schedule> existing) {
  const StepTypes types = best.schedule.types;
  const GemmSchedule need = best.schedule.gemm;
  GemmExtents extents = gemmExtents(best.groups, types, machine.target,
                                    need.packB == PackB::TransposeN ||
                                        need.storeC == StoreC::TransposeN);
  GemmProblem problem{best.groups, extents, types, machine};
  double limit = 1.1 * best.seconds + 20e-6;
  for (const Schedule &schedule : existing) {
    if (schedule == best.schedule)
      return;
    if (schedule.family != Family::Gemm || schedule.types != types ||
        !canServe(problem, schedule.gemm, need))
      continue;
    double time = gemmTime(problem, schedule.gemm);
    if (time > limit)
      continue;
    limit = time;
    best.schedule.gemm = schedule.gemm;
    best.seconds = time;
  }
}

} // namespace

GemmChoice chooseGemm(LabelGroups groups, const StepTypes &types,
                      const Machine &machine,
                      std::span<const Schedule> existing) {
  for (Loops *loops : {&groups.m, &groups.n, &groups.k})
    if (loops->empty())
      loops->push_back({});
  GemmChoice best;
  const int64_t unit = types.unit(RoleB);
  const int64_t chunk = gemmChunkOf(types, machine.target);
  const bool converts = types.of(RoleB) != types.compute() ||
                        gemmDepthStep(types, machine.target) > 1;
  const StoreC store = isHalf(types.output) ? StoreC::Block : StoreC::Direct;
  // Squares are transposed where their sides are known.
  const bool isClosed = std::ranges::all_of(groups.m, &Loop::isClosed) &&
                        std::ranges::all_of(groups.n, &Loop::isClosed) &&
                        std::ranges::all_of(groups.k, &Loop::isClosed);
  auto attempt = [&](const LabelGroups &with, PackB packB, StoreC storeC) {
    if (packB != PackB::Direct || !converts)
      tryTiles(with, packB, storeC, types, machine, best);
  };
  if (groups.n[0].strides[RoleB] == unit) {
    attempt(groups, PackB::Direct, store);
    attempt(groups, PackB::Copy, store);
  } else if (groups.k[0].strides[RoleB] == unit &&
             groups.k[0].extent >= chunk) {
    attempt(groups, PackB::TransposeK, store);
  } else if (LabelGroups moved = groups;
             isClosed && moveUnitLoopSecond(moved, types, machine)) {
    attempt(moved, PackB::TransposeN, store);
  }
  // Either side of the transposition can be done in registers: the smaller one
  // is C where K is larger than M.
  if (LabelGroups moved = groups;
      isClosed && moveUnitLoopFirst(moved, types, machine))
    attempt(moved, converts ? PackB::Copy : PackB::Direct, StoreC::TransposeN);
  // Always possible. The squares of TransposeN may need much padding; other
  // ways are never worse than this one.
  if (best.seconds == 0 || best.schedule.gemm.packB == PackB::TransposeN)
    attempt(groups, PackB::Scalar, store);
  preferExisting(best, machine, existing);
  return best;
}

/// Gemm needs a sum, two rows, a tile that is not mostly empty, and enough work
/// to pay for its tables of offsets.
static bool isWorthTables(const LabelGroups &groups) {
  auto product = [](const Loops &loops) {
    double result = 1;
    for (const Loop &loop : loops)
      result *= double(loop.extent);
    return result;
  };
  double m = product(groups.m), n = product(groups.n), k = product(groups.k);
  return k >= 2 && std::min(m, n) >= 2 && std::max(m, n) >= 4 && m * n >= 16 &&
         m * n * k >= 4096;
}

static int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

std::optional<KernelChoice> chooseGemmKernel(const StepProblem &problem) {
  const StepTypes &types = problem.types;
  if (problem.numOperands != 2)
    return std::nullopt;
  LabelGroups grouped = groupLabels(problem.labels, types);
  if (!isWorthTables(grouped))
    return std::nullopt;
  GemmChoice gemmChoice =
      chooseGemm(std::move(grouped), types, problem.machine, problem.existing);
  const LabelGroups &groups = gemmChoice.groups;
  const GemmSchedule &gemm = gemmChoice.schedule.gemm;
  int64_t m = loopProduct(groups.m), k = loopProduct(groups.k);
  int64_t run = groups.n[0].extent;
  int64_t n = loopProduct(groups.n) / run *
              (ceilDiv(run, gemm.runMultiple) * gemm.runMultiple);
  KernelChoice choice;
  choice.params.resize(GemmHead);
  choice.params[GemmM] = m;
  choice.params[GemmN] = n;
  choice.params[GemmK] = k;
  choice.params[GemmMBlocks] = ceilDiv(m, gemm.mc);
  choice.params[GemmNBlocks] = ceilDiv(n, gemm.nc);
  choice.params[GemmNumBatch] = int64_t(groups.batch.size());
  choice.params[GemmNumM] = int64_t(groups.m.size());
  choice.params[GemmNumN] = int64_t(groups.n.size());
  choice.params[GemmNumK] = int64_t(groups.k.size());
  choice.grains = loopProduct(groups.batch) * choice.params[GemmMBlocks] *
                  choice.params[GemmNBlocks];
  for (const Loops *loops : {&groups.batch, &groups.m, &groups.n, &groups.k})
    addRecords(choice, *loops);
  choice.grainWork =
      double(std::min(m, gemm.mc)) * double(std::min(n, gemm.nc)) * double(k);
  choice.seconds = gemmChoice.seconds;
  choice.groups = groupsText(groups, problem.names);
  choice.schedule = std::move(gemmChoice.schedule);
  return choice;
}

} // namespace einc
