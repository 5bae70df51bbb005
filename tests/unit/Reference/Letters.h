// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Equations of single letters and tensors of doubles or floats, made without
/// the parser, for tests of the reference alone.

#ifndef EINC_TESTS_UNIT_REFERENCE_LETTERS_H
#define EINC_TESTS_UNIT_REFERENCE_LETTERS_H

#include "compiler/Reference/Reference.h"

#include <algorithm>
#include <string>

namespace einc::tests {

/// The equation of "ij,jk->ik" and the operands' shapes; extents of 1
/// broadcast.
inline ShapedEquation letters(const std::string &text,
                              const std::vector<Shape> &shapes) {
  ShapedEquation equation;
  auto labelOf = [&](char letter) {
    std::string name(1, letter);
    auto known =
        std::find(equation.labels.begin(), equation.labels.end(), name);
    if (known == equation.labels.end()) {
      equation.labels.push_back(name);
      equation.extents.push_back(1);
      return LabelId(equation.labels.size() - 1);
    }
    return LabelId(known - equation.labels.begin());
  };

  size_t arrow = text.find("->");
  equation.operandStart.push_back(0);
  size_t operand = 0;
  size_t axis = 0;
  for (char letter : text.substr(0, arrow) + ",") {
    if (letter == ',') {
      equation.operandStart.push_back(uint32_t(equation.operandLabels.size()));
      ++operand;
      axis = 0;
      continue;
    }
    LabelId label = labelOf(letter);
    equation.operandLabels.push_back(label);
    int64_t extent = shapes.at(operand).at(axis++);
    if (extent != 1)
      equation.extents[label] = extent;
  }
  for (char letter : text.substr(arrow + 2)) {
    equation.outputLabels.push_back(labelOf(letter));
    equation.outputShape.push_back(
        equation.extents[equation.outputLabels.back()]);
  }
  return equation;
}

/// A tensor with its elements; row-major unless given strides and the place of
/// element (0, 0, ...).
template <typename Element> struct TestTensor {
  Shape shape;
  std::vector<Element> elements;
  std::vector<int64_t> strides;
  int64_t offset = 0;

  TestTensor(Shape shape, std::vector<Element> elements)
      : shape(std::move(shape)), elements(std::move(elements)) {
    strides.assign(this->shape.size(), 1);
    for (size_t axis = strides.size(); axis-- > 1;)
      strides[axis - 1] = strides[axis] * this->shape[axis];
  }
  TestTensor(Shape shape, std::vector<Element> elements,
             std::vector<int64_t> strides, int64_t offset)
      : shape(std::move(shape)), elements(std::move(elements)),
        strides(std::move(strides)), offset(offset) {}

  ReferenceTensor view() const {
    return {elements.data() + offset,
            sizeof(Element) == 4 ? ElementType::F32 : ElementType::F64, shape,
            strides};
  }
};

/// 1, 2, 3, ... starting at `first`.
template <typename Element>
TestTensor<Element> counting(Shape shape, int first = 1) {
  size_t count = 1;
  for (int64_t extent : shape)
    count *= size_t(extent);
  std::vector<Element> elements;
  for (size_t i = 0; i < count; ++i)
    elements.push_back(Element(first + int(i)));
  return {std::move(shape), std::move(elements)};
}

} // namespace einc::tests

#endif // EINC_TESTS_UNIT_REFERENCE_LETTERS_H
