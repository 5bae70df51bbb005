// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Checks a schedule against the target and dispatches to its family.

#include "compiler/Kernels/Kernels.h"

#include "compiler/Kernels/CPU/Gemm.h"
#include "compiler/Kernels/CPU/General.h"

namespace einc {

/// Whether the driver asks anywhere if offsets are contiguous.
static bool needsRuns(const GemmSchedule &gemm) {
  using PackB = GemmSchedule::PackB;
  return gemm.irregularC || gemm.irregularB || gemm.packB == PackB::Copy ||
         gemm.packB == PackB::TransposeK;
}

Result<Success> emitKernel(Emitter &emitter, const Schedule &schedule,
                           llvm::StringRef symbol) {
  if (auto checked = checkSchedule(schedule, emitter.target()); !checked)
    return std::move(checked).error();
  if (schedule.family == Family::General) {
    emitGeneral(emitter, schedule, symbol);
    return Success{};
  }
  GemmKernel kernel(emitter, schedule, symbol);
  emitOffsets(kernel);
  if (needsRuns(schedule.gemm))
    emitRuns(kernel);
  emitTile(kernel);
  if (schedule.gemm.irregularC)
    emitStore(kernel);
  if (schedule.gemm.storeC == GemmSchedule::StoreC::TransposeN)
    emitFlush(kernel);
  emitPacks(kernel);
  emitGemmDriver(kernel);
  return Success{};
}

} // namespace einc
