// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Checks a schedule against the target and dispatches to its family.

#include "compiler/Kernels/Kernels.h"

#include "compiler/Kernels/CPU/Gemm.h"
#include "compiler/Kernels/CPU/General.h"

namespace einc {

/// Why a GEMM schedule makes no kernel, or null.
static const char *problemOf(const Schedule &schedule, const Target &target) {
  const GemmSchedule &gemm = schedule.gemm;
  if (gemm.tileRows < 1 || gemm.tileVectors < 1)
    return "the tile is empty";
  if (gemm.tileRows > 64 || gemm.tileVectors > 64 ||
      gemm.tileRows * gemm.tileVectors + gemm.tileVectors + 1 >
          target.vectorRegisters())
    return "the tile needs more vector registers than the target has";
  unsigned columns = gemmTileColumns(schedule, target);
  constexpr int64_t limit = int64_t(1) << 24;
  if (gemm.mc < 1 || gemm.mc > limit || gemm.mc % gemm.tileRows)
    return "mc is no multiple of the tile's rows";
  if (gemm.nc < 1 || gemm.nc > limit || gemm.nc % columns)
    return "nc is no multiple of the tile's columns";
  if (gemm.kc < 1 || gemm.kc > limit)
    return "kc is out of range";
  if (gemm.runMultiple != 1 && gemm.runMultiple != gemmChunk(schedule, target))
    return "run is neither 1 nor a chunk";
  if (gemm.runMultiple != 1 && !gemm.irregularC)
    return "padded runs need the irregular store";
  if (gemm.runMultiple != 1 && gemm.packB == GemmSchedule::PackB::Direct &&
      !gemm.irregularB)
    return "padded runs need the irregular source";
  return nullptr;
}

Result<Success> emitKernel(Emitter &emitter, const Schedule &schedule,
                           llvm::StringRef symbol) {
  if (schedule.family == Family::General) {
    if (schedule.general.numOperands > 2)
      return Diagnostic{.kind = ErrorKind::InvalidArgument,
                        .message = "a kernel has at most 2 operands"};
    emitGeneral(emitter, schedule, symbol);
    return Success{};
  }
  if (const char *problem = problemOf(schedule, emitter.target()))
    return Diagnostic{.kind = ErrorKind::InvalidArgument,
                      .message = "schedule '" + schedule.text() + "' for " +
                                 emitter.target().text() + ": " + problem};
  GemmKernel kernel(emitter, schedule, symbol);
  emitOffsets(kernel);
  emitRuns(kernel);
  emitTile(kernel);
  if (schedule.gemm.irregularC)
    emitStore(kernel);
  emitPacks(kernel);
  emitGemmDriver(kernel);
  return Success{};
}

} // namespace einc
