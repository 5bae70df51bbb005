// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Normalises tensors; classifies, sorts and folds the labels of a step.

#include "compiler/Schedule/LabelGroups.h"

#include <algorithm>
#include <cstdlib>

namespace einc {

NormalizedTensor normalizeTensor(std::span<const LabelId> labels,
                                 const TensorLayout &layout,
                                 std::vector<uint32_t> &slots) {
  NormalizedTensor tensor;
  int64_t bytes = int64_t(elementBytes(layout.type));
  for (size_t i = 0; i < labels.size(); ++i) {
    // Extent 1 is never walked along: broadcast, or 1 everywhere.
    if (layout.extents[i] == 1)
      continue;
    uint32_t &slot = slots[labels[i]];
    // An empty tensor's strides have no meaning and may be any numbers.
    int64_t stride = 0;
    if (layout.extents[i] > 1)
      stride = layout.strides[i] * bytes;
    if (slot == NoSlot) {
      slot = uint32_t(tensor.axes.size());
      tensor.axes.push_back({labels[i], stride});
    } else {
      tensor.repeats = true;
      tensor.axes[slot].stride += stride;
    }
  }
  for (const StridedAxis &axis : tensor.axes)
    slots[axis.label] = NoSlot;
  return tensor;
}

namespace {

/// The order of a group: by |stride| of one tensor, then of a second; equal
/// strides by label, so that the order never depends on the input's.
struct StrideOrder {
  TensorRole first, second;
  bool operator()(const StepLabel *a, const StepLabel *b) const {
    for (TensorRole role : {first, second}) {
      int64_t x = std::abs(a->strides[role]), y = std::abs(b->strides[role]);
      if (x != y)
        return x < y;
    }
    return a->label < b->label;
  }
};

using LabelPointers = std::vector<const StepLabel *>;

Loops makeLoops(LabelPointers &group, StrideOrder order,
                std::span<const StepLabel> all, std::vector<LabelId> &labels) {
  std::sort(group.begin(), group.end(), order);
  Loops loops;
  for (const StepLabel *label : group) {
    loops.push_back({label->extent,
                     {label->strides[0], label->strides[1], label->strides[2]},
                     uint32_t(labels.size()),
                     1,
                     label->extentSize != 0,
                     label->hasOpenStrides(),
                     uint32_t(label - all.data())});
    labels.push_back(label->label);
  }
  foldLoops(loops);
  return loops;
}

bool hasUnitStride(const LabelPointers &group, TensorRole role,
                   const StepTypes &types) {
  return std::any_of(group.begin(), group.end(), [&](const StepLabel *label) {
    return label->strides[role] == types.unit(role);
  });
}

bool runsOn(const Loop &inner, const Loop &outer) {
  int64_t both;
  if (!inner.isClosed() || !outer.isClosed() ||
      __builtin_mul_overflow(inner.extent, outer.extent, &both))
    return false;
  for (unsigned role = 0; role < 3; ++role) {
    int64_t next;
    if (__builtin_mul_overflow(inner.strides[role], inner.extent, &next) ||
        next != outer.strides[role])
      return false;
  }
  return true;
}

void addGroup(std::string &out, const char *name, const Loops &loops,
              const std::vector<LabelId> &labels,
              std::span<const std::string> names) {
  if (loops.empty())
    return;
  out.append(out.empty() ? "" : " ").append(name).append("(");
  for (size_t i = loops.size(); i-- > 0;) {
    const Loop &loop = loops[i];
    for (uint32_t j = loop.numLabels; j-- > 0;) {
      const std::string &label = names[labels[loop.firstLabel + j]];
      out += label;
      // Long names would run together.
      if (j > 0 && (label.size() > 1 ||
                    names[labels[loop.firstLabel + j - 1]].size() > 1))
        out += "*";
    }
    out += (loop.numLabels ? "=" : "") + std::to_string(loop.extent);
    out += i > 0 ? " " : ")";
  }
}

} // namespace

LabelGroups groupLabels(std::span<const StepLabel> labels,
                        const StepTypes &types) {
  LabelPointers batch, m, n, k;
  for (const StepLabel &label : labels)
    (!label.in[RoleC]   ? k
     : !label.in[RoleB] ? m
     : !label.in[RoleA] ? n
                        : batch)
        .push_back(&label);
  LabelGroups groups;
  groups.labels.reserve(labels.size());
  groups.batch = makeLoops(batch, {RoleC, RoleA}, labels, groups.labels);
  groups.m =
      makeLoops(m,
                hasUnitStride(m, RoleA, types) ? StrideOrder{RoleA, RoleC}
                                               : StrideOrder{RoleC, RoleA},
                labels, groups.labels);
  groups.n = makeLoops(n, {RoleC, RoleB}, labels, groups.labels);
  groups.k =
      makeLoops(k,
                hasUnitStride(k, RoleB, types) ? StrideOrder{RoleB, RoleA}
                                               : StrideOrder{RoleA, RoleB},
                labels, groups.labels);
  return groups;
}

GeneralLoops generalLoops(std::span<const StepLabel> labels) {
  LabelPointers output, reduction;
  for (const StepLabel &label : labels)
    (label.in[RoleC] ? output : reduction).push_back(&label);
  GeneralLoops loops;
  loops.output = makeLoops(output, {RoleC, RoleA}, labels, loops.labels);
  loops.reduction = makeLoops(reduction, {RoleA, RoleB}, labels, loops.labels);
  return loops;
}

void foldLoops(Loops &loops) {
  size_t last = 0;
  for (size_t i = 1; i < loops.size(); ++i) {
    if (runsOn(loops[last], loops[i])) {
      loops[last].extent *= loops[i].extent;
      loops[last].numLabels += loops[i].numLabels;
    } else {
      loops[++last] = loops[i];
    }
  }
  if (!loops.empty())
    loops.resize(last + 1);
}

int64_t loopProduct(const Loops &loops) {
  // Beside a 0 the others may be of any size.
  if (std::ranges::any_of(loops,
                          [](const Loop &loop) { return loop.extent == 0; }))
    return 0;
  int64_t product = 1;
  for (const Loop &loop : loops)
    product *= loop.extent;
  return product;
}

std::string groupsText(const LabelGroups &groups,
                       std::span<const std::string> names) {
  std::string out;
  addGroup(out, "batch", groups.batch, groups.labels, names);
  addGroup(out, "m", groups.m, groups.labels, names);
  addGroup(out, "n", groups.n, groups.labels, names);
  addGroup(out, "k", groups.k, groups.labels, names);
  return out;
}

std::string groupsText(const GeneralLoops &loops,
                       std::span<const std::string> names) {
  std::string out;
  addGroup(out, "out", loops.output, loops.labels, names);
  addGroup(out, "sum", loops.reduction, loops.labels, names);
  return out;
}

} // namespace einc
