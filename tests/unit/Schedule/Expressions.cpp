// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Parses, infers, makes steps.

#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

namespace einc::test {

Machine machineFor(Target::ISA isa) {
  Machine machine;
  machine.target.isa = isa;
  return machine;
}

ContractionTree leftToRight(size_t numOperands) {
  ContractionTree tree;
  for (uint32_t i = 1; i < numOperands; ++i)
    tree.steps.push_back({i == 1 ? 0 : uint32_t(numOperands) + i - 2, i});
  return tree;
}

StepList Expression::steps() const {
  Result<StepList> list = make();
  if (!list) {
    ADD_FAILURE() << list.error().render();
    return {};
  }
  return std::move(*list);
}

Expression expression(const std::string &text, const std::vector<Shape> &shapes,
                      ElementType type, Target::ISA isa) {
  Expression result;
  Result<Equation> equation = parseEquation(text);
  if (!equation) {
    ADD_FAILURE() << equation.error().render();
    return result;
  }
  Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
  if (!shaped) {
    ADD_FAILURE() << shaped.error().render();
    return result;
  }
  result.equation = std::move(*shaped);
  result.tree = leftToRight(shapes.size());
  for (const Shape &shape : shapes)
    result.operands.push_back(TensorLayout::rowMajor(type, shape));
  result.output = TensorLayout::rowMajor(type, result.equation.outputShape);
  result.options.machine = machineFor(isa);
  return result;
}

} // namespace einc::test
