// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/Evaluate.h"
#include "compiler/Reference/LoopNest.h"
#include "compiler/Reference/Precision.h"
#include "compiler/Reference/Value.h"

#include <algorithm>

using namespace einc;
using namespace einc::reference;

static int64_t strideOf(LabelId label, std::span<const LabelId> labels,
                        std::span<const int64_t> strides) {
  int64_t stride = 0;
  for (size_t axis = 0; axis < labels.size(); ++axis)
    if (labels[axis] == label)
      stride += strides[axis];
  return stride;
}

/// The loops of a step: the result's strides, then those of its values. Loops
/// of extent 1 are left out; short ones and those of large strides are outer.
template <typename Number>
static LoopNest<Number> makeNest(const PlannedStep &step,
                                 std::span<const int64_t> extents,
                                 const std::vector<Value<Number>> &values,
                                 const Value<Number> &result) {
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

  LoopNest<Number> nest;
  for (const Loop &loop : loops) {
    nest.extents.push_back(loop.extent);
    nest.strides.insert(nest.strides.end(), loop.strides.begin(),
                        loop.strides.end());
  }
  for (uint32_t v : step.values)
    nest.operands.push_back(values[v].data.data());
  return nest;
}

/// Takes operands through `steps`, the last of which makes the output.
/// `runStep(nest, result, isLast)` fills a result of zeros.
template <typename Number, typename RunStep>
static std::vector<Number>
runSteps(const ShapedEquation &equation, std::vector<Value<Number>> values,
         std::span<const PlannedStep> steps, RunStep &&runStep) {
  for (const PlannedStep &step : steps) {
    bool isLast = &step == &steps.back();
    Value<Number> result;
    result.labels = isLast ? equation.outputLabels : step.resultLabels;
    Shape shape;
    for (LabelId label : result.labels)
      shape.push_back(equation.extents[label]);
    result.strides = rowMajorStrides(shape);
    result.data.assign(size_t(product(shape)), Number{});
    runStep(makeNest<Number>(step, equation.extents, values, result),
            result.data, isLast);
    for (uint32_t v : step.values)
      values[v] = {};
    values.push_back(std::move(result));
  }
  return std::move(values.back().data);
}

template <typename Number>
static std::vector<Value<Number>> loadOperands(const Evaluation &evaluation) {
  std::vector<Value<Number>> values;
  for (size_t i = 0; i < evaluation.operands.size(); ++i)
    values.push_back(loadOperand<Number>(evaluation.equation.operand(i),
                                         evaluation.operands[i]));
  return values;
}

/// Absolute values along the steps. What a step makes is rounded to the type,
/// but the last result only later, with alpha and beta.
template <typename Number>
static auto sumMagnitudes(const Evaluation &evaluation, ElementType type) {
  using Magnitude = typename NumberTraits<Number>::Magnitude;
  std::vector<Value<Magnitude>> values;
  for (Value<Number> &operand : loadOperands<Number>(evaluation)) {
    values.push_back({operand.labels, operand.strides, {}});
    for (const Number &number : operand.data)
      values.back().data.push_back(magnitudeOf(number));
    operand = {};
  }
  return runSteps(evaluation.equation, std::move(values),
                  evaluation.magnitudeSteps,
                  [&](const LoopNest<Magnitude> &nest,
                      std::vector<Magnitude> &result, bool isLast) {
                    nest.run(result.data());
                    if (isLast)
                      return;
                    for (Magnitude &sum : result)
                      sum = precisionOf(type).roundedMagnitude(sum);
                  });
}

template <typename Magnitude>
static void setMagnitudes(const std::vector<Magnitude> &sums,
                          ReferenceResult &result) {
  Precision precision = precisionOf(computeType(result.type));
  for (Magnitude sum : sums)
    result.magnitudes.push_back(double(precision.roundedMagnitude(sum)));
}

template <typename Real>
static void evaluateReal(const Evaluation &evaluation,
                         ReferenceResult &result) {
  // Where both take one step, they take it in one pass.
  bool together =
      evaluation.steps.size() == 1 && evaluation.magnitudeSteps.size() == 1;
  std::vector<Real> magnitudes;
  std::vector<Real> values = runSteps(
      evaluation.equation, loadOperands<Real>(evaluation), evaluation.steps,
      [&](const LoopNest<Real> &nest, std::vector<Real> &sums, bool) {
        if (!together)
          return nest.run(sums.data());
        magnitudes.assign(sums.size(), 0);
        nest.run(sums.data(), magnitudes.data());
      });
  if constexpr (std::is_same_v<Real, double>)
    result.values = std::move(values);
  else
    result.values.assign(values.begin(), values.end());
  if (together)
    setMagnitudes(magnitudes, result);
  else if (!evaluation.magnitudeSteps.empty())
    setMagnitudes(sumMagnitudes<Real>(evaluation, result.type), result);
}

/// Of a complex type, integers or bool. Calls `take` with each number.
template <typename Number, typename Take>
static void evaluateNumbers(const Evaluation &evaluation, Take &&take) {
  for (const Number &number :
       runSteps(evaluation.equation, loadOperands<Number>(evaluation),
                evaluation.steps,
                [](const LoopNest<Number> &nest, std::vector<Number> &sums,
                   bool) { nest.run(sums.data()); }))
    take(number);
}

template <typename Real>
static void evaluateComplex(const Evaluation &evaluation,
                            ReferenceResult &result) {
  evaluateNumbers<Complex<Real>>(evaluation, [&](const Complex<Real> &number) {
    result.values.push_back(double(number.re));
    result.values.push_back(double(number.im));
  });
  if (!evaluation.magnitudeSteps.empty())
    setMagnitudes(sumMagnitudes<Complex<Real>>(evaluation, result.type),
                  result);
}

void einc::reference::evaluate(const Evaluation &evaluation,
                               ReferenceResult &result) {
  switch (result.type) {
  case ElementType::F64:
    return evaluateReal<long double>(evaluation, result);
  case ElementType::C64:
    return evaluateComplex<double>(evaluation, result);
  case ElementType::C128:
    return evaluateComplex<long double>(evaluation, result);
  case ElementType::Bool:
    return evaluateNumbers<Boolean>(evaluation, [&](Boolean number) {
      result.integers.push_back(number.value);
    });
  default:
    break;
  }
  if (!isInteger(result.type))
    return evaluateReal<double>(evaluation, result);
  evaluateNumbers<uint64_t>(evaluation, [&](uint64_t number) {
    result.integers.push_back(wrapToType(number, result.type));
  });
}

double einc::reference::numberBytes(ElementType type) {
  if (type == ElementType::Bool)
    return sizeof(Boolean);
  size_t bytes =
      realType(type) == ElementType::F64 ? sizeof(long double) : sizeof(double);
  return double(isComplex(type) ? 2 * bytes : bytes);
}
