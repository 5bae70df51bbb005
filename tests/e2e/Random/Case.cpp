// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/Case.h"

#include <numeric>
#include <sstream>

using namespace einc;
using namespace einc::tests;

static std::string list(const std::vector<int64_t> &values) {
  std::string text = "(";
  for (size_t i = 0; i < values.size(); ++i)
    text += (i > 0 ? "," : "") + std::to_string(values[i]);
  return text + ")";
}

bool CaseTensor::isRowMajor() const {
  int64_t stride = 1;
  for (size_t axis = shape.size(); axis-- > 0;) {
    if (shape[axis] != 1 && strides[axis] != stride)
      return false;
    stride *= shape[axis];
  }
  return true;
}

std::string Case::describe() const {
  std::ostringstream text;
  text << origin << ": \"" << equation.text << "\" " << elementName(element)
       << " " << cpu;
  for (const CaseTensor &operand : operands)
    text << " " << list(operand.shape) << "/" << list(operand.strides) << "@"
         << operand.offset;
  text << " -> " << list(output.shape) << "/" << list(output.strides) << "@"
       << output.offset << " alpha " << alpha << " beta " << beta
       << (exact ? " exact" : " fractions") << (special ? " special" : "")
       << (throughCache ? " einsumInto" : "");
  return text.str();
}

/// Sets offset and count for the strides, with up to `slack` elements around.
static void placeInBuffer(CaseTensor &tensor, int64_t before, int64_t after) {
  int64_t low = 0;
  int64_t high = 0;
  for (size_t axis = 0; axis < tensor.shape.size(); ++axis) {
    if (tensor.shape[axis] == 0) {
      tensor.offset = 0;
      tensor.count = 0;
      return;
    }
    int64_t reach = (tensor.shape[axis] - 1) * tensor.strides[axis];
    (reach < 0 ? low : high) += reach;
  }
  tensor.offset = before - low;
  tensor.count = tensor.offset + high + 1 + after;
}

CaseTensor einc::tests::makeLayout(Dice &dice,
                                   const std::vector<int64_t> &shape,
                                   LayoutKind kind) {
  CaseTensor tensor;
  tensor.shape = shape;
  tensor.strides.assign(shape.size(), 1);
  tensor.atEnd = dice.percent(50);
  tensor.lead = unsigned(dice.below(16));
  std::vector<size_t> order(shape.size());
  std::iota(order.rbegin(), order.rend(), 0);
  bool free = kind != LayoutKind::RowMajor;
  if (free && dice.percent(60))
    dice.shuffle(order);
  bool gaps = free && dice.percent(40);
  int64_t step = gaps ? dice.between(1, 3) : 1;
  for (size_t axis : order) {
    tensor.strides[axis] = step;
    step *= shape[axis] > 0 ? shape[axis] : 1;
    step += gaps ? dice.between(0, 5) : 0;
  }
  if (free && dice.percent(40))
    for (int64_t &stride : tensor.strides)
      stride = dice.percent(50) ? -stride : stride;
  if (kind == LayoutKind::Operand && dice.percent(20))
    for (int64_t &stride : tensor.strides)
      stride = dice.percent(40) ? 0 : stride;
  if (kind == LayoutKind::Operand && dice.percent(8))
    for (int64_t &stride : tensor.strides)
      stride = dice.between(-3, 3);
  bool around = free && dice.percent(50);
  placeInBuffer(tensor, around ? dice.between(0, 9) : 0,
                around ? dice.between(0, 9) : 0);
  return tensor;
}

const std::vector<std::string> &einc::tests::hostLevels() {
  static const std::vector<std::string> levels = [] {
    std::vector<std::string> result = {"native", "x86-64"};
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
      result.push_back("x86-64-v3");
    return result;
  }();
  return levels;
}

Case einc::tests::makeCase(Dice &dice, uint64_t seed, RandomEquation equation) {
  Case result;
  result.seed = seed;
  result.element = dice.percent(50) ? ElementType::F32 : ElementType::F64;
  result.cpu = hostLevels()[dice.below(hostLevels().size())];
  bool strided = dice.percent(65);
  for (const std::vector<int64_t> &shape : equation.shapes)
    result.operands.push_back(makeLayout(dice, shape,
                                         strided && dice.percent(75)
                                             ? LayoutKind::Operand
                                             : LayoutKind::RowMajor));
  result.output =
      makeLayout(dice, equation.outputShape,
                 dice.percent(45) ? LayoutKind::Any : LayoutKind::RowMajor);
  result.exact = dice.percent(60);
  // With an infinity, the order of contraction matters where an operand is
  // summed by itself.
  result.special = !result.exact && equation.shapes.size() <= 2 &&
                   !equation.sumsPrivately && dice.percent(20);
  if (dice.percent(40)) {
    result.alpha = dice.oneOf<double>({1, 1, 2, -1, -3});
    result.beta = dice.oneOf<double>({0, 1, 1, 2, -3});
    if (!result.exact && dice.percent(50)) {
      result.alpha = dice.oneOf<double>({0.1, -0.7, 1.3});
      result.beta = dice.oneOf<double>({0.3, -1.1});
    }
  }
  result.throughCache = dice.percent(10);
  result.equation = std::move(equation);
  return result;
}
