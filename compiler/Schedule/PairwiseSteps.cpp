// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One step of the tree: sums of labels that one operand alone has, the
/// family, the sides, the layout of the result.

#include "compiler/Schedule/StepBuilder.h"

#include <algorithm>

namespace einc {

void StepBuilder::mark(std::span<const LabelId> labels, uint32_t value) {
  for (LabelId label : labels)
    slots[label] = value;
}

void StepBuilder::mark(const NormalizedTensor &tensor, uint32_t value) {
  for (const StridedAxis &axis : tensor.axes)
    slots[axis.label] = value;
}

/// A label that only one operand has, and the result has not, is summed before
/// the step: fewer operations and fewer roundings.
Result<Success> StepBuilder::sumAlone(Value &value, const Value &other,
                                      std::span<const LabelId> kept,
                                      uint32_t plan) {
  std::vector<StepLabel> labels = stepLabels(nullptr, &value, nullptr);
  mark(other.tensor, 0);
  mark(kept, 0);
  bool isAlone = false;
  for (StepLabel &label : labels) {
    label.in[RoleC] = slots[label.label] != NoSlot;
    isAlone |= !label.in[RoleC];
  }
  mark(other.tensor, NoSlot);
  mark(kept, NoSlot);
  if (!isAlone)
    return Success{};

  // In the operand's own order.
  auto layout = layoutIntermediate(labels, element, lifetimes.summedBy, {});
  if (!layout)
    return tooLarge(plan);
  auto sum = allocate(std::move(*layout));
  if (!sum)
    return std::move(sum).error();
  writer.addGeneral(
      chooseGeneral(generalLoops(labels), 1, element, options.machine),
      intermediateTarget(plan, *sum), {&value.buffer, 1}, equation.labels);
  release(value);
  value = std::move(*sum);
  return Success{};
}

static Family familyOf(std::span<const StepLabel> labels) {
  double m = 1, n = 1, k = 1;
  for (const StepLabel &label : labels) {
    if (!label.in[RoleC])
      k *= double(label.extent);
    else if (!label.in[RoleB])
      m *= double(label.extent);
    else if (!label.in[RoleA])
      n *= double(label.extent);
  }
  return chooseFamily(m, n, k);
}

static void swapSides(std::span<StepLabel> labels) {
  for (StepLabel &label : labels) {
    std::swap(label.in[RoleA], label.in[RoleB]);
    std::swap(label.strides[RoleA], label.strides[RoleB]);
  }
}

Result<Success> StepBuilder::addPairwise(uint32_t s) {
  const std::vector<LabelId> &kept = lifetimes.results[s];
  Value a = std::move(values[tree.steps[s].lhs]);
  Value b = std::move(values[tree.steps[s].rhs]);
  if (auto done = sumAlone(a, b, kept, s); !done)
    return done;
  if (auto done = sumAlone(b, a, kept, s); !done)
    return done;

  bool isLast = s + 1 == tree.steps.size();
  std::vector<StepLabel> labels =
      stepLabels(isLast ? &output : nullptr, &a, &b);
  mark(kept, 0);
  for (StepLabel &label : labels)
    label.in[RoleC] = slots[label.label] != NoSlot;
  mark(kept, NoSlot);

  bool isGemm = familyOf(labels) == Family::Gemm;
  if (auto done =
          isGemm ? addGemm(s, labels, a, b) : addGeneral(s, labels, a, b);
      !done)
    return done;
  release(a);
  release(b);
  return Success{};
}

/// Where step `s` stores: the output, or a new intermediate, laid out by
/// layOut before.
Result<StepTarget>
StepBuilder::makeTarget(uint32_t s, std::optional<IntermediateLayout> layout) {
  if (s + 1 == tree.steps.size())
    return outputTarget(s);
  Value &result = values[equation.numOperands() + s];
  auto value = allocate(std::move(*layout));
  if (!value)
    return std::move(value).error();
  result = std::move(*value);
  return intermediateTarget(s, result);
}

/// Gives the result of step `s` its strides, unless that is the output. False
/// if it is too large.
bool StepBuilder::layOut(uint32_t s, std::span<StepLabel> labels,
                         std::optional<IntermediateLayout> &layout) const {
  if (s + 1 == tree.steps.size())
    return true;
  layout = layoutIntermediate(labels, element, lifetimes.summedBy,
                              lifetimes.consumers[equation.numOperands() + s]);
  return layout.has_value();
}

Result<Success> StepBuilder::addGemm(uint32_t s, std::span<StepLabel> labels,
                                     const Value &a, const Value &b) {
  // The labels of either operand may be the ones stored as vectors; an
  // intermediate is laid out for each case.
  GemmChoice choices[2];
  std::optional<IntermediateLayout> layouts[2];
  for (unsigned side : {0, 1}) {
    if (!layOut(s, labels, layouts[side]))
      return tooLarge(s);
    choices[side] = chooseGemm(groupLabels(labels, element), element,
                               options.machine, list.schedules);
    swapSides(labels);
  }
  unsigned side = choices[1].seconds < choices[0].seconds;
  auto target = makeTarget(s, std::move(layouts[side]));
  if (!target)
    return std::move(target).error();
  writer.addGemm(choices[side], *target, side ? b.buffer : a.buffer,
                 side ? a.buffer : b.buffer, equation.labels);
  return Success{};
}

Result<Success> StepBuilder::addGeneral(uint32_t s, std::span<StepLabel> labels,
                                        const Value &a, const Value &b) {
  std::optional<IntermediateLayout> layout;
  if (!layOut(s, labels, layout))
    return tooLarge(s);
  auto target = makeTarget(s, std::move(layout));
  if (!target)
    return std::move(target).error();
  const uint32_t operands[] = {a.buffer, b.buffer};
  writer.addGeneral(
      chooseGeneral(generalLoops(labels), 2, element, options.machine), *target,
      operands, equation.labels);
  return Success{};
}

} // namespace einc
