// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Checks a schedule against the target and dispatches to its family.

#include "compiler/Kernels/Kernels.h"

#include "compiler/Kernels/CPU/Families.h"
#include "compiler/Kernels/CPU/Gemm.h"

namespace einc {

/// Whether the driver asks anywhere if offsets are contiguous.
static bool needsRuns(const GemmSchedule &gemm) {
  using PackA = GemmSchedule::PackA;
  using PackB = GemmSchedule::PackB;
  return gemm.irregularC || gemm.irregularB || gemm.packB == PackB::Copy ||
         gemm.packB == PackB::TransposeK || gemm.packA == PackA::Copy ||
         gemm.packA == PackA::TransposeM ||
         gemm.storeC == GemmSchedule::StoreC::Block;
}

static void emitGemm(Emitter &emitter, const Schedule &schedule,
                     llvm::StringRef symbol) {
  GemmKernel kernel(emitter, schedule, symbol);
  emitOffsets(kernel);
  if (needsRuns(schedule.gemm))
    emitRuns(kernel);
  emitTile(kernel);
  if (schedule.gemm.irregularC)
    emitStore(kernel);
  if (schedule.gemm.hasOwnBlock())
    emitFlush(kernel);
  if (schedule.gemm.packA != GemmSchedule::PackA::Direct)
    emitPackOfA(kernel);
  emitPacksOfB(kernel);
  emitGemmDriver(kernel);
}

using EmitFunction = void (*)(Emitter &, const Schedule &, llvm::StringRef);

static EmitFunction emitFunctionOf(Family family) {
  switch (family) {
  case Family::Gemm:
    return emitGemm;
  case Family::General:
    return emitGeneral;
  case Family::Outer:
    return emitOuter;
  case Family::Permute:
    return emitPermute;
  case Family::Reduce:
    return emitReduce;
  case Family::Dot:
    return emitDot;
  case Family::Gemv:
    return emitGemv;
  case Family::Small:
    return emitSmall;
  }
  return nullptr;
}

Result<Success> emitKernel(Emitter &emitter, const Schedule &schedule,
                           llvm::StringRef symbol) {
  if (auto checked = checkSchedule(schedule, emitter.target()); !checked)
    return std::move(checked).error();
  emitFunctionOf(schedule.family)(emitter, schedule, symbol);
  return Success{};
}

} // namespace einc
