// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Open/OpenProgram.h"
#include "compiler/Frontend/ShapeList.h"
#include "compiler/Planner/StepEquation.h"
#include "compiler/Reference/Reference.h"
#include "tests/e2e/Elements/GuardedBuffer.h"
#include "tests/e2e/Random/Dice.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

using namespace einc;
using namespace einc::tests;

template <typename T> static T take(Result<T> result) {
  if (!result)
    throw std::runtime_error(result.error().render());
  return *std::move(result);
}

std::span<const LabelId> OpenProgram::labels(size_t argument) const {
  if (argument < planned.operands.size())
    return planned.equation.operand(argument);
  return planned.equation.outputLabels;
}

std::unique_ptr<OpenProgram> OpenProgram::compile(const std::string &text,
                                                  const std::string &shapes,
                                                  ElementType type,
                                                  const std::string &cpu,
                                                  bool openStrides) {
  auto result = std::make_unique<OpenProgram>();
  result->openStrides = openStrides;
  result->equation = take(parseEquation(text));
  std::vector<Shape> given = take(parseShapeList(shapes));
  ShapedEquation shaped = take(inferShapes(result->equation, given));
  std::vector<TensorLayout> operands;
  for (size_t i = 0; i < given.size(); ++i) {
    Shape &shape = given[i];
    for (size_t axis = 0; axis < shape.size(); ++axis)
      if (isOpenAxis(shape[axis]))
        shape[axis] = shaped.extents[shaped.operand(i)[axis]];
    operands.push_back(TensorLayout::rowMajor(type, shape));
  }
  TensorLayout output = TensorLayout::rowMajor(type, shaped.outputShape);
  CompileOptions options;
  options.machine = take(machineForCPU(cpu));
  options.openStrides = openStrides;
  result->planned = take(planExpression(std::move(shaped), std::move(operands),
                                        std::move(output), options));
  KernelTimings timings;
  result->kernels = take(KernelCache::process().get(
      result->planned.steps.schedules, options.machine.target, {}, timings));

  ArtifactExtras extras;
  const PlannedExpression &planned = result->planned;
  extras.numOpenNumbers = planned.steps.numOpenNumbers;
  const auto &open = planned.equation.openExtents;
  if (openStrides)
    extras.firstOpenStride = uint32_t(open.size());
  for (size_t i = 0; i <= planned.operands.size(); ++i) {
    Shape shape = i < planned.operands.size() ? planned.operands[i].extents
                                              : planned.output.extents;
    for (size_t axis = 0; axis < shape.size(); ++axis)
      for (size_t n = 0; n < open.size(); ++n)
        if (open[n].label == result->labels(i)[axis])
          shape[axis] = -1 - int64_t(n);
    extras.extents.push_back(std::move(shape));
  }
  result->owned = OwnedArtifact(
      planned.steps, result->kernels, planned.operands, planned.output,
      EquationSpelling(planned.network).equation(), "{}", std::move(extras));
  return result;
}

Shape OpenProgram::shape(size_t argument, const OpenCall &call) const {
  Shape shape = argument < planned.operands.size()
                    ? planned.operands[argument].extents
                    : planned.output.extents;
  const auto &open = planned.equation.openExtents;
  for (size_t axis = 0; axis < shape.size(); ++axis)
    for (size_t n = 0; n < open.size(); ++n)
      if (open[n].label == labels(argument)[axis])
        shape[axis] = call.extents[n];
  return shape;
}

std::vector<int64_t> OpenProgram::numbers(const OpenCall &call) const {
  std::vector<int64_t> numbers = call.extents;
  if (openStrides)
    for (const std::vector<int64_t> &strides : call.strides)
      numbers.insert(numbers.end(), strides.begin(), strides.end());
  return numbers;
}

runtime::Status OpenProgram::bind(
    std::span<const int64_t> numbers,
    std::shared_ptr<const runtime::Executable> &executable) const {
  std::vector<runtime::KernelEntry> entries;
  for (const std::shared_ptr<const Kernel> &kernel : kernels)
    entries.push_back({kernel->function, kernel});
  runtime::ExecutableOptions options;
  options.kernels = entries;
  return runtime::Executable::create(owned.get(), numbers, executable, options);
}

namespace {

/// A tensor of a call: its elements end, or start, at a page that cannot be
/// touched.
struct CallTensor {
  CallTensor(TensorLayout given, Dice &dice) : layout(std::move(given)) {
    int64_t low = 0, high = 0;
    bool isEmpty = false;
    for (size_t i = 0; i < layout.extents.size(); ++i) {
      isEmpty |= layout.extents[i] == 0;
      int64_t way =
          std::max<int64_t>(layout.extents[i] - 1, 0) * layout.strides[i];
      (way < 0 ? low : high) += way;
    }
    const int64_t unit = int64_t(elementBytes(layout.type));
    count = isEmpty ? 0 : high - low + 1;
    memory.emplace(size_t(count * unit), dice.percent(50)
                                             ? GuardedBuffer::Place::AtEnd
                                             : GuardedBuffer::Place::AtStart);
    for (int64_t i = 0; i < count; ++i) {
      bool parts = isComplex(layout.type);
      int64_t re = dice.between(-3, 3), im = dice.between(-3, 3);
      storeElement(layout.type, memory->data(), i,
                   parts ? Number::complex(re, im) : Number(re));
    }
    first = static_cast<char *>(memory->data()) - (isEmpty ? 0 : low * unit);
    places = elementPlaces(layout.extents, layout.strides);
  }
  /// Row-major, from the element of index zero.
  std::vector<char> dense() const {
    const size_t unit = elementBytes(layout.type);
    std::vector<char> copy(places.size() * unit);
    for (size_t i = 0; i < places.size(); ++i)
      std::memcpy(copy.data() + i * unit, first + places[i] * int64_t(unit),
                  unit);
    return copy;
  }

  TensorLayout layout;
  int64_t count = 0;
  std::optional<GuardedBuffer> memory;
  char *first = nullptr;
  std::vector<int64_t> places;
};

} // namespace

/// alpha * einsum + beta * previous, exact but for halves.
static std::string compare(const ReferenceResult &expected,
                           const CallTensor &output,
                           const std::vector<char> &previous,
                           const OpenCall &call) {
  const ElementType type = output.layout.type;
  const std::vector<char> actual = output.dense();
  TensorLayout dense = TensorLayout::rowMajor(type, output.layout.extents);
  ReferenceScaling scaling{call.alpha, call.beta, {}};
  scaling.previous = {previous.data(), type, dense.extents, dense.strides};
  Comparison comparison = take(compareWithReference(
      expected, {actual.data(), type, dense.extents, dense.strides}, scaling));
  if (!comparison.ok)
    return "element " + std::to_string(comparison.firstBadIndex) +
           " is wrong by " + std::to_string(comparison.maxError);
  if (isHalf(type) || !expected.integers.empty())
    return "";
  const size_t parts = isComplex(type) ? 2 : 1;
  for (size_t i = 0; i < expected.values.size() / parts; ++i) {
    Number got = loadElement(type, actual.data(), int64_t(i));
    Number old = loadElement(type, previous.data(), int64_t(i));
    double re = call.alpha * expected.values[i * parts] + call.beta * old.re;
    double im = parts == 2 ? call.alpha * expected.values[i * parts + 1] +
                                 call.beta * old.im
                           : 0;
    if (got.re != re || got.im != im)
      return "element " + std::to_string(i) + " is " + toText(type, got) +
             ", not " + toText(type, Number(re, im));
  }
  return "";
}

std::string OpenProgram::check(const OpenCall &call, uint64_t seed) const {
  Dice dice(seed);
  std::vector<CallTensor> tensors;
  std::vector<Shape> shapes;
  for (size_t i = 0; i <= planned.operands.size(); ++i) {
    TensorLayout layout =
        TensorLayout::rowMajor(planned.output.type, shape(i, call));
    if (openStrides)
      layout.strides = call.strides[i];
    tensors.emplace_back(std::move(layout), dice);
    shapes.push_back(tensors.back().layout.extents);
  }
  shapes.pop_back();
  const std::vector<char> previous = tensors.back().dense();
  const CallTensor &output = tensors.back();
  std::vector<char> gaps(static_cast<char *>(output.memory->data()),
                         static_cast<char *>(output.memory->data()) +
                             output.count *
                                 int64_t(elementBytes(output.layout.type)));

  ShapedEquation shaped = take(inferShapes(equation, shapes));
  std::vector<ReferenceTensor> operands;
  std::vector<void *> arguments;
  for (CallTensor &tensor : tensors) {
    if (&tensor != &tensors.back()) {
      tensor.memory->makeReadOnly();
      operands.push_back({tensor.first, tensor.layout.type,
                          tensor.layout.extents, tensor.layout.strides});
    }
    arguments.push_back(tensor.first);
  }
  ReferenceOptions referenceOptions;
  referenceOptions.resultType = planned.output.type;
  ReferenceResult expected = take(
      evaluateReference(shaped, operands, &planned.tree, referenceOptions));

  std::shared_ptr<const runtime::Executable> executable;
  if (runtime::Status status = bind(numbers(call), executable); !status)
    return std::string("not bound: ") + status.message();
  alignas(16) char scalars[32];
  auto scalarType = ElementType(executable->scalarType());
  storeElement(scalarType, scalars, 0, call.alpha);
  storeElement(scalarType, scalars, 1, call.beta);
  runtime::RunOptions options;
  options.threads = call.threads;
  options.scalars = scalars;
  if (runtime::Status status = executable->run(arguments.data(), options);
      !status)
    return std::string("not run: ") + status.message();
  if (std::string wrong = compare(expected, output, previous, call);
      !wrong.empty())
    return wrong;

  // What lies between the elements of the output is as it was.
  const size_t unit = elementBytes(output.layout.type);
  char *memory = static_cast<char *>(output.memory->data());
  for (int64_t place : output.places)
    std::memcpy(gaps.data() + (output.first - memory) + place * int64_t(unit),
                output.first + place * int64_t(unit), unit);
  if (std::memcmp(gaps.data(), memory, gaps.size()) != 0)
    return "something beside the output's elements was written";
  return "";
}
