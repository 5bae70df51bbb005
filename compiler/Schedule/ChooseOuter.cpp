// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The outer family: its schedules as text, and which steps it takes.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/KernelLayout.h"
#include "compiler/Schedule/ScheduleReader.h"

#include <algorithm>

namespace einc {

namespace {
constexpr Spelling<bool> contiguities[] = {{false, "constant"},
                                           {true, "contiguous"}};
constexpr Spelling<bool> stores[] = {{false, "cached"}, {true, "streamed"}};
/// Whether the loop can be x: contiguous in the output and long enough for a
/// vector of it, contiguous or constant in the operands.
bool canBeX(const Loop &loop, const StepProblem &problem) {
  const StepTypes &types = problem.types;
  int64_t width = problem.machine.target.vectorBytes() /
                  elementBytes(realType(types.output));
  if (loop.strides[RoleC] != types.unit(RoleC) || loop.extent < width)
    return false;
  for (unsigned role = RoleA; role < RoleA + problem.numOperands; ++role)
    if (loop.strides[role] != 0 && loop.strides[role] != types.unit(role))
      return false;
  return true;
}

} // namespace

void OuterSchedule::write(std::string &out) const {
  writeNumber(out, "operands=", numOperands);
  writeWord(out, "a=", spell(contiguities, contiguous[0]));
  writeWord(out, "b=", spell(contiguities, contiguous[1]));
  writeWord(out, "store=", spell(stores, stream));
}

void OuterSchedule::read(ScheduleReader &reader) {
  reader.number("operands=", 1, 2, numOperands);
  reader.choice("a=", contiguities, contiguous[0]);
  reader.choice("b=", contiguities, contiguous[1]);
  reader.choice("store=", stores, stream);
  reader.require(numOperands == 2 || !contiguous[1], "there is no operand b");
}

std::optional<KernelChoice> chooseOuterKernel(const StepProblem &problem) {
  const StepTypes &types = problem.types;
  GeneralLoops loops = generalLoops(problem.labels);
  Loops &output = loops.output;
  if (problem.numOperands == 0 || !loops.reduction.empty() ||
      loopProduct(output) == 0)
    return std::nullopt;
  auto found = std::ranges::find_if(
      output, [&](const Loop &loop) { return canBeX(loop, problem); });
  if (found == output.end())
    return std::nullopt;
  const Loop x = *found;
  const int64_t elements = loopProduct(output);

  KernelChoice choice;
  choice.groups = groupsText(loops, problem.names);
  output.erase(found);
  Schedule &schedule = choice.schedule;
  schedule.family = Family::Outer;
  schedule.types = types;
  schedule.outer.numOperands = problem.numOperands;
  for (unsigned i = 0; i < problem.numOperands; ++i)
    schedule.outer.contiguous[i] = x.strides[RoleA + i] != 0;
  const int64_t unit = types.unit(RoleC);
  schedule.outer.stream =
      x.extent >= OuterSchedule::shortestStream / unit &&
      uint64_t(elements) > problem.machine.l3Bytes / 2 / uint64_t(unit);

  choice.params.resize(GroupedHead);
  choice.params[GroupedNumM] = int64_t(output.size());
  choice.params[GroupedNumN] = 1;
  addRecords(choice, output);
  addRecords(choice, {x});
  choice.grains = loopProduct(output) * OuterSchedule::pieces(x.extent);
  choice.grainWork = double(elements) / double(choice.grains);
  // As if from and to memory.
  choice.seconds = double(elements) * 1e-10 * double(unit);
  return choice;
}

} // namespace einc
