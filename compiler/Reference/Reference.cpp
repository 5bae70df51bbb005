// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/Reference.h"
#include "compiler/Reference/LoopNest.h"
#include "compiler/Reference/StepPlan.h"
#include "compiler/Reference/Value.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

using namespace einc;
using namespace einc::reference;

namespace {

Diagnostic invalid(std::string message) {
  Diagnostic error;
  error.kind = ErrorKind::InvalidArgument;
  error.message = std::move(message);
  return error;
}

int64_t strideOf(LabelId label, std::span<const LabelId> labels,
                 std::span<const int64_t> strides) {
  int64_t stride = 0;
  for (size_t axis = 0; axis < labels.size(); ++axis)
    if (labels[axis] == label)
      stride += strides[axis];
  return stride;
}

/// The loops of a step: the result's strides, then those of its values. Loops
/// of extent 1 are left out; short ones and those of large strides are outer.
template <typename Real>
LoopNest<Real>
makeNest(const PlannedStep &step, std::span<const int64_t> extents,
         const std::vector<Value<Real>> &values, const Value<Real> &result) {
  struct Loop {
    int64_t extent;
    std::vector<int64_t> strides;
    double order;
  };
  constexpr int64_t Short = 16;
  std::vector<Loop> loops = {
      {1, std::vector<int64_t>(step.values.size() + 1, 0), 0}};
  for (LabelId label : step.labels) {
    if (extents[label] == 1)
      continue;
    Loop loop{extents[label], {}, 0};
    loop.strides.push_back(strideOf(label, result.labels, result.strides));
    for (uint32_t v : step.values)
      loop.strides.push_back(
          strideOf(label, values[v].labels, values[v].strides));
    double distance = 1;
    for (int64_t stride : loop.strides)
      distance += double(stride);
    loop.order = double(std::min(loop.extent, Short)) + 1 / distance;
    loops.push_back(std::move(loop));
  }
  std::sort(loops.begin() + 1, loops.end(),
            [](const Loop &a, const Loop &b) { return a.order < b.order; });

  LoopNest<Real> nest;
  for (const Loop &loop : loops) {
    nest.extents.push_back(loop.extent);
    nest.strides.insert(nest.strides.end(), loop.strides.begin(),
                        loop.strides.end());
  }
  for (uint32_t v : step.values)
    nest.operands.push_back(values[v].data.data());
  return nest;
}

/// Evaluates checked operands along `steps`, the last of which makes the
/// output.
template <typename Real>
ReferenceResult evaluate(const ShapedEquation &equation,
                         std::span<const ReferenceTensor> operands,
                         std::span<const PlannedStep> steps,
                         bool wantMagnitudes) {
  // With one step, one pass sums products and absolute values. With more, the
  // absolute values take the way of the values, in a pass of their own.
  bool ownPass = wantMagnitudes && steps.size() > 1;
  std::span<const int64_t> extents = equation.extents;
  std::vector<Value<Real>> values;
  for (size_t i = 0; i < operands.size(); ++i) {
    values.push_back(loadOperand<Real>(equation.operand(i), operands[i]));
    if (!ownPass)
      continue;
    for (Real element : values.back().data)
      values.back().magnitudes.push_back(std::fabs(element));
  }

  for (const PlannedStep &step : steps) {
    bool last = &step == &steps.back();
    Value<Real> result;
    result.labels = last ? equation.outputLabels : step.resultLabels;
    Shape shape;
    for (LabelId label : result.labels)
      shape.push_back(extents[label]);
    result.strides = rowMajorStrides(shape);
    result.data.assign(size_t(product(shape)), 0);
    if (wantMagnitudes)
      result.magnitudes.assign(result.data.size(), 0);

    LoopNest<Real> nest = makeNest(step, extents, values, result);
    nest.run(result.data.data(),
             wantMagnitudes && !ownPass ? result.magnitudes.data() : nullptr);
    if (ownPass) {
      for (size_t i = 0; i < step.values.size(); ++i)
        nest.operands[i] = values[step.values[i]].magnitudes.data();
      nest.run(result.magnitudes.data(), nullptr);
    }
    for (uint32_t v : step.values)
      values[v] = {};
    values.push_back(std::move(result));
  }

  ReferenceResult reference;
  Value<Real> &output = values.back();
  if constexpr (std::is_same_v<Real, double>) {
    reference.values = std::move(output.data);
    reference.magnitudes = std::move(output.magnitudes);
  } else {
    reference.values.assign(output.data.begin(), output.data.end());
    reference.magnitudes.assign(output.magnitudes.begin(),
                                output.magnitudes.end());
  }
  return reference;
}

Result<Success> checkOperands(const ShapedEquation &equation,
                              std::span<const ReferenceTensor> operands) {
  if (operands.size() != equation.numOperands())
    return invalid("the reference got " + std::to_string(operands.size()) +
                   " operands for " + std::to_string(equation.numOperands()) +
                   " terms");
  for (size_t i = 0; i < operands.size(); ++i) {
    std::span<const LabelId> labels = equation.operand(i);
    const ReferenceTensor &tensor = operands[i];
    bool fits = tensor.shape.size() == labels.size() &&
                tensor.strides.size() == labels.size();
    for (size_t axis = 0; fits && axis < labels.size(); ++axis)
      fits = tensor.shape[axis] == 1 ||
             tensor.shape[axis] == equation.extents[labels[axis]];
    if (!fits)
      return invalid("operand " + std::to_string(i) +
                     " of the reference does not have the equation's shape");
  }
  return Success{};
}

/// Bytes of all copies and results, twice for values and magnitudes; a double,
/// so that it cannot overflow.
double countBytes(const ShapedEquation &equation,
                  std::span<const ReferenceTensor> operands,
                  std::span<const PlannedStep> steps, bool wide) {
  double elements = 0;
  for (size_t i = 0; i < operands.size(); ++i)
    elements +=
        product(findOperandLabels(equation.operand(i), operands[i]).extents);
  for (const PlannedStep &step : steps)
    if (&step != &steps.back())
      elements += step.size;
  double outputs = product(equation.outputShape);
  double bytes = double(wide ? sizeof(long double) : sizeof(double));
  return 2 *
         ((elements + outputs) * bytes + (wide ? outputs * sizeof(double) : 0));
}

/// The result of an equation that sums nothing.
Result<ReferenceResult> zeros(const ShapedEquation &equation,
                              const ReferenceOptions &options) {
  double count = product(equation.outputShape);
  double bytes = 2 * count * sizeof(double);
  if (bytes > options.maxBytes)
    return exceedsLimit(bytes, "bytes", options.maxBytes);
  ReferenceResult reference;
  reference.shape = equation.outputShape;
  reference.values.assign(size_t(count), 0);
  if (options.magnitudes)
    reference.magnitudes = reference.values;
  return reference;
}

} // namespace

Result<ReferenceResult> einc::evaluateReference(
    const ShapedEquation &equation, std::span<const ReferenceTensor> operands,
    const ContractionTree *tree, const ReferenceOptions &options) {
  if (Result<Success> checked = checkOperands(equation, operands); !checked)
    return std::move(checked).error();

  // An extent of 0 leaves nothing to add, whatever the other extents are.
  std::span<const int64_t> extents = equation.extents;
  if (std::find(extents.begin(), extents.end(), 0) != extents.end())
    return zeros(equation, options);

  std::vector<PlannedStep> steps = {planDirect(equation)};
  // The worst tree sums everything in one of its n - 1 steps.
  double roundings = steps[0].summed + 2 * double(operands.size());
  if (tree && operands.size() > 1) {
    Result<std::vector<PlannedStep>> pairwise =
        planSteps(equation, *tree, options.maxIterations);
    if (!pairwise)
      return std::move(pairwise).error();
    roundings = 0;
    for (const PlannedStep &step : *pairwise)
      roundings += step.summed + 1;
    if (steps[0].iterations > options.maxDirectIterations)
      steps = std::move(*pairwise);
  }
  if (steps[0].iterations > options.maxIterations)
    return exceedsLimit(steps[0].iterations, "iterations",
                        options.maxIterations);

  bool wide = false;
  for (const ReferenceTensor &tensor : operands)
    wide |= tensor.type == ElementType::F64;
  double bytes = countBytes(equation, operands, steps, wide);
  if (bytes > options.maxBytes)
    return exceedsLimit(bytes, "bytes", options.maxBytes);

  ReferenceResult reference =
      wide
          ? evaluate<long double>(equation, operands, steps, options.magnitudes)
          : evaluate<double>(equation, operands, steps, options.magnitudes);
  reference.shape = equation.outputShape;
  reference.roundings = roundings;
  return reference;
}
