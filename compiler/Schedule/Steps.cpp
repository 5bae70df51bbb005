// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Steps of a whole expression: arguments, texts, fills, memory.

#include "compiler/Schedule/Steps.h"
#include "compiler/Planner/StepEquation.h"
#include "compiler/Planner/TreeWalk.h"
#include "compiler/Schedule/StepBuilder.h"

#include <algorithm>

namespace einc {

TensorLayout TensorLayout::rowMajor(ElementType type, Shape extents) {
  TensorLayout layout{type, std::move(extents), {}, false};
  layout.strides.resize(layout.extents.size());
  // Unsigned, so that shapes too large for any memory are no error here.
  uint64_t stride = 1;
  for (size_t i = layout.extents.size(); i-- > 0;) {
    layout.strides[i] = int64_t(stride);
    stride *= uint64_t(std::max<int64_t>(layout.extents[i], 1));
  }
  return layout;
}

static Diagnostic diagnose(ErrorKind kind, std::string message) {
  return {kind, std::move(message), {}, {}, {}};
}

Result<StepList> StepBuilder::build() {
  if (auto done = addArguments(); !done)
    return std::move(done).error();
  addEquations();
  uint32_t last = tree.steps.empty() ? 0 : uint32_t(tree.steps.size() - 1);
  // A sum over nothing is 0 whatever else is multiplied with it: one fill.
  bool isEmpty = std::find(equation.extents.begin(), equation.extents.end(),
                           0) != equation.extents.end();
  if (isEmpty || output.repeats)
    addFill(last);
  else if (open && open->sumsOpen)
    addFill(last, &open->isEmpty);
  if (isEmpty) {
    // Nothing to add to it.
  } else if (values.size() == 1) {
    if (auto done = addUnary(values[0], 0); !done)
      return std::move(done).error();
  } else {
    std::vector<NormalizedTensor> tensors;
    for (size_t i = 0; i < equation.numOperands(); ++i)
      tensors.push_back(values[i].tensor);
    lifetimes = findLifetimes(tensors, output, tree, slots);
    for (uint32_t s = 0; s < tree.steps.size(); ++s)
      if (auto done = addPairwise(s); !done)
        return std::move(done).error();
  }
  list.workspaceBytes = workspaceBytes();
  if (writer.passedLimit())
    return diagnose(ErrorKind::Limit,
                    "a number of the steps depends on too many open extents "
                    "and strides for an artifact");
  // How much an example needs is nobody's limit.
  if (auto done = checkMemory(); !done && !open)
    return std::move(done).error();
  return std::move(list);
}

/// Checks a layout against its term, normalises it, makes its buffer.
Result<Success> StepBuilder::addTensor(std::span<const LabelId> labels,
                                       const TensorLayout &layout,
                                       const std::string &name,
                                       NormalizedTensor &tensor,
                                       uint32_t &buffer) {
  if (layout.extents.size() != labels.size() ||
      layout.strides.size() != labels.size())
    return diagnose(ErrorKind::InvalidArgument,
                    name + " has " + std::to_string(layout.extents.size()) +
                        " extents and " +
                        std::to_string(layout.strides.size()) +
                        " strides but its term has " +
                        std::to_string(labels.size()) + " axes");
  // An operand may broadcast, the output may not.
  bool isOutput = list.buffers.size() == operandLayouts.size();
  for (size_t i = 0; i < labels.size(); ++i)
    if (layout.extents[i] != equation.extents[labels[i]] &&
        (isOutput || layout.extents[i] != 1))
      return diagnose(ErrorKind::InvalidArgument,
                      name + " has extent " +
                          std::to_string(layout.extents[i]) + " in axis " +
                          std::to_string(i) + " but label '" +
                          equation.labels[labels[i]] + "' has extent " +
                          std::to_string(equation.extents[labels[i]]));
  if (promote(layout.type, element) != element)
    return diagnose(ErrorKind::UnsupportedType,
                    name + " has element type " + elementName(layout.type) +
                        ", which does not convert to the output's " +
                        elementName(element));
  if (isOutput && layout.conjugate)
    return diagnose(ErrorKind::InvalidArgument,
                    "the output cannot be stored as its conjugate");
  std::optional<int64_t> bytes = spanBytes(layout);
  // Strides of 0 make tensors of few bytes and any number of elements.
  int64_t elements = 1;
  for (int64_t extent : layout.extents)
    if (bytes && *bytes > 0 &&
        __builtin_mul_overflow(elements, extent, &elements))
      bytes = std::nullopt;
  if (!bytes)
    return diagnose(ErrorKind::Limit, name + " has 2^63 bytes or elements or "
                                             "more");
  const auto number = uint32_t(list.buffers.size());
  if (open) {
    tensor = normalizeOpenTensor(labels, layout, open->strides[number],
                                 open->sizes, slots);
    buffer = writer.addArgument(number, writer.expression(open->bytes[number]));
  } else {
    tensor = normalizeTensor(labels, layout, slots);
    buffer = writer.addArgument(number, writer.literal(*bytes));
  }
  uint64_t &total = buffer < operandLayouts.size() ? operandBytes : outputBytes;
  if (__builtin_add_overflow(total, uint64_t(*bytes), &total))
    total = UINT64_MAX;
  return Success{};
}

Result<Success> StepBuilder::addArguments() {
  size_t count = equation.numOperands();
  if (operandLayouts.size() != count)
    return diagnose(
        ErrorKind::InvalidArgument,
        "the equation has " + std::to_string(count) + " operands but " +
            std::to_string(operandLayouts.size()) + " layouts are given");
  if (tree.steps.size() + 1 != count)
    return diagnose(ErrorKind::InvalidArgument,
                    "a tree of " + std::to_string(tree.steps.size()) +
                        " steps does not contract " + std::to_string(count) +
                        " operands");
  values.resize(count + tree.steps.size());
  for (size_t i = 0; i < count; ++i) {
    const TensorLayout &layout = operandLayouts[i];
    values[i].type = layout.type;
    values[i].conjugate = layout.conjugate && isComplex(layout.type);
    if (auto done = addTensor(equation.operand(i), layout,
                              "operand " + std::to_string(i), values[i].tensor,
                              values[i].buffer);
        !done)
      return done;
  }
  if (auto done = addTensor(equation.outputLabels, outputLayout, "the output",
                            output, outputBuffer);
      !done)
    return done;
  scalarsBuffer = writer.addScalars(computeType(element));
  return Success{};
}

/// The text of each step of the plan.
void StepBuilder::addEquations() {
  Network network = Network::fromEquation(equation);
  EquationSpelling spelling(network);
  if (tree.steps.empty()) {
    list.planSteps.push_back(spelling.equation());
    return;
  }
  for (TreeWalk walk(network, tree); walk.next();)
    list.planSteps.push_back(spelling.step(walk.step(), walk.index()));
}

/// The labels of a step with their strides in each tensor. Without `c`, no
/// label is in C yet.
std::vector<StepLabel> StepBuilder::stepLabels(const NormalizedTensor *c,
                                               const Value *a, const Value *b) {
  std::vector<StepLabel> labels;
  auto add = [&](const NormalizedTensor &tensor, TensorRole role) {
    for (const StridedAxis &axis : tensor.axes) {
      uint32_t &slot = slots[axis.label];
      if (slot == NoSlot) {
        slot = uint32_t(labels.size());
        labels.push_back({axis.label, equation.extents[axis.label]});
        if (open)
          labels.back().extentSize = open->extents[axis.label];
      }
      labels[slot].in[role] = true;
      labels[slot].strides[role] = axis.stride;
      labels[slot].sizes[role] = axis.size;
    }
  };
  if (a)
    add(a->tensor, RoleA);
  if (b)
    add(b->tensor, RoleB);
  if (c)
    add(*c, RoleC);
  for (const StepLabel &label : labels)
    slots[label.label] = NoSlot;
  return labels;
}

/// out = beta * out, over all of the output: before a store on its diagonal,
/// and where a sum is over nothing.
void StepBuilder::addFill(uint32_t plan, const Formula *condition) {
  std::vector<StepLabel> labels;
  for (size_t i = 0; i < outputLayout.extents.size(); ++i)
    if (int64_t extent = outputLayout.extents[i]; extent != 1) {
      StepLabel label{equation.outputLabels[i], extent};
      label.in[RoleC] = true;
      if (extent > 1)
        label.strides[RoleC] =
            outputLayout.strides[i] * int64_t(elementBytes(element));
      if (open) {
        label.extentSize = open->extents[equation.outputLabels[i]];
        label.sizes[RoleC] = open->strides.back()[i].id;
      }
      labels.push_back(label);
    }
  StepTarget target{plan, outputBuffer, scalarsBuffer};
  target.condition = condition;
  writer.addKernel(choose(problem(labels, nullptr, nullptr)), target, {});
}

StepTarget StepBuilder::outputTarget(uint32_t plan) {
  // After a fill, beta has been applied.
  return {plan,
          outputBuffer,
          scalarsBuffer,
          output.repeats,
          0,
          open ? &open->isFull : nullptr};
}

StepTarget StepBuilder::intermediateTarget(uint32_t plan, const Value &value) {
  if (constantBuffer == NoSlot)
    constantBuffer = writer.addConstantScalars(computeType(element));
  return {plan,
          value.buffer,
          constantBuffer,
          false,
          0,
          open ? &open->isFull : nullptr};
}

/// The only step of an equation of one operand.
Result<Success> StepBuilder::addUnary(const Value &value, uint32_t plan) {
  std::vector<StepLabel> labels = stepLabels(&output, &value, nullptr);
  return addStep(labels, choose(problem(labels, &value, nullptr)), &value,
                 nullptr, outputTarget(plan));
}

Result<StepBuilder::Value> StepBuilder::allocate(IntermediateLayout layout) {
  Value value;
  value.tensor = std::move(layout.tensor);
  value.type = element;
  value.isIntermediate = true;
  value.bytes = layout.bytes;
  std::optional<uint64_t> offset = workspace.allocate(uint64_t(value.bytes));
  if (!offset)
    return diagnose(ErrorKind::Limit,
                    "the intermediates need 2^63 bytes or more");
  value.offset = *offset;
  if (open) {
    const Size bytes{layout.bytes, layout.size};
    value.place = openWorkspace->allocate(bytes);
    value.buffer = writer.addWorkspace(
        writer.expression(openWorkspace->offset(value.place)),
        writer.expression(open->sizes.formulaOf(bytes)));
  } else {
    value.buffer = writer.addWorkspace(writer.literal(int64_t(value.offset)),
                                       writer.literal(value.bytes));
  }
  return value;
}

void StepBuilder::release(const Value &value) {
  if (!value.isIntermediate)
    return;
  workspace.free(value.offset, uint64_t(value.bytes));
  if (open)
    openWorkspace->release(value.place);
}

EincExpression StepBuilder::workspaceBytes() {
  return open ? writer.expression(openWorkspace->total())
              : writer.literal(int64_t(workspace.size()));
}

Diagnostic StepBuilder::tooLarge(uint32_t plan) const {
  Diagnostic error =
      diagnose(ErrorKind::Limit, "the result of step " + std::to_string(plan) +
                                     " has 2^63 bytes or more");
  error.notes.push_back("step " + std::to_string(plan) + " computes " +
                        list.planSteps[plan]);
  return error;
}

Result<Success> StepBuilder::checkMemory() const {
  uint64_t needed = operandBytes;
  if (__builtin_add_overflow(needed, outputBytes, &needed) ||
      __builtin_add_overflow(needed, workspace.size(), &needed))
    needed = UINT64_MAX;
  if (options.maxMemoryBytes == 0 || needed <= options.maxMemoryBytes)
    return Success{};
  Diagnostic error = diagnose(
      ErrorKind::Limit, "needs " + formatBytes(needed) + ", the limit is " +
                            formatBytes(options.maxMemoryBytes));
  error.notes.push_back("operands " + formatBytes(operandBytes) + ", output " +
                        formatBytes(outputBytes) + ", workspace " +
                        formatBytes(workspace.size()));
  return error;
}

Result<StepList> makeSteps(const ShapedEquation &equation,
                           const ContractionTree &tree,
                           const std::vector<TensorLayout> &operands,
                           const TensorLayout &output,
                           const StepOptions &options) {
  if (equation.openExtents.empty() && !options.openStrides)
    return StepBuilder(equation, tree, operands, output, options).build();
  Result<OpenProblem> open =
      makeOpenProblem(equation, operands, output, options.openStrides);
  if (!open)
    return std::move(open).error();
  Result<StepList> steps = StepBuilder(open->equation, tree, open->operands,
                                       open->output, options, &*open)
                               .build();
  if (!steps)
    return steps;
  if (open->sizes.overflowed())
    return diagnose(ErrorKind::Limit,
                    "the extents that are planned for are too large");
  steps->openExamples = open->sizes.examples();
  steps->numOpenNumbers = uint32_t(steps->openExamples.size());
  return steps;
}

} // namespace einc
