// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One step of the tree: sums of labels that one operand alone has, the
/// family, the sides, the layout of the result.

#include "compiler/Schedule/OpenCall.h"
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

  // In the operand's own order. Halves are rounded once a step: not here.
  ElementType type = isHalf(element) ? computeType(element) : element;
  auto layout = layoutIntermediate(labels, type, lifetimes.summedBy, {},
                                   open ? &open->sizes : nullptr);
  if (!layout)
    return tooLarge(plan);
  auto sum = allocate(std::move(*layout));
  if (!sum)
    return std::move(sum).error();
  sum->type = type;
  StepProblem step = problem(labels, &value, nullptr);
  step.types.output = type;
  if (auto done = addStep(labels, choose(step), &value, nullptr,
                          intermediateTarget(plan, *sum));
      !done)
    return done;
  release(value);
  value = std::move(*sum);
  return Success{};
}

/// A step's labels with the types of its tensors.
StepProblem StepBuilder::problem(std::span<const StepLabel> labels,
                                 const Value *a, const Value *b) const {
  StepTypes types = element;
  const Value *operands[] = {a, b};
  for (unsigned i = 0; i < 2; ++i)
    if (const Value *value = operands[i]) {
      types.operands[i] = value->type;
      types.conjugate[i] = value->conjugate;
    }
  return {labels,          unsigned(a != nullptr) + unsigned(b != nullptr),
          types,           options.machine,
          equation.labels, list.schedules};
}

KernelChoice StepBuilder::choose(const StepProblem &problem) {
  if (open && isOpen(problem.labels))
    return chooseOpenKernel(problem, open->sizes);
  return chooseKernel(problem);
}

static void swapSides(std::span<StepLabel> labels) {
  for (StepLabel &label : labels) {
    std::swap(label.in[RoleA], label.in[RoleB]);
    std::swap(label.strides[RoleA], label.strides[RoleB]);
    std::swap(label.sizes[RoleA], label.sizes[RoleB]);
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

  // The labels of either operand may be the ones stored as vectors; an
  // intermediate is laid out for each case.
  KernelChoice choices[2];
  std::optional<IntermediateLayout> layouts[2];
  const Value *sides[2] = {&a, &b};
  for (unsigned side : {0, 1}) {
    if (!layOut(s, labels, layouts[side]))
      return tooLarge(s);
    choices[side] = choose(problem(labels, sides[side], sides[1 - side]));
    swapSides(labels);
  }
  unsigned side = std::pair(choices[1].rank, choices[1].seconds) <
                  std::pair(choices[0].rank, choices[0].seconds);
  if (side == 1)
    swapSides(labels);
  if (!layOut(s, labels, layouts[side]))
    return tooLarge(s);
  auto target = makeTarget(s, std::move(layouts[side]));
  if (!target)
    return std::move(target).error();
  if (auto done =
          addStep(labels, choices[side], sides[side], sides[1 - side], *target);
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
                              lifetimes.consumers[equation.numOperands() + s],
                              open ? &open->sizes : nullptr);
  return layout.has_value();
}

} // namespace einc
