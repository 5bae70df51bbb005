// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Threads/Problem.h"

#include "compiler/Frontend/ShapeList.h"
#include "compiler/Schedule/KernelLayout.h"
#include "einc/Half.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstring>
#include <gtest/gtest.h>
#include <random>

using namespace einc;
using namespace einc::tests;

Machine tests::smallMachine(Target target) {
  Machine machine = hostMachine();
  machine.target = target;
  machine.l1Bytes = 8 * 1024;
  machine.l2Bytes = 64 * 1024;
  machine.l3Bytes = 512 * 1024;
  return machine;
}

static TensorLayout makeLayout(ElementType type, Shape shape, char letter) {
  TensorLayout layout;
  layout.type = type;
  layout.strides.resize(shape.size());
  int64_t stride = letter == 'b' ? -1 : letter == 's' ? 3 : 1;
  for (size_t i = 0; i < shape.size(); ++i) {
    size_t axis = letter == 'c' ? i : shape.size() - 1 - i;
    layout.strides[axis] = stride;
    stride *= shape[axis];
    const int64_t page = int64_t(4096 / elementBytes(type));
    if (letter == 'p' && i == 0)
      stride = (stride + page - 1) / page * page;
  }
  layout.extents = std::move(shape);
  return layout;
}

PlannedExpression tests::planRow(const Row &row, ElementType type,
                                 const Machine &machine) {
  auto fail = [&](const Diagnostic &error) {
    ADD_FAILURE() << row.name << ", " << elementName(type) << ": "
                  << error.render();
    return PlannedExpression();
  };
  Result<Equation> equation = parseEquation(row.equation);
  Result<std::vector<Shape>> shapes = parseShapeList(row.shapes);
  if (!equation)
    return fail(equation.error());
  if (!shapes)
    return fail(shapes.error());
  Result<ShapedEquation> shaped = inferShapes(*equation, *shapes);
  if (!shaped)
    return fail(shaped.error());
  std::string_view letters = row.layouts;
  auto letter = [&](size_t i) { return i < letters.size() ? letters[i] : 'r'; };
  std::vector<TensorLayout> operands;
  for (const Shape &shape : *shapes)
    operands.push_back(makeLayout(type, shape, letter(operands.size())));
  TensorLayout output =
      makeLayout(type, shaped->outputShape, letter(operands.size()));
  CompileOptions options;
  options.machine = machine;
  Result<PlannedExpression> planned = planExpression(
      std::move(*shaped), std::move(operands), std::move(output), options);
  if (!planned)
    return fail(planned.error());
  return std::move(*planned);
}

Memory::Memory(size_t size, unsigned char fill) : numBytes(size) {
  const size_t page = 4096;
  bytes.reset(
      static_cast<char *>(std::aligned_alloc(page, (size / page + 1) * page)));
  std::memset(bytes.get(), fill, size);
}

/// Bytes from the first to the last element, and of the element of index zero
/// in them.
static std::pair<size_t, size_t> extentOf(const TensorLayout &layout) {
  int64_t first = 0, last = 0;
  for (size_t axis = 0; axis < layout.extents.size(); ++axis)
    (layout.strides[axis] < 0 ? first : last) +=
        (layout.extents[axis] - 1) * layout.strides[axis];
  const size_t unit = elementBytes(layout.type);
  return {size_t(last - first + 1) * unit, size_t(-first) * unit};
}

/// A number whose sums round: order shows.
template <typename T> static T makeElement(std::mt19937_64 &random) {
  auto real = [&] { return std::ldexp(double(random() >> 11), -52) - 1; };
  if constexpr (std::is_same_v<T, bool>)
    return random() % 8 == 0;
  else if constexpr (std::is_integral_v<T>)
    return T(random());
  else if constexpr (requires { typename T::value_type; }) {
    using Real = typename T::value_type;
    Real part = Real(real());
    return {part, Real(real())};
  } else
    return T(real());
}

template <typename T> static void fillAs(Memory &memory, uint64_t seed) {
  std::mt19937_64 random(seed);
  for (size_t at = 0; at + sizeof(T) <= memory.size(); at += sizeof(T)) {
    const T element = makeElement<T>(random);
    std::memcpy(memory.data() + at, &element, sizeof(T));
  }
}

static void fillElements(Memory &memory, ElementType type, uint64_t seed) {
  switch (type) {
  case ElementType::F32:
    return fillAs<float>(memory, seed);
  case ElementType::F64:
    return fillAs<double>(memory, seed);
  case ElementType::C64:
    return fillAs<std::complex<float>>(memory, seed);
  case ElementType::C128:
    return fillAs<std::complex<double>>(memory, seed);
  case ElementType::I8:
    return fillAs<int8_t>(memory, seed);
  case ElementType::I16:
    return fillAs<int16_t>(memory, seed);
  case ElementType::I32:
    return fillAs<int32_t>(memory, seed);
  case ElementType::I64:
    return fillAs<int64_t>(memory, seed);
  case ElementType::U8:
    return fillAs<uint8_t>(memory, seed);
  case ElementType::Bool:
    return fillAs<bool>(memory, seed);
  case ElementType::F16:
    return fillAs<Half>(memory, seed);
  case ElementType::BF16:
    return fillAs<BFloat16>(memory, seed);
  }
}

/// {alpha, beta} in the compute type, neither of them 0 or 1 where there are
/// other numbers.
static Memory makeScalars(ElementType type) {
  const ElementType compute = computeType(type);
  Memory scalars(2 * elementBytes(compute));
  auto put = [&](auto alpha, auto beta) {
    std::memcpy(scalars.data(), &alpha, sizeof(alpha));
    std::memcpy(scalars.data() + sizeof(alpha), &beta, sizeof(beta));
  };
  switch (compute) {
  case ElementType::F32:
    put(1.375f, -0.625f);
    break;
  case ElementType::F64:
    put(1.375, -0.625);
    break;
  case ElementType::C64:
    put(std::complex<float>(1.375f, 0.5f), std::complex<float>(-0.625f, 2));
    break;
  case ElementType::C128:
    put(std::complex<double>(1.375, 0.5), std::complex<double>(-0.625, 2));
    break;
  case ElementType::I32:
    put(int32_t{3}, int32_t{-5});
    break;
  case ElementType::I64:
    put(int64_t{3}, int64_t{-5});
    break;
  default:
    put(true, true);
  }
  return scalars;
}

Problem::Problem(const Row &row, ElementType type, const Machine &machine) {
  CompileOptions options;
  options.machine = machine;
  PlannedExpression planned = planRow(row, type, machine);
  if (planned.steps.steps.empty())
    return;
  Result<std::shared_ptr<const CompiledExpression>> compiled =
      compileExpression(std::move(planned), options);
  if (!compiled) {
    ADD_FAILURE() << row.name << ", " << elementName(type) << ": "
                  << compiled.error().render();
    return;
  }
  expression = std::move(*compiled);
  for (const Schedule &schedule : expression->planned.steps.schedules)
    taskBytes = std::max(taskBytes,
                         (einc::scratchBytes(schedule, machine.target) + 63) &
                             ~uint64_t{63});

  uint64_t seed = 0;
  for (const TensorLayout &layout : expression->planned.operands) {
    auto [bytes, zero] = extentOf(layout);
    operands.emplace_back(bytes);
    fillElements(operands.back(), type, ++seed);
    arguments.push_back(operands.back().data() + zero);
  }
  auto [bytes, zero] = extentOf(expression->planned.output);
  previous = Memory(bytes);
  fillElements(previous, type, ++seed);
  output = Memory(bytes);
  arguments.push_back(output.data() + zero);
}

uint64_t Problem::sharedBytes() const {
  return expression->executable->workspaceBytes(1) - taskBytes;
}

std::vector<char> Problem::run(runtime::RunOptions options, Scalars scalars,
                               unsigned char stale) {
  const Memory scale = makeScalars(expression->planned.output.type);
  if (scalars.scaled) {
    options.scalars = scale.data();
    std::memcpy(output.data(), previous.data(), output.size());
  } else {
    std::memset(output.data(), 0xff, output.size()); // NaN: not read
  }
  work = Memory(sharedBytes() + options.threads * taskBytes, stale);
  options.workspace = work.data();
  options.workspaceBytes = work.size();
  Result<Success> done = expression->run(arguments.data(), options);
  if (!done)
    ADD_FAILURE() << done.error().render();
  return {output.data(), output.data() + output.size()};
}
