// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/Reference.h"
#include "compiler/Reference/Evaluate.h"
#include "compiler/Reference/StepPlan.h"
#include "compiler/Reference/Value.h"

#include <algorithm>
#include <cmath>

using namespace einc;
using namespace einc::reference;

static Diagnostic invalid(std::string message) {
  Diagnostic error;
  error.kind = ErrorKind::InvalidArgument;
  error.message = std::move(message);
  return error;
}

ReferenceScalar::ReferenceScalar(double value) : number(value), integer(0) {
  if (std::fabs(value) < 0x1p63 && value == std::trunc(value))
    integer = int64_t(value);
}

static Result<Success>
checkOperands(const ShapedEquation &equation,
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

/// The type of the result: asked for, or that of all operands together.
static Result<ElementType>
findResultType(std::span<const ReferenceTensor> operands,
               const ReferenceOptions &options) {
  if (operands.empty())
    return options.resultType.value_or(ElementType::F32);
  std::vector<ElementType> types;
  for (const ReferenceTensor &operand : operands)
    types.push_back(operand.type);
  ElementType type = options.resultType.value_or(promoteAll(types));
  for (size_t i = 0; i < operands.size(); ++i)
    if (promote(operands[i].type, type) != type)
      return invalid("operand " + std::to_string(i) + " of the reference is " +
                     elementName(operands[i].type) +
                     ", which is not promoted to " + elementName(type));
  return type;
}

/// Bytes of all copies and results, twice for values and magnitudes; a double,
/// so that it cannot overflow.
static double countBytes(const Evaluation &evaluation, ElementType type) {
  const ShapedEquation &equation = evaluation.equation;
  double elements = 0;
  for (size_t i = 0; i < evaluation.operands.size(); ++i)
    elements += product(
        findOperandLabels(equation.operand(i), evaluation.operands[i]).extents);
  for (std::span<const PlannedStep> steps :
       {evaluation.steps, evaluation.magnitudeSteps})
    for (const PlannedStep &step : steps)
      if (&step != &steps.back())
        elements += step.size / (evaluation.magnitudeSteps.empty() ? 1 : 2);
  double outputs = product(equation.outputShape);
  // Sums in double are the result themselves, the others are converted.
  double bytes = numberBytes(type);
  double converted = isFloating(type) && bytes == sizeof(double) ? 0 : bytes;
  return 2 * ((elements + outputs) * bytes + outputs * converted);
}

/// The result of an equation that sums nothing: zeros of the type's kind.
static Result<ReferenceResult> makeZeros(ReferenceResult result,
                                         const ReferenceOptions &options) {
  double count = product(result.shape);
  size_t parts = isComplex(result.type) ? 2 : 1;
  double bytes = 2 * count * double(parts * sizeof(double));
  if (bytes > options.maxBytes)
    return exceedsLimit(bytes, "bytes", options.maxBytes);
  if (!isFloating(result.type)) {
    result.integers.assign(size_t(count), 0);
    return result;
  }
  result.values.assign(size_t(count) * parts, 0);
  if (options.magnitudes)
    result.magnitudes.assign(size_t(count), 0);
  return result;
}

static bool repeatsLabel(std::vector<LabelId> labels) {
  std::sort(labels.begin(), labels.end());
  return std::adjacent_find(labels.begin(), labels.end()) != labels.end();
}

/// Roundings of a step that sums `summed` terms. A complex product is a sum of
/// two.
static double countRoundings(ElementType type, double summed) {
  return isComplex(type) ? 2 * summed + 2 : summed + 1;
}

Result<ReferenceResult> einc::evaluateReference(
    const ShapedEquation &equation, std::span<const ReferenceTensor> operands,
    const ContractionTree *tree, const ReferenceOptions &options) {
  if (Result<Success> checked = checkOperands(equation, operands); !checked)
    return std::move(checked).error();
  Result<ElementType> type = findResultType(operands, options);
  if (!type)
    return std::move(type).error();

  ReferenceResult result;
  result.shape = equation.outputShape;
  result.type = *type;
  if (isHalf(*type))
    result.storedRoundings = double(std::max<size_t>(operands.size(), 2) - 1 +
                                    repeatsLabel(equation.outputLabels));
  // An extent of 0 leaves nothing to add, whatever the other extents are.
  std::span<const int64_t> extents = equation.extents;
  if (std::find(extents.begin(), extents.end(), 0) != extents.end())
    return makeZeros(std::move(result), options);

  std::vector<PlannedStep> direct = {planDirect(equation)};
  std::vector<PlannedStep> pairwise;
  // The worst tree sums everything in one of its n - 1 steps.
  result.roundings =
      countRoundings(*type, direct[0].summed) - 1 + 2 * double(operands.size());
  if (tree && operands.size() > 1) {
    Result<std::vector<PlannedStep>> planned =
        planSteps(equation, *tree, options.maxIterations);
    if (!planned)
      return std::move(planned).error();
    pairwise = std::move(*planned);
    result.roundings = 0;
    for (const PlannedStep &step : pairwise)
      result.roundings += countRoundings(*type, step.summed);
  }

  Evaluation evaluation{equation, operands, direct, {}};
  if (!pairwise.empty() && direct[0].iterations > options.maxDirectIterations)
    evaluation.steps = pairwise;
  if (evaluation.steps[0].iterations > options.maxIterations)
    return exceedsLimit(evaluation.steps[0].iterations, "iterations",
                        options.maxIterations);
  if (options.magnitudes && isFloating(*type)) {
    evaluation.magnitudeSteps = direct;
    if (!pairwise.empty())
      evaluation.magnitudeSteps = pairwise;
  }
  double bytes = countBytes(evaluation, *type);
  if (bytes > options.maxBytes)
    return exceedsLimit(bytes, "bytes", options.maxBytes);
  evaluate(evaluation, result);
  return result;
}
