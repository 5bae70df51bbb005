// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The small family: its schedules as text, and which steps it takes.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/KernelLayout.h"
#include "compiler/Schedule/ScheduleReader.h"

#include <algorithm>

namespace einc {

using ReadB = SmallSchedule::ReadB;

namespace {

constexpr Spelling<ReadB> reads[] = {{ReadB::Direct, "direct"},
                                     {ReadB::TransposeK, "transpose-k"},
                                     {ReadB::Gather, "gather"}};

/// Multiply-adds of an item above which Gemm is as fast, and its code, which
/// serves all extents, is made in half the time.
constexpr int64_t mostWork = 32 * 32 * 32;

/// Each shape is a kernel of its own: an expression gets few of them.
constexpr size_t mostKernels = 4;

bool mayHave(const Schedule &schedule, std::span<const Schedule> existing) {
  auto isSmall = [](const Schedule &s) { return s.family == Family::Small; };
  return size_t(std::ranges::count_if(existing, isSmall)) < mostKernels ||
         std::ranges::find(existing, schedule) != existing.end();
}

} // namespace

void SmallSchedule::write(std::string &out) const {
  writeNumber(out, "m=", m);
  writeNumber(out, "n=", n);
  writeNumber(out, "k=", k);
  writeWord(out, "b=", spell(reads, readB));
}

void SmallSchedule::read(ScheduleReader &reader) {
  reader.number("m=", 1, maxExtent, m);
  reader.number("n=", 1, maxExtent, n);
  reader.number("k=", 1, maxExtent, k);
  reader.choice("b=", reads, readB);
}

std::optional<KernelChoice> chooseSmallKernel(const StepProblem &problem) {
  if (problem.numOperands != 2)
    return std::nullopt;
  const StepTypes &types = problem.types;
  LabelGroups groups = groupLabels(problem.labels, types);
  if (groups.m.size() > 1 || groups.n.size() != 1 || groups.k.size() != 1)
    return std::nullopt;
  if (groups.m.empty())
    groups.m.push_back({});
  const Loop &m = groups.m[0], &n = groups.n[0], &k = groups.k[0];
  constexpr int64_t most = SmallSchedule::maxExtent;
  if (m.open || n.open || k.open || m.extent > most || n.extent > most ||
      k.extent > most || m.extent * n.extent * k.extent > mostWork ||
      n.strides[RoleC] != types.unit(RoleC))
    return std::nullopt;
  int64_t items = loopProduct(groups.batch);
  if (m.extent == 0 || n.extent == 0 || items == 0)
    return std::nullopt;

  KernelChoice choice;
  choice.schedule.family = Family::Small;
  choice.schedule.types = types;
  SmallSchedule &small = choice.schedule.small;
  small.m = m.extent;
  small.n = n.extent;
  small.k = k.extent;
  int64_t unit = types.unit(RoleB);
  small.readB = n.strides[RoleB] == unit   ? ReadB::Direct
                : k.strides[RoleB] == unit ? ReadB::TransposeK
                                           : ReadB::Gather;
  if (!mayHave(choice.schedule, problem.existing))
    return std::nullopt;

  choice.params = {0, int64_t(groups.batch.size()), 1, 1, 1};
  for (const Loops *loops : {&groups.batch, &groups.m, &groups.n, &groups.k})
    addRecords(choice, *loops);
  choice.grains = items;
  choice.grainWork = double(m.extent * n.extent * k.extent);
  // Half of a register's lanes in each of two units, at 3 GHz, half used; a
  // nanosecond for what is read of B otherwise than as it is.
  double lanes = double(
      std::min<int64_t>(n.extent, problem.machine.target.vectorBytes() / unit));
  choice.seconds =
      double(items) * (choice.grainWork / lanes / 1.5e9 +
                       (small.readB == ReadB::Direct       ? 0
                        : small.readB == ReadB::TransposeK ? 0.1e-9
                                                           : 1e-9) *
                           double(n.extent * k.extent));
  choice.groups = groupsText(groups, problem.names);
  return choice;
}

} // namespace einc
