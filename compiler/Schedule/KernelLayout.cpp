// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Sizes and places in a kernel's scratch.

#include "compiler/Schedule/KernelLayout.h"

#include <algorithm>

namespace einc {

unsigned gemmTileColumns(const Schedule &schedule, const Target &target) {
  return schedule.gemm.tileVectors * target.vectorBytes() /
         schedule.gemm.vectorParts / elementBytes(schedule.types.output);
}

unsigned gemmChunk(const Schedule &schedule, const Target &target) {
  unsigned lanes = target.vectorBytes() / elementBytes(schedule.types.output);
  return std::min(lanes, 8u);
}

GemmScratch gemmScratch(const Schedule &schedule, const Target &target) {
  const GemmSchedule &gemm = schedule.gemm;
  int64_t element = elementBytes(schedule.types.output);
  int64_t columns = gemmTileColumns(schedule, target);
  int64_t chunk = gemmChunk(schedule, target);
  bool packs = gemm.packB != GemmSchedule::PackB::Direct || gemm.irregularB;

  GemmScratch scratch = {};
  auto place = [&](int64_t bytes) {
    int64_t at = scratch.bytes;
    scratch.bytes += (bytes + 63) / 64 * 64;
    return at;
  };
  // The vectors that fill a table may run 64 bytes past its end.
  auto table = [&](int64_t entries) { return place(entries * 8 + 64); };
  scratch.aRows = table(gemm.mc);
  scratch.cRows = table(gemm.mc);
  scratch.bColumns = table(gemm.nc);
  scratch.cColumns = table(gemm.nc);
  scratch.aDepth = table(gemm.kc);
  scratch.bDepth = table(gemm.kc);
  scratch.packedDepth = table(gemm.kc);
  scratch.cPanels = table(gemm.nc / columns);
  scratch.bPanels = table(gemm.nc / columns);
  scratch.cChunks = table(gemm.nc / chunk);
  scratch.depthChunks = table(gemm.kc / chunk);
  scratch.places = table(
      gemm.packB == GemmSchedule::PackB::TransposeN ? gemm.nc / chunk : 0);
  scratch.packedA = place(gemm.packA ? gemm.mc * gemm.kc * element : 0);
  scratch.packedB = place(packs ? gemm.nc * gemm.kc * element : 0);
  bool ownBlock = gemm.storeC == GemmSchedule::StoreC::TransposeN;
  scratch.blockRows = table(ownBlock ? gemm.mc : 0);
  scratch.block = place(ownBlock ? gemm.mc * gemm.nc * element : 0);
  scratch.scalars = place(3 * element);
  scratch.zeros = place(columns * element);
  scratch.tile = place(gemm.tileRows * columns * element);
  return scratch;
}

uint64_t scratchBytes(const Schedule &schedule, const Target &target) {
  if (schedule.family == Family::Gemm)
    return gemmScratch(schedule, target).bytes;
  return 0;
}

static Diagnostic invalid(std::string message) {
  return {ErrorKind::InvalidArgument, std::move(message), {}, {}, {}};
}

Result<Success> checkSchedule(const Schedule &schedule, const Target &target) {
  if (!schedule.types.areSound())
    return invalid("types " + schedule.types.text() +
                   " do not convert to the result's");
  if (schedule.family != Family::Gemm) {
    if (schedule.numOperands() > 2)
      return invalid("a kernel has at most 2 operands, not " +
                     std::to_string(schedule.numOperands()));
    return Success{};
  }
  const GemmSchedule &gemm = schedule.gemm;
  if (gemm.tileRows < 1 || gemm.tileRows > 64 || gemm.tileVectors < 1 ||
      gemm.tileVectors > 64)
    return invalid("a register tile has 1 to 64 rows and vectors");
  constexpr int64_t limit = GemmSchedule::maxBlock;
  if (gemm.kc < 1 || gemm.kc > limit || gemm.mc < 1 || gemm.mc > limit ||
      gemm.nc < 1 || gemm.nc > limit)
    return invalid("kc, mc and nc are from 1 to 1048576");
  if (gemm.mc % gemm.tileRows != 0)
    return invalid("mc=" + std::to_string(gemm.mc) +
                   " is no multiple of the tile's " +
                   std::to_string(gemm.tileRows) + " rows");
  unsigned live = gemm.tileRows * gemm.tileVectors + gemm.tileVectors + 1 +
                  (target.hasFMA() ? 0 : 1);
  if (live > target.vectorRegisters())
    return invalid("a register tile of " + std::to_string(gemm.tileRows) + "x" +
                   std::to_string(gemm.tileVectors) + " needs " +
                   std::to_string(live) + " vector registers, " +
                   target.text() + " has " +
                   std::to_string(target.vectorRegisters()));
  unsigned chunk = gemmChunk(schedule, target);
  if ((gemm.vectorParts != 1 && gemm.vectorParts != 2 &&
       gemm.vectorParts != 4) ||
      gemm.tileVectors * target.vectorBytes() / gemm.vectorParts %
              (chunk * elementBytes(schedule.types.output)) !=
          0)
    return invalid("a tile of " + std::to_string(gemm.tileVectors) +
                   " vectors in " + std::to_string(gemm.vectorParts) +
                   " parts is no multiple of " + std::to_string(chunk) +
                   " columns on " + target.text());
  if (target.vectorBytes() / gemm.vectorParts <
      2 * elementBytes(schedule.types.output))
    return invalid("a vector in " + std::to_string(gemm.vectorParts) +
                   " parts has less than two elements on " + target.text());
  unsigned columns = gemmTileColumns(schedule, target);
  if (gemm.nc % columns != 0)
    return invalid("nc=" + std::to_string(gemm.nc) +
                   " is no multiple of the tile's " + std::to_string(columns) +
                   " columns on " + target.text());
  if (gemm.runMultiple != 1 && gemm.runMultiple != chunk)
    return invalid("run=" + std::to_string(gemm.runMultiple) +
                   " is neither 1 nor " + std::to_string(chunk) + " on " +
                   target.text());
  bool ownBlock = gemm.storeC == GemmSchedule::StoreC::TransposeN;
  if (ownBlock && gemm.irregularC)
    return invalid("c=transpose-n has no irregular tiles of C");
  if (gemm.runMultiple != 1 && !gemm.irregularC && !ownBlock)
    return invalid("padded runs (run=" + std::to_string(gemm.runMultiple) +
                   ") need c-tiles=irregular");
  if (gemm.runMultiple != 1 && gemm.packB == GemmSchedule::PackB::Direct &&
      !gemm.irregularB)
    return invalid("padded runs (run=" + std::to_string(gemm.runMultiple) +
                   ") read in place need b-tiles=irregular");
  return Success{};
}

} // namespace einc
