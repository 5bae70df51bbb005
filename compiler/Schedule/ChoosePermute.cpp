// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The permute family: its schedules as text, and which steps it takes.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/KernelLayout.h"
#include "compiler/Schedule/ScheduleReader.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace einc {

namespace {

constexpr Spelling<bool> lines[] = {{false, "copied"}, {true, "transposed"}};
constexpr Spelling<bool> stores[] = {{false, "cached"}, {true, "streamed"}};

bool isWalked(const Loop &loop) {
  return loop.extent > 1 && loop.strides[RoleC] != 0 &&
         loop.strides[RoleA] != 0;
}

/// Index of the loop with the least stride in the operand.
size_t innermostOfOperand(const Loops &loops) {
  auto least = std::ranges::min_element(loops, {}, [](const Loop &loop) {
    return std::abs(loop.strides[RoleA]);
  });
  return size_t(least - loops.begin());
}

bool haveOneOrder(const Loops &loops) {
  return std::ranges::is_sorted(loops, {}, [](const Loop &loop) {
    return std::abs(loop.strides[RoleA]);
  });
}

/// The side of squares of a plane: rows of them are registers, or parts.
unsigned squareSide(const Loop &x, const Loop &y, const StepTypes &types,
                    const Target &target) {
  int64_t bytes = types.unit(RoleA);
  int64_t most =
      bytes == 16 ? 4 : std::min<int64_t>(target.vectorBytes() / bytes, 16);
  return unsigned(
      std::bit_floor(uint64_t(std::min({x.extent, y.extent, most}))));
}

/// Elements of a vector of a line.
unsigned vectorSize(const Loop &x, const StepTypes &types,
                    const Target &target) {
  int64_t bytes = std::max({types.unit(RoleA), types.unit(RoleC),
                            int64_t(elementBytes(realType(types.compute())))});
  int64_t most = std::max<int64_t>(target.vectorBytes() / bytes, 1);
  return unsigned(std::bit_floor(uint64_t(std::min(x.extent, most))));
}

/// Whether the output is best stored past the caches: parts of lines of the
/// cache would be, if they did not follow each other.
bool streams(const PermuteSchedule &permute, const Loops &loops,
             const StepTypes &types, const Machine &machine) {
  if (!std::ranges::all_of(loops, &Loop::isClosed))
    return false;
  int64_t bytes = types.unit(RoleC), vector = permute.tile * bytes;
  if (types.operands[0] != types.output || types.conjugate[0] ||
      vector < (permute.transposes ? 64 : 16) ||
      loops[0].extent % permute.tile != 0 ||
      uint64_t(loopProduct(loops)) * uint64_t(bytes) <= machine.l3Bytes)
    return false;
  return std::all_of(loops.begin() + 1, loops.end(), [&](const Loop &loop) {
    return loop.strides[RoleC] % vector == 0;
  });
}

} // namespace

void PermuteSchedule::write(std::string &out) const {
  writeWord(out, "lines=", spell(lines, transposes));
  writeNumber(out, "tile=", tile);
  writeWord(out, "store=", spell(stores, stream));
}

void PermuteSchedule::read(ScheduleReader &reader) {
  reader.choice("lines=", lines, transposes);
  reader.number("tile=", 1, transposes ? maxSquare : maxTile, tile);
  reader.require(std::has_single_bit(tile), "a tile is a power of two");
  reader.choice("store=", stores, stream);
}

std::optional<KernelChoice> choosePermuteKernel(const StepProblem &problem) {
  const StepTypes &types = problem.types;
  if (problem.numOperands != 1)
    return std::nullopt;
  GeneralLoops all = generalLoops(problem.labels);
  Loops &loops = all.output;
  if (!all.reduction.empty() || loops.size() < 2 ||
      !std::ranges::all_of(loops, isWalked) || haveOneOrder(loops))
    return std::nullopt;

  // x is the output's innermost loop, y the operand's.
  size_t y = innermostOfOperand(loops);
  bool unitX = loops[0].strides[RoleC] == types.unit(RoleC);
  bool unitY = loops[y].strides[RoleA] == types.unit(RoleA);
  KernelChoice choice;
  choice.schedule.family = Family::Permute;
  choice.schedule.types = types;
  PermuteSchedule &permute = choice.schedule.permute;
  const Target &target = problem.machine.target;
  permute.transposes = y != 0;
  if (permute.transposes)
    permute.tile =
        unitX && unitY ? squareSide(loops[0], loops[y], types, target) : 1;
  else if (unitX && unitY)
    permute.tile = vectorSize(loops[0], types, target);
  else
    return std::nullopt;
  // A plane of a few elements costs more to start than General's lines.
  if (permute.transposes && permute.tile < 4 &&
      (loops[0].extent < 4 || loops[0].extent * loops[y].extent < 32))
    return std::nullopt;
  permute.stream = streams(permute, loops, types, problem.machine);

  // The text before loops are moved.
  choice.groups = groupsText(all, problem.names);
  // Lines are copied in the order of the output.
  if (y == 0)
    y = 1;
  int64_t bytes = types.unit(RoleC);
  auto blocks = PermuteSchedule::blocks;
  choice.grains = blocks(loops[0].extent, permute.blockX(bytes)) *
                  blocks(loops[y].extent, permute.blockY(bytes));
  Loops plane = {loops[y], loops[0]}, outer;
  for (size_t i = 1; i < loops.size(); ++i)
    if (i != y) {
      outer.push_back(loops[i]);
      choice.grains *= loops[i].extent;
    }
  choice.params = {0, int64_t(outer.size()), 1, 1, 0};
  addRecords(choice, outer);
  addRecords(choice, plane);
  double elements = double(loopProduct(loops));
  choice.grainWork = elements / double(choice.grains);
  choice.seconds = 0.5e-9 * elements;
  return choice;
}

} // namespace einc
