// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Equations of single letters and tensors, made without the parser, for tests
/// of the reference alone.

#ifndef EINC_TESTS_UNIT_REFERENCE_LETTERS_H
#define EINC_TESTS_UNIT_REFERENCE_LETTERS_H

#include "compiler/Reference/Reference.h"
#include "einc/Half.h"

#include <algorithm>
#include <complex>
#include <string>
#include <type_traits>

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

/// uint8_t is U8; a tensor of bool is made by `as(ElementType::Bool)`.
template <typename Element> constexpr ElementType typeOf() {
  using enum ElementType;
  if constexpr (std::is_same_v<Element, float>)
    return F32;
  else if constexpr (std::is_same_v<Element, double>)
    return F64;
  else if constexpr (std::is_same_v<Element, std::complex<float>>)
    return C64;
  else if constexpr (std::is_same_v<Element, std::complex<double>>)
    return C128;
  else if constexpr (std::is_same_v<Element, Half>)
    return F16;
  else if constexpr (std::is_same_v<Element, BFloat16>)
    return BF16;
  else if constexpr (std::is_same_v<Element, uint8_t>)
    return U8;
  else
    return sizeof(Element) == 1   ? I8
           : sizeof(Element) == 2 ? I16
           : sizeof(Element) == 4 ? I32
                                  : I64;
}

/// A tensor with its elements; row-major unless given strides and the place of
/// element (0, 0, ...).
template <typename Element> struct TestTensor {
  Shape shape;
  std::vector<Element> elements;
  std::vector<int64_t> strides;
  int64_t offset = 0;
  ElementType type = typeOf<Element>();

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
    return {elements.data() + offset, type, shape, strides};
  }
  ReferenceTensor conjugated() const {
    ReferenceTensor tensor = view();
    tensor.conjugate = true;
    return tensor;
  }
  TestTensor as(ElementType other) const {
    TestTensor result = *this;
    result.type = other;
    return result;
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
