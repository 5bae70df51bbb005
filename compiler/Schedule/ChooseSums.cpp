// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Rows or columns: whichever walks along what is contiguous.

#include "compiler/Schedule/ChooseSums.h"
#include "compiler/Schedule/KernelLayout.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace einc {

namespace {

/// What a core reads from memory, in bytes a second.
constexpr double readBytes = 20e9;
/// Multiply-adds of one element at a time, a second.
constexpr double scalarRate = 1.5e9;

/// A stride to compare loops by: one that does not move is no help.
int64_t distance(const Loop &loop, unsigned role) {
  int64_t stride = std::abs(loop.strides[role]);
  return stride == 0 ? std::numeric_limits<int64_t>::max() : stride;
}

class SumChooser {
public:
  SumChooser(const StepProblem &problem, unsigned rowsAtOnce)
      : types(problem.types), numOperands(problem.numOperands),
        sharesB(rowsAtOnce > 1), loops(generalLoops(problem.labels)) {
    auto isOne = [](const Loop &loop) { return loop.extent == 1; };
    std::erase_if(loops.output, isOne);
    std::erase_if(loops.reduction, isOne);
    // A kernel divides by the extents of all k but the innermost.
    auto isEmpty = [](const Loop &loop) { return loop.extent == 0; };
    auto empty =
        std::find_if(loops.reduction.begin(), loops.reduction.end(), isEmpty);
    if (empty != loops.reduction.end())
      loops.reduction = {*empty};
    for (Loops *some : {&loops.output, &loops.reduction})
      if (some->empty())
        some->emplace_back();
  }

  SumForm choose();
  const Loops &output() const { return loops.output; }
  const Loops &reduction() const { return loops.reduction; }
  const GeneralLoops &all() const { return loops; }

private:
  bool isUnit(const Loop &loop, unsigned role) const {
    return loop.strides[role] == types.unit(role);
  }
  bool isRowVector(const Loop &loop) const {
    return isUnit(loop, RoleA) && (numOperands == 1 || isUnit(loop, RoleB));
  }
  bool isColumnVector(const Loop &loop) const {
    return isUnit(loop, RoleA) && (numOperands == 1 || isUnit(loop, RoleB) ||
                                   loop.strides[RoleB] == 0);
  }
  bool jumps(const Loop &inner) const;
  void rows(size_t inner);
  void columns(size_t line, int64_t enough);

  const StepTypes &types;
  const unsigned numOperands;
  const bool sharesB;
  /// The innermost first, in the order the kernel walks them.
  GeneralLoops loops;
};

void moveFirst(Loops &loops, size_t index) {
  std::rotate(loops.begin(), loops.begin() + index, loops.begin() + index + 1);
}

/// Index of the first loop for which `isBetter` never holds of a later one.
template <typename Better> size_t bestLoop(const Loops &loops, Better better) {
  size_t best = 0;
  for (size_t i = 1; i < loops.size(); ++i)
    if (better(loops[i], loops[best]))
      best = i;
  return best;
}

size_t nearest(const Loops &loops, unsigned role) {
  return bestLoop(loops, [&](const Loop &a, const Loop &b) {
    return distance(a, role) < distance(b, role);
  });
}

/// Whether rows along `inner`, pieces shorter than a cache line, would lie
/// further apart than the pieces of other rows.
bool SumChooser::jumps(const Loop &inner) const {
  if (inner.extent * types.unit(RoleA) >= 64 || loops.reduction.size() < 2)
    return false;
  int64_t next = std::numeric_limits<int64_t>::max();
  for (const Loop &loop : loops.reduction)
    if (&loop != &inner)
      next = std::min(next, distance(loop, RoleA));
  const Loop &line = loops.output[nearest(loops.output, RoleA)];
  return line.extent >= 8 && distance(line, RoleA) < next;
}

/// Rows along reduction loop `inner`; the line is what reads on in memory, or
/// what shares b the longest.
void SumChooser::rows(size_t inner) {
  moveFirst(loops.reduction, inner);
  moveFirst(
      loops.output, bestLoop(loops.output, [&](const Loop &a, const Loop &b) {
        if (!sharesB)
          return distance(a, RoleA) < distance(b, RoleA);
        bool first = a.strides[RoleB] == 0, second = b.strides[RoleB] == 0;
        return first != second ? first : a.extent > b.extent;
      }));
  if (sharesB && loops.output[0].strides[RoleB] != 0)
    loops.output.insert(loops.output.begin(), Loop());
}

/// Columns along output loop `line`; k first walks to the nearest lines, if
/// there are `enough` to be summed several at once.
void SumChooser::columns(size_t line, int64_t enough) {
  moveFirst(loops.output, line);
  moveFirst(loops.reduction,
            bestLoop(loops.reduction, [&](const Loop &a, const Loop &b) {
              bool manyA = a.extent >= enough, manyB = b.extent >= enough;
              if (manyA != manyB)
                return manyA;
              return manyA ? distance(a, RoleA) < distance(b, RoleA)
                           : a.extent > b.extent;
            }));
}

SumForm SumChooser::choose() {
  SumForm form;
  auto find = [&](const Loops &among, auto &&test) {
    return size_t(std::find_if(among.begin(), among.end(), test) -
                  among.begin());
  };
  size_t row = find(loops.reduction,
                    [&](const Loop &loop) { return isRowVector(loop); });
  size_t column = find(loops.output,
                       [&](const Loop &loop) { return isColumnVector(loop); });
  if (row < loops.reduction.size() && !jumps(loops.reduction[row])) {
    rows(row);
    return form;
  }
  if (column < loops.output.size()) {
    columns(column, 8);
    form.columns = true;
    const Loop &line = loops.output[0];
    form.constantB = numOperands == 2 && line.strides[RoleB] == 0;
    form.contiguousOutput = isUnit(line, RoleC);
    return form;
  }
  // One by one: along what is nearest in memory.
  form.vectors = false;
  size_t nearestK = nearest(loops.reduction, RoleA);
  size_t nearestM = nearest(loops.output, RoleA);
  form.columns = distance(loops.output[nearestM], RoleA) <
                     distance(loops.reduction[nearestK], RoleA) ||
                 jumps(loops.reduction[nearestK]);
  if (form.columns)
    columns(nearestM, 4);
  else
    rows(nearestK);
  return form;
}

} // namespace

GroupsPresent groupsPresent(const StepProblem &problem) {
  GroupsPresent groups;
  for (const StepLabel &label : problem.labels) {
    bool a = label.in[RoleA], b = label.in[RoleB];
    if (!label.in[RoleC])
      groups.k = true;
    else if (a && b)
      groups.batch = true;
    else
      (b ? groups.n : groups.m) = true;
  }
  return groups;
}

SumForm chooseSums(const StepProblem &problem, unsigned rowsAtOnce,
                   KernelChoice &choice) {
  SumChooser chooser(problem, rowsAtOnce);
  SumForm form = chooser.choose();
  form.nestedK = chooser.reduction().size() > 1;
  Loops batch = chooser.output(), k = chooser.reduction();
  Loops line = {batch[0]};
  batch.erase(batch.begin());
  choice.params.assign(GroupedHead, 0);
  choice.params[GroupedNumBatch] = int64_t(batch.size());
  choice.params[GroupedNumM] = 1;
  choice.params[GroupedNumK] = int64_t(k.size());
  addRecords(choice, batch);
  addRecords(choice, line);
  addRecords(choice, k);

  const int64_t unit = form.columns ? columnGrain : int64_t(rowsAtOnce);
  const int64_t extent = line[0].extent;
  choice.grains = loopProduct(batch) * (extent / unit + (extent % unit != 0));
  const double depth = double(loopProduct(k));
  choice.grainWork = double(std::min(unit, extent)) * depth;
  const double elements = double(loopProduct(batch)) * double(extent) * depth;
  double bytes = 0;
  for (unsigned i = 0; i < problem.numOperands; ++i)
    bytes += double(problem.types.unit(RoleA + i));
  // b is read again and again where it is small.
  if (form.constantB || (rowsAtOnce > 1 && !form.columns))
    bytes = double(problem.types.unit(RoleA));
  choice.seconds =
      elements * std::max(bytes / readBytes, form.vectors ? 0 : 1 / scalarRate);
  choice.groups = groupsText(chooser.all(), problem.names);
  return form;
}

} // namespace einc
