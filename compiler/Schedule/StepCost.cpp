// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Schedule/StepCost.h"
#include "compiler/Schedule/KernelLayout.h"
#include "compiler/Schedule/OpenSizes.h"
#include "compiler/Schedule/RegisterTiles.h"

namespace einc {

namespace {

/// The params of a step, open ones by example.
class Params {
public:
  Params(const StepList &list, const EincStep &step) : list(list), step(step) {}

  int64_t number(EincExpression expression) const {
    return exampleOf({list.tokens.data() + expression.first, expression.count},
                     list.openExamples);
  }
  int64_t operator[](uint32_t index) const {
    return number(list.params[step.firstParam + index]);
  }
  /// Where loop records start, and which of them are sums: those from `sums`
  /// on.
  uint32_t firstRecord(Family family, int64_t &sums) const {
    if (family == Family::Gemm) {
      sums = (*this)[GemmNumBatch] + (*this)[GemmNumM] + (*this)[GemmNumN];
      return GemmHead;
    }
    if (family == Family::General) {
      sums = (*this)[GeneralNumOutput];
      return GeneralHead;
    }
    sums =
        (*this)[GroupedNumBatch] + (*this)[GroupedNumM] + (*this)[GroupedNumN];
    return GroupedHead;
  }

private:
  const StepList &list;
  const EincStep &step;
};

} // namespace

StepCost stepCost(const StepList &list, size_t index, const Machine &machine) {
  const EincStep &step = list.steps[index];
  const Schedule &schedule = list.schedules[step.kernel];
  const Params params(list, step);
  StepCost cost;
  cost.grains = params.number(step.extent);
  cost.minGrains = params.number(step.minGrains);
  cost.scratchBytes = scratchBytes(schedule, machine.target);

  int64_t sums = 0;
  uint32_t at = params.firstRecord(schedule.family, sums);
  double terms = 1, elements[3] = {1, 1, 1};
  bool reduces = false;
  for (int64_t i = 0; at + LoopRecordWords <= step.numParams;
       ++i, at += LoopRecordWords) {
    double extent = double(params[at]);
    terms *= extent;
    reduces |= i >= sums && extent > 1;
    for (unsigned role = 0; role < 3; ++role)
      if (params[at + 1 + role] != 0)
        elements[role] *= extent;
  }
  unsigned numOperands = schedule.numOperands();
  for (unsigned role = 0; role <= numOperands; ++role)
    cost.bytes[role] = elements[role] * double(schedule.types.unit(role));
  // Sums of one operand add, and moving elements computes nothing.
  double perTerm = numOperands == 2 ? 1 + reduces : reduces;
  cost.flops = terms * perTerm * (isComplex(schedule.types.compute()) ? 4 : 1);
  cost.computeSeconds =
      cost.flops / peakFlops(machine.target, schedule.types.compute());
  cost.memorySeconds = cost.allBytes() / MemorySpeed;
  return cost;
}

} // namespace einc
