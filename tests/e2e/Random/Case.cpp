// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/Case.h"
#include "tests/e2e/Elements/DriverCall.h"

#include <cstdlib>
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

bool Case::hasWiderSums() const {
  std::vector<ElementType> types;
  for (const CaseTensor &operand : operands)
    types.push_back(operand.type);
  return promoteAll(types) != type();
}

static std::string describeTensor(const CaseTensor &tensor) {
  return std::string(elementName(tensor.type)) + (tensor.conjugate ? "*" : "") +
         list(tensor.shape) + "/" + list(tensor.strides) + "@" +
         std::to_string(tensor.offset);
}

std::string Case::describe() const {
  std::ostringstream text;
  text << origin << ": \"" << equation.text << "\" " << cpu;
  for (const CaseTensor &operand : operands)
    text << " " << describeTensor(operand);
  text << " -> " << describeTensor(output) << " alpha " << toText(type(), alpha)
       << " beta " << toText(type(), beta)
       << (values == CaseValues::Exact       ? " exact"
           : values == CaseValues::Fractions ? " fractions"
                                             : " special")
       << (throughAPI ? " einsumInto" : "");
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
    if (hostRuns("x86-64-v3"))
      result.push_back("x86-64-v3");
    return result;
  }();
  return levels;
}

CaseTypes einc::tests::makeTypes(Dice &dice, size_t numOperands,
                                 const std::vector<ElementType> &allowed) {
  auto any = [&] { return allowed[dice.below(allowed.size())]; };
  CaseTypes types = CaseTypes::uniform(numOperands, any());
  ElementType &result = types.result;
  if (dice.percent(12)) {
    ElementType other = any();
    for (ElementType &type : types.operands)
      type = dice.percent(50) ? type : other;
    result = types.operands[0];
    for (ElementType type : types.operands)
      result = promote(result, type);
  } else if (isInteger(result) && dice.percent(15)) {
    result = elementBytes(result) < 4 ? ElementType::I32 : ElementType::I64;
  }
  return types;
}

/// alpha or beta: small and whole, or a fraction where the type has them.
static Number makeScalar(Dice &dice, const Case &test,
                         std::initializer_list<int> whole,
                         std::initializer_list<double> fractions) {
  ElementType type = test.type();
  if (type == ElementType::Bool)
    return int64_t(dice.percent(75));
  bool exact = test.values == CaseValues::Exact;
  if (!isFloating(type) || exact || dice.percent(50)) {
    int re = dice.oneOf(whole);
    if (type == ElementType::U8) // of which -3 is none
      re = std::abs(re);
    bool isReal = !isComplex(type) || dice.percent(30);
    return isReal ? Number(re) : Number::complex(re, dice.oneOf(whole));
  }
  double re = dice.oneOf(fractions);
  return {re, isComplex(type) ? dice.oneOf(fractions) : 0};
}

static CaseValues makeValues(Dice &dice, const RandomEquation &equation,
                             const CaseTypes &types) {
  if (!isFloating(types.result) || dice.percent(60))
    return CaseValues::Exact;
  // With an infinity, the order of contraction matters where an operand is
  // summed by itself, and products of complex numbers have many forms.
  bool special = equation.shapes.size() <= 2 && !equation.sumsPrivately &&
                 !isComplex(types.result) && dice.percent(20);
  return special ? CaseValues::Special : CaseValues::Fractions;
}

Case einc::tests::makeCase(Dice &dice, uint64_t seed, RandomEquation equation,
                           const CaseTypes &types) {
  Case result;
  result.seed = seed;
  // Code for mixed types is made for one level: there are many mixtures.
  bool mixed = types != CaseTypes::uniform(types.operands.size(), types.result);
  if (!mixed && dice.percent(40))
    result.cpu = hostLevels()[dice.below(hostLevels().size())];
  bool strided = dice.percent(60);
  for (const std::vector<int64_t> &shape : equation.shapes) {
    CaseTensor operand =
        makeLayout(dice, shape,
                   strided && dice.percent(75) ? LayoutKind::Operand
                                               : LayoutKind::RowMajor);
    operand.type = types.operands[result.operands.size()];
    operand.conjugate = isComplex(operand.type) && dice.percent(35);
    result.operands.push_back(std::move(operand));
  }
  result.output = makeLayout(
      dice, equation.outputShape,
      strided && dice.percent(60) ? LayoutKind::Any : LayoutKind::RowMajor);
  result.output.type = types.result;
  result.values = makeValues(dice, equation, types);
  if (dice.percent(40)) {
    result.alpha =
        makeScalar(dice, result, {1, 1, 2, -1, -3}, {0.1, -0.7, 1.3});
    result.beta = makeScalar(dice, result, {0, 1, 1, 2, -3}, {0.3, -1.1});
  }
  result.throughAPI = dice.percent(10);
  result.equation = std::move(equation);
  return result;
}
