// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Sizes and places in a kernel's scratch.

#include "compiler/Schedule/KernelLayout.h"

#include <algorithm>

namespace einc {

unsigned gemmTileColumns(const Schedule &schedule, const Target &target) {
  return schedule.gemm.tileVectors * target.vectorBytes() /
         schedule.gemm.vectorParts / elementBytes(schedule.types.compute());
}

unsigned gemmChunk(const Schedule &schedule, const Target &target) {
  unsigned lanes =
      target.vectorBytes() / elementBytes(schedule.types.compute());
  return std::min(lanes, 8u);
}

static bool isByte(ElementType type) {
  return type == ElementType::I8 || type == ElementType::U8;
}

/// Whether elements are exact as those of a panel for dot products.
static bool fitsDots(ElementType type, ElementType panel) {
  switch (panel) {
  case ElementType::BF16:
    return type == ElementType::BF16;
  case ElementType::I8:
    return isByte(type);
  default:
    return isByte(type) || type == ElementType::I16;
  }
}

unsigned gemmDepthStep(const StepTypes &types, const Target &target) {
  auto fit = [&](ElementType panel) {
    return fitsDots(types.of(RoleA), panel) && fitsDots(types.of(RoleB), panel);
  };
  if (types.compute() == ElementType::F32)
    return target.hasBF16() && fit(ElementType::BF16) ? 2 : 1;
  if (types.compute() != ElementType::I32)
    return 1;
  if (target.hasVNNI() && fit(ElementType::I8))
    return 4;
  return fit(ElementType::I16) ? 2 : 1;
}

ElementType gemmPanelType(const Schedule &schedule) {
  ElementType compute = schedule.types.compute();
  switch (schedule.gemm.depthStep) {
  case 2:
    return compute == ElementType::F32 ? ElementType::BF16 : ElementType::I16;
  case 4:
    return ElementType::I8;
  default:
    return compute;
  }
}

bool gemmBiasesA(const Schedule &schedule) {
  return schedule.gemm.depthStep == 4 &&
         schedule.types.of(RoleA) == schedule.types.of(RoleB);
}

int64_t gemmPitchA(const Schedule &schedule) {
  int64_t bytes =
      schedule.gemm.kc * int64_t(elementBytes(gemmPanelType(schedule)));
  return (bytes + 63) / 64 * 64 + ((bytes + 63) / 64 % 2 ? 0 : 64);
}

/// Registers of intermediate results where the target has no instruction that
/// multiplies and adds, or none that multiplies.
static unsigned temporaries(ElementType compute, unsigned depthStep,
                            const Target &target) {
  bool isV4 = target.isa == Target::ISA::X86_64_V4;
  if (depthStep > 1 && target.isa == Target::ISA::AArch64)
    return 4;
  if (depthStep > 1)
    return compute == ElementType::I32 && !target.hasVNNI() ? 1 : 0;
  if (isFloating(compute))
    return target.hasFMA() ? 0 : 1;
  if (compute == ElementType::Bool)
    return isV4 ? 0 : 1;
  if (compute == ElementType::I64)
    return isV4 ? 1 : 4;
  return target.hasFMA() ? 1 : 4;
}

unsigned gemmTileRegisters(const Schedule &schedule, const Target &target) {
  const GemmSchedule &gemm = schedule.gemm;
  ElementType compute = schedule.types.compute();
  // A complex number of A is broadcast as two real ones.
  unsigned rows = gemm.tileRows * (isComplex(compute) ? 2 : 1);
  return rows * gemm.tileVectors + gemm.tileVectors + 1 +
         temporaries(compute, gemm.depthStep, target);
}

GemmScratch gemmScratch(const Schedule &schedule, const Target &target) {
  const GemmSchedule &gemm = schedule.gemm;
  int64_t element = elementBytes(schedule.types.compute());
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
  int64_t aChunks = 0;
  if (gemm.packA == GemmSchedule::PackA::Copy)
    aChunks = gemm.kc / (chunk * gemm.depthStep);
  if (gemm.packA == GemmSchedule::PackA::TransposeM)
    aChunks = gemm.mc / chunk;
  scratch.aChunks = table(aChunks);
  scratch.cPanels = table(gemm.nc / columns);
  scratch.bPanels = table(gemm.nc / columns);
  scratch.cChunks = table(gemm.nc / chunk);
  scratch.depthChunks = table(gemm.kc / chunk);
  scratch.places = table(
      gemm.packB == GemmSchedule::PackB::TransposeN ? gemm.nc / chunk : 0);
  scratch.packedA = place(gemm.packA != GemmSchedule::PackA::Direct
                              ? gemm.mc * gemmPitchA(schedule)
                              : 0);
  scratch.packedB = place(
      packs ? gemm.nc * gemm.kc * int64_t(elementBytes(gemmPanelType(schedule)))
            : 0);
  scratch.biases = place(gemmBiasesA(schedule) ? gemm.nc * element : 0);
  bool ownBlock = gemm.hasOwnBlock();
  scratch.blockRows = table(ownBlock ? gemm.mc : 0);
  scratch.block = place(ownBlock ? gemm.mc * gemm.nc * element : 0);
  scratch.scalars = place(4 * element);
  scratch.zeros = place(columns * element);
  scratch.tile = place(gemm.tileRows * columns * element);
  return scratch;
}

uint64_t scratchBytes(const Schedule &schedule, const Target &target) {
  switch (schedule.family) {
  case Family::Gemm:
    return gemmScratch(schedule, target).bytes;
  case Family::Reduce:
    return sumScratchBytes(schedule.reduce.form, schedule.types);
  case Family::Dot:
    return sumScratchBytes(schedule.dot.form, schedule.types);
  case Family::Gemv:
    return sumScratchBytes(schedule.gemv.form, schedule.types);
  case Family::Permute: {
    const PermuteSchedule &permute = schedule.permute;
    int64_t side = permute.transposes ? permute.tile : 0;
    return side * side * schedule.types.unit(RoleA);
  }
  case Family::Small: {
    const SmallSchedule &small = schedule.small;
    bool copies = small.readB != SmallSchedule::ReadB::Direct;
    return SmallSchedule::addressBytes +
           (copies ? small.n * small.k * schedule.types.unit(RoleB) : 0);
  }
  default:
    return 0;
  }
}

static Diagnostic invalid(std::string message) {
  return {ErrorKind::InvalidArgument, std::move(message), {}, {}, {}};
}

Result<Success> checkSchedule(const Schedule &schedule, const Target &target) {
  if (!schedule.types.areSound())
    return invalid("types " + schedule.types.text() +
                   " do not convert to the result's");
  if (schedule.family == Family::Permute &&
      schedule.permute.tile * schedule.types.unit(RoleA) > 64)
    return invalid("a tile of " + std::to_string(schedule.permute.tile) +
                   " elements of " + elementName(schedule.types.operands[0]) +
                   " is longer than 64 bytes");
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
  unsigned live = gemmTileRegisters(schedule, target);
  if (live > target.vectorRegisters())
    return invalid("a register tile of " + std::to_string(gemm.tileRows) + "x" +
                   std::to_string(gemm.tileVectors) + " needs " +
                   std::to_string(live) + " vector registers, " +
                   target.text() + " has " +
                   std::to_string(target.vectorRegisters()));
  const StepTypes &types = schedule.types;
  const int64_t bytes = int64_t(elementBytes(types.compute()));
  unsigned chunk = gemmChunk(schedule, target);
  if ((gemm.vectorParts != 1 && gemm.vectorParts != 2 &&
       gemm.vectorParts != 4) ||
      gemm.tileVectors * target.vectorBytes() / gemm.vectorParts %
              (chunk * bytes) !=
          0)
    return invalid("a tile of " + std::to_string(gemm.tileVectors) +
                   " vectors in " + std::to_string(gemm.vectorParts) +
                   " parts is no multiple of " + std::to_string(chunk) +
                   " columns on " + target.text());
  if (target.vectorBytes() / gemm.vectorParts <
      2 * elementBytes(realType(types.compute())))
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
  bool ownBlock = gemm.hasOwnBlock();
  if (ownBlock && gemm.irregularC)
    return invalid("a block of C of its own has no irregular tiles");
  if (!ownBlock && isHalf(types.output))
    return invalid("sums of " + types.text() +
                   " are rounded once, which needs c=block or c=transpose-n");
  const ElementType panel = gemmPanelType(schedule);
  if (gemm.depthStep != 1 &&
      (gemmDepthStep(types, target) < gemm.depthStep || gemm.depthStep == 3 ||
       !fitsDots(types.of(RoleA), panel) || !fitsDots(types.of(RoleB), panel)))
    return invalid("no dot products of " + std::to_string(gemm.depthStep) +
                   " of " + types.text() + " on " + target.text());
  if (gemm.kc % gemm.depthStep != 0)
    return invalid("kc=" + std::to_string(gemm.kc) + " is no multiple of " +
                   std::to_string(gemm.depthStep));
  bool mayBeDirect = gemm.depthStep == 1;
  if ((gemm.packA == GemmSchedule::PackA::Direct &&
       (types.operands[0] != types.compute() || !mayBeDirect)) ||
      (gemm.packB == GemmSchedule::PackB::Direct &&
       (types.operands[1] != types.compute() || !mayBeDirect)))
    return invalid("operands of " + types.text() +
                   " are not read in place: they are converted");
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
