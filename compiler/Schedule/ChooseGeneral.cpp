// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Schedules of the general family: which loop is vectorised.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/KernelLayout.h"

#include <algorithm>

namespace einc {

using Vectorize = GeneralSchedule::Vectorize;

namespace {

/// Whether operands [RoleA, RoleA + count) are contiguous or constant along a
/// loop.
bool streams(const Loop &loop, unsigned count, const StepTypes &types) {
  for (unsigned role = RoleA; role < RoleA + count; ++role)
    if (int64_t stride = loop.strides[role];
        stride != types.unit(role) && stride != 0)
      return false;
  return true;
}

int unitStrides(const Loop &loop, unsigned count, const StepTypes &types) {
  int number = 0;
  for (unsigned role = RoleA; role < RoleA + count; ++role)
    number += loop.strides[role] == types.unit(role);
  return number;
}

/// Index of the best loop by `better`, 0 of none.
template <typename Better> size_t bestLoop(const Loops &loops, Better better) {
  size_t best = 0;
  for (size_t i = 1; i < loops.size(); ++i)
    if (better(loops[i], loops[best]))
      best = i;
  return best;
}

void moveFirst(Loops &loops, size_t index) {
  std::rotate(loops.begin(), loops.begin() + index, loops.begin() + index + 1);
}

/// A grain is a line along x: one long line for all threads is cut into 16 or
/// so where that leaves whole pieces.
void splitX(Loops &output, double lineWork) {
  double lines = double(loopProduct(output)) / double(output[0].extent);
  if (!(lineWork > 0) || lines >= 16 ||
      lines * lineWork < 16 * double(ThreadWork))
    return;
  constexpr int64_t shortest = 512;
  auto divides = [&](int64_t parts) {
    return output[0].extent % parts == 0 &&
           output[0].extent / parts >= shortest;
  };
  int64_t parts = 16;
  while (parts < 64 && !divides(parts))
    ++parts;
  if (!divides(parts))
    for (parts = 15; parts > 1 && !divides(parts);)
      --parts;
  if (parts == 1)
    return;
  Loop outer = output[0];
  outer.extent = parts;
  output[0].extent /= parts;
  for (int64_t &stride : outer.strides)
    stride *= output[0].extent;
  output.insert(output.begin() + 1, outer);
}

} // namespace

GeneralChoice chooseGeneral(GeneralLoops loops, unsigned numOperands,
                            const StepTypes &types, const Machine &machine) {
  const int64_t lanes =
      machine.target.vectorBytes() / elementBytes(realType(types.compute()));
  GeneralChoice choice;
  choice.schedule.family = Family::General;
  choice.schedule.types = types;
  GeneralSchedule &general = choice.schedule.general;
  general.numOperands = numOperands;
  general.reduces = !loops.reduction.empty();
  general.nested = loops.reduction.size() > 1;
  Loops &output = loops.output, &reduction = loops.reduction;
  if (output.empty())
    output.push_back({});

  // x: contiguous in the output and streaming in the operands, else contiguous
  // and long enough to pay for the start of a line, else the longest.
  auto rank = [&](const Loop &loop) {
    bool contiguous = loop.strides[RoleC] == types.unit(RoleC);
    bool vector =
        contiguous && loop.extent >= lanes && streams(loop, numOperands, types);
    return vector ? 2 : contiguous && loop.extent >= 16 ? 1 : 0;
  };
  moveFirst(output, bestLoop(output, [&](const Loop &a, const Loop &b) {
              int ra = rank(a), rb = rank(b);
              return ra != rb ? ra > rb : ra == 0 && a.extent > b.extent;
            }));
  if (rank(output[0]) == 2)
    general.vectorize = Vectorize::X;

  // r: contiguous in as many operands as can be, else the longest.
  if (general.reduces)
    moveFirst(reduction, bestLoop(reduction, [&](const Loop &a, const Loop &b) {
                int ua = unitStrides(a, numOperands, types);
                int ub = unitStrides(b, numOperands, types);
                return ua != ub ? ua > ub : a.extent > b.extent;
              }));
  if (general.vectorize == Vectorize::None && general.reduces &&
      reduction[0].extent >= 16 && streams(reduction[0], numOperands, types) &&
      unitStrides(reduction[0], numOperands, types) > 0)
    general.vectorize = Vectorize::R;

  if (general.vectorize != Vectorize::None)
    for (unsigned i = 0; i < numOperands; ++i)
      general.contiguous[i] =
          (general.vectorize == Vectorize::X ? output : reduction)[0]
              .strides[RoleA + i] == types.unit(RoleA + i);
  if (output[0].isClosed())
    splitX(output, double(output[0].extent) * double(loopProduct(reduction)));
  choice.loops = std::move(loops);
  return choice;
}

KernelChoice chooseGeneralKernel(const StepProblem &problem) {
  GeneralChoice general =
      chooseGeneral(generalLoops(problem.labels), problem.numOperands,
                    problem.types, problem.machine);
  const Loops &output = general.loops.output;
  const Loops &reduction = general.loops.reduction;
  KernelChoice choice;
  choice.params.resize(GeneralHead);
  choice.params[GeneralNumOutput] = int64_t(output.size());
  choice.params[GeneralNumReduction] = int64_t(reduction.size());
  choice.params[GeneralReductionOuter] = 1;
  // A line of no elements is nothing to do.
  choice.grains = loopProduct(output) == 0 ? 0 : 1;
  for (size_t i = 1; i < output.size() && choice.grains != 0; ++i)
    choice.grains *= output[i].extent;
  for (size_t i = 1; i < reduction.size(); ++i)
    choice.params[GeneralReductionOuter] *= reduction[i].extent;
  addRecords(choice, output);
  addRecords(choice, reduction);
  choice.grainWork = double(output[0].extent) * double(loopProduct(reduction));
  // Strides as they come: about a nanosecond for each element.
  choice.seconds = 1e-9 * choice.grainWork * double(choice.grains);
  choice.groups = groupsText(general.loops, problem.names);
  choice.schedule = std::move(general.schedule);
  return choice;
}

} // namespace einc
