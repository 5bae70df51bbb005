// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From a kernel that was chosen by examples to its call in formulas. No kernel
/// is called with an extent of 0 (StepTarget::condition), and what divides by a
/// loop's extent is safe.

#include "compiler/Schedule/OpenCall.h"
#include "compiler/Schedule/KernelLayout.h"

#include <array>
#include <map>

namespace einc {

bool isOpen(std::span<const StepLabel> labels) {
  for (const StepLabel &label : labels)
    if (label.extentSize || label.hasOpenStrides())
      return true;
  return false;
}

namespace {

/// A step's labels, those that run on joined into one.
struct FoldedLabels {
  std::vector<StepLabel> labels;  ///< StepLabel::label: index into names
  std::vector<std::string> names; ///< as written: "kl", with a "?" if open
};

/// What the strides of the next label outside of `label` must be, with the
/// tensors that have it.
using StrideKey = std::array<std::pair<int64_t, uint32_t>, 4>;

StrideKey keyOf(const StepLabel &label, OpenSizes *timesExtent) {
  StrideKey key;
  for (unsigned role = 0; role < 3; ++role) {
    Size stride{label.strides[role], label.sizes[role]};
    if (timesExtent)
      stride = timesExtent->multiply(stride, {label.extent, label.extentSize});
    // An open size is its id; its example says nothing.
    key[role] = {stride.id ? 0 : stride.value, stride.id};
  }
  key[3] = {label.in[0] + 2 * label.in[1] + 4 * label.in[2], 0};
  return key;
}

/// The names of labels that run on, outermost first: "kl", "batch*k".
struct FoldedName {
  std::string text;
  bool isLong; ///< some label has more than one character

  void addOuter(const FoldedName &outer) {
    isLong |= outer.isLong;
    text = outer.text + (isLong ? "*" : "") + text;
  }
};

/// In linear time but for the lookups. Pairs of closed labels are left to
/// foldLoops.
FoldedLabels foldLabels(const StepProblem &problem, OpenSizes &sizes) {
  FoldedLabels folded;
  std::vector<StepLabel> labels(problem.labels.begin(), problem.labels.end());
  std::vector<FoldedName> names;
  std::vector<bool> isGone(labels.size(), false);
  std::multimap<StrideKey, size_t> places;
  for (size_t i = 0; i < labels.size(); ++i) {
    const std::string &name = problem.names[labels[i].label];
    names.push_back({name, name.size() > 1});
    places.emplace(keyOf(labels[i], nullptr), i);
  }
  auto closed = [&](const StepLabel &label) {
    return !label.extentSize && !label.hasOpenStrides();
  };
  auto findOuter = [&](size_t inner) {
    auto [first, last] = places.equal_range(keyOf(labels[inner], &sizes));
    for (auto it = first; it != last; ++it)
      if (it->second != inner &&
          !(closed(labels[inner]) && closed(labels[it->second])))
        return it;
    return places.end();
  };
  for (size_t i = 0; i < labels.size(); ++i) {
    if (isGone[i])
      continue;
    for (auto outer = findOuter(i); outer != places.end();
         outer = findOuter(i)) {
      size_t j = outer->second;
      Size extent = sizes.multiply({labels[i].extent, labels[i].extentSize},
                                   {labels[j].extent, labels[j].extentSize});
      labels[i].extent = extent.value;
      labels[i].extentSize = extent.id;
      names[i].addOuter(names[j]);
      isGone[j] = true;
      places.erase(outer);
    }
  }
  for (size_t i = 0; i < labels.size(); ++i)
    if (!isGone[i]) {
      labels[i].label = LabelId(folded.names.size());
      folded.names.push_back(names[i].text + (labels[i].extentSize ? "?" : ""));
      folded.labels.push_back(labels[i]);
    }
  return folded;
}

/// The numbers of a call, from the loops of its records.
class CallMaker {
public:
  CallMaker(const KernelChoice &choice, std::span<const StepLabel> labels,
            const OpenSizes &sizes)
      : choice(choice), labels(labels), sizes(sizes) {}

  OpenCall make();

private:
  Formula extent(size_t record) const {
    const Loop &loop = choice.records[record];
    return sizes.formulaOf(
        {loop.extent, loop.open ? labels[loop.stepLabel].extentSize : 0});
  }
  Formula stride(size_t record, unsigned role) const {
    const Loop &loop = choice.records[record];
    return sizes.formulaOf(
        {loop.strides[role],
         loop.openStrides ? labels[loop.stepLabel].sizes[role] : 0});
  }
  Formula product(size_t begin, size_t end) const {
    Formula result = formula(1);
    for (size_t i = begin; i < end; ++i)
      result = std::move(result) * extent(i);
    return result;
  }
  size_t param(unsigned index) const { return size_t(choice.params[index]); }

  void gemm();
  void general();
  void sums(const SumForm &form, int64_t rowsAtOnce);
  void outer();
  void permute();
  void small();
  Formula coversTile(size_t record) const;

  const KernelChoice &choice;
  std::span<const StepLabel> labels;
  const OpenSizes &sizes;
  OpenCall call;
  Formula work; ///< multiply-adds of a grain
};

void CallMaker::gemm() {
  const GemmSchedule &gemm = choice.schedule.gemm;
  size_t m = param(GemmNumBatch), n = m + param(GemmNumM);
  size_t k = n + param(GemmNumN), end = k + param(GemmNumK);
  Formula rows = product(m, n), depth = product(k, end);
  Formula multiple = formula(int64_t(gemm.runMultiple));
  Formula columns = ceilDiv(extent(n), multiple) * multiple * product(n + 1, k);
  call.params[GemmM] = rows;
  call.params[GemmN] = columns;
  call.params[GemmK] = depth;
  call.params[GemmMBlocks] = ceilDiv(rows, formula(gemm.mc));
  call.params[GemmNBlocks] = ceilDiv(columns, formula(gemm.nc));
  call.grains =
      product(0, m) * call.params[GemmMBlocks] * call.params[GemmNBlocks];
  work =
      least(rows, formula(gemm.mc)) * least(columns, formula(gemm.nc)) * depth;
}

void CallMaker::general() {
  size_t numOutput = param(GeneralNumOutput), end = choice.records.size();
  bool sums = end > numOutput;
  call.params[GeneralReductionOuter] =
      sums ? product(numOutput + 1, end) : formula(1);
  call.grains = product(1, numOutput);
  work = extent(0) * product(numOutput, end);
}

void CallMaker::sums(const SumForm &form, int64_t rowsAtOnce) {
  size_t line = param(GroupedNumBatch);
  Formula unit = formula(form.columns ? columnGrain : rowsAtOnce);
  call.grains = product(0, line) * ceilDiv(extent(line), unit);
  work = least(extent(line), unit) * product(line + 1, choice.records.size());
}

void CallMaker::outer() {
  size_t x = param(GroupedNumM);
  Formula piece = formula(OuterSchedule::pieceLength);
  call.grains =
      product(0, x) * greatest(floorDiv(extent(x), piece), formula(1));
  work = least(extent(x), piece);
}

void CallMaker::permute() {
  const PermuteSchedule &permute = choice.schedule.permute;
  int64_t bytes = choice.schedule.types.unit(RoleC);
  size_t y = param(GroupedNumBatch), x = y + 1;
  Formula blockX = formula(permute.blockX(bytes));
  Formula blockY = formula(permute.blockY(bytes));
  call.grains = product(0, y) *
                greatest(floorDiv(extent(x), blockX), formula(1)) *
                greatest(floorDiv(extent(y), blockY), formula(1));
  work = least(extent(x), blockX) * least(extent(y), blockY);

  Formula isRight = coversTile(x);
  if (permute.transposes)
    isRight = std::move(isRight) * coversTile(y);
  if (isLiteral(isRight, 1))
    return;
  // One element at a time where extents are shorter than the tile.
  KernelChoice single = choice;
  single.schedule.permute.tile = 1;
  OpenCall other = call;
  other.grains =
      std::move(other.grains) * combine(EINC_OP_EQUAL, isRight, formula(0));
  other.minGrains = ceilDiv(formula(ThreadWork), greatest(work, formula(1)));
  single.call = std::make_shared<OpenCall>(std::move(other));
  call.otherwise = std::make_shared<KernelChoice>(std::move(single));
  call.grains = std::move(call.grains) * isRight;
}

/// 1 or 0: whether a loop is as long as a tile.
Formula CallMaker::coversTile(size_t record) const {
  const Loop &loop = choice.records[record];
  if (!loop.open)
    return formula(1);
  Formula tile = formula(int64_t(choice.schedule.permute.tile));
  if (isLiteral(tile, 1))
    return tile;
  return combine(EINC_OP_EQUAL, least(extent(record), tile), tile);
}

void CallMaker::small() {
  call.grains = product(0, param(GroupedNumBatch));
  const SmallSchedule &small = choice.schedule.small;
  work = formula(small.m * small.n * small.k);
}

OpenCall CallMaker::make() {
  for (int64_t word : choice.params)
    call.params.push_back(formula(word));
  size_t word = choice.params.size() - LoopRecordWords * choice.records.size();
  for (size_t i = 0; i < choice.records.size(); ++i) {
    call.params[word++] = extent(i);
    for (unsigned role : {RoleC, RoleA, RoleB})
      call.params[word++] = stride(i, role);
  }
  const Schedule &schedule = choice.schedule;
  switch (schedule.family) {
  case Family::Gemm:
    gemm();
    break;
  case Family::General:
    general();
    break;
  case Family::Outer:
    outer();
    break;
  case Family::Permute:
    permute();
    break;
  case Family::Reduce:
    sums(schedule.reduce.form, ReduceSchedule::rowsAtOnce);
    break;
  case Family::Dot:
    sums(schedule.dot.form, DotSchedule::rowsAtOnce);
    break;
  case Family::Gemv:
    sums(schedule.gemv.form, GemvSchedule::rowsAtOnce);
    break;
  case Family::Small:
    small();
    break;
  }
  call.minGrains =
      ceilDiv(formula(ThreadWork), greatest(std::move(work), formula(1)));
  return std::move(call);
}

} // namespace

KernelChoice chooseOpenKernel(const StepProblem &problem, OpenSizes &sizes) {
  FoldedLabels folded = foldLabels(problem, sizes);
  KernelChoice choice =
      chooseKernel({folded.labels, problem.numOperands, problem.types,
                    problem.machine, folded.names, problem.existing});
  choice.call = std::make_shared<OpenCall>(
      CallMaker(choice, folded.labels, sizes).make());
  return choice;
}

} // namespace einc
