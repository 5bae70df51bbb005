// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Sizes and places in a kernel's scratch.

#include "compiler/Schedule/KernelLayout.h"

#include <algorithm>

namespace einc {

unsigned gemmTileColumns(const Schedule &schedule, const Target &target) {
  return schedule.gemm.tileVectors * target.vectorBytes() /
         elementBytes(schedule.element);
}

unsigned gemmChunk(const Schedule &schedule, const Target &target) {
  unsigned lanes = target.vectorBytes() / elementBytes(schedule.element);
  return std::min(lanes, 8u);
}

GemmScratch gemmScratch(const Schedule &schedule, const Target &target) {
  const GemmSchedule &gemm = schedule.gemm;
  int64_t element = elementBytes(schedule.element);
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
  scratch.packedA = place(gemm.packA ? gemm.mc * gemm.kc * element : 0);
  scratch.packedB = place(packs ? gemm.nc * gemm.kc * element : 0);
  scratch.tile = place(gemm.tileRows * columns * element);
  return scratch;
}

uint64_t scratchBytes(const Schedule &schedule, const Target &target) {
  if (schedule.family == Family::Gemm)
    return gemmScratch(schedule, target).bytes;
  return 0;
}

} // namespace einc
