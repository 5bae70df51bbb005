// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A step whose sum is cut: one kernel call for the parts, one for a shorter
/// rest, one that adds their results up.

#include "compiler/Schedule/SplitSum.h"
#include "compiler/Schedule/StepBuilder.h"

namespace einc {

/// The pointers of a step's operands, `index` indices of a label further on.
static std::vector<EincPointer>
operandPointers(StepWriter &writer, std::span<const uint32_t> buffers,
                const StepLabel &label, int64_t index) {
  std::vector<EincPointer> pointers;
  for (size_t i = 0; i < buffers.size(); ++i)
    pointers.push_back(
        writer.pointer(buffers[i], index * label.strides[RoleA + i]));
  return pointers;
}

Result<Success> StepBuilder::addSplit(std::span<const StepLabel> labels,
                                      const SplitSum &split, const Value *a,
                                      const Value *b,
                                      const StepTarget &target) {
  const StepLabel cut = labels[split.label];
  const ElementType compute = computeType(element);
  std::vector<uint32_t> buffers = {a->buffer};
  if (b)
    buffers.push_back(b->buffer);

  // Results of the parts, one slot each.
  std::vector<StepLabel> parts(labels.begin(), labels.end());
  parts[split.label].extent = split.length;
  StepLabel slot = cut;
  slot.extent = split.slots();
  slot.in[RoleC] = true;
  for (unsigned role : {RoleA, RoleB})
    slot.strides[role] = cut.strides[role] * split.length;
  parts.push_back(slot);
  auto layout = layoutIntermediate(parts, compute, lifetimes.summedBy, {});
  if (!layout)
    return tooLarge(target.plan);
  auto partial = allocate(std::move(*layout));
  if (!partial)
    return std::move(partial).error();
  partial->type = compute;
  StepTarget partialTarget = intermediateTarget(target.plan, *partial);
  auto addParts = [&](int64_t first) {
    StepProblem step = problem(parts, a, b);
    step.types.output = compute;
    partialTarget.offset = first * parts.back().strides[RoleC];
    writer.addKernel(
        chooseKernel(step), partialTarget,
        operandPointers(writer, buffers, cut, first * split.length));
  };
  const int64_t slotStride = parts.back().strides[RoleC];
  parts.back().extent = split.parts;
  addParts(0);
  if (split.rest > 0) {
    parts[split.label].extent = split.rest;
    parts.back().extent = 1;
    addParts(split.parts);
  }

  // Their sum: the operand is the slots.
  std::vector<StepLabel> sums;
  for (size_t i = 0; i < labels.size(); ++i)
    if (labels[i].in[RoleC]) {
      StepLabel label = labels[i];
      label.in[RoleA] = true;
      label.in[RoleB] = false;
      label.strides[RoleA] = parts[i].strides[RoleC];
      label.strides[RoleB] = 0;
      sums.push_back(label);
    }
  StepLabel sum{cut.label, split.slots()};
  sum.in[RoleA] = true;
  sum.strides[RoleA] = slotStride;
  sums.push_back(sum);
  const EincPointer operand[] = {writer.pointer(partial->buffer)};
  writer.addKernel(chooseKernel(problem(sums, &*partial, nullptr)), target,
                   operand);
  release(*partial);
  return Success{};
}

Result<Success> StepBuilder::addStep(std::span<const StepLabel> labels,
                                     const KernelChoice &choice, const Value *a,
                                     const Value *b, const StepTarget &target) {
  if (auto split = open ? std::nullopt : chooseSplit(labels, choice))
    return addSplit(labels, *split, a, b, target);
  std::vector<EincPointer> operands = {writer.pointer(a->buffer)};
  if (b)
    operands.push_back(writer.pointer(b->buffer));
  writer.addKernel(choice, target, operands);
  return Success{};
}

} // namespace einc
