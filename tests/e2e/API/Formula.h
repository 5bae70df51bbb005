// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Operands of any type, and an equation's formula evaluated number by number.

#ifndef EINC_TESTS_E2E_API_FORMULA_H
#define EINC_TESTS_E2E_API_FORMULA_H

#include "einc/Tensor.h"

#include <gtest/gtest.h>
#include <map>
#include <string>

namespace einc::test {

/// Whole numbers in no obvious order: over the whole range of integers of 8 and
/// 16 bits, so that sums wrap; from -5 to 5 for floating types, with imaginary
/// parts where there are any, so that sums of products are exact but for the
/// rounding of the result to a half type.
inline Tensor wholeNumbers(const IndexList &shape, int64_t seed,
                           ElementType type) {
  int64_t place = seed * 1000003;
  auto next = [&](int64_t count) { return place++ * 7919 % 49999 % count; };
  auto small = [&] { return static_cast<double>(next(11) - 5); };
  std::vector<Scalar> numbers;
  for (int64_t i = 0; i < TensorType(type, shape).size(); ++i) {
    if (isComplex(type)) {
      double real = small();
      numbers.push_back(std::complex<double>(real, small()));
    } else if (isFloating(type)) {
      numbers.push_back(small());
    } else {
      numbers.push_back(type == ElementType::Bool ? next(4) == 0
                                                  : next(49999) - 25000);
    }
  }
  return Tensor::fromValues(shape, numbers, type);
}

/// Sums of products in complex numbers of double, in integers that wrap, or in
/// truth values.
class FormulaSum {
public:
  explicit FormulaSum(ElementType type) : type(type) {}

  void startProduct() { complexProduct = 1, integerProduct = 1; }
  void multiply(const Scalar &factor) {
    complexProduct *= std::complex<double>(factor.real(), factor.imag());
    integerProduct *= static_cast<uint64_t>(factor.integer());
  }
  void addProduct() {
    complexSum += complexProduct;
    integerSum = type == ElementType::Bool ? integerSum | integerProduct
                                           : integerSum + integerProduct;
  }
  Scalar value() const {
    if (isComplex(type))
      return complexSum;
    return isFloating(type) ? Scalar(complexSum.real())
                            : Scalar(static_cast<int64_t>(integerSum));
  }

private:
  ElementType type;
  std::complex<double> complexProduct, complexSum = 0;
  uint64_t integerProduct = 1, integerSum = 0;
};

/// An equation of single letters with an arrow; sums are rounded or wrapped
/// once, to `type`. No label broadcasts.
inline Tensor formula(const std::string &equation,
                      const std::vector<TensorView> &operands,
                      ElementType type) {
  std::vector<std::string> terms(1);
  for (char c : equation)
    if (c == ',' || c == '-')
      terms.emplace_back();
    else if (c != '>')
      terms.back() += c;
  std::string output = terms.back();
  terms.pop_back();
  std::map<char, int64_t> extents, index;
  for (size_t i = 0; i < terms.size(); ++i)
    for (size_t axis = 0; axis < terms[i].size(); ++axis)
      extents[terms[i][axis]] = operands[i].shape()[axis];
  auto indexOf = [&](const std::string &term) {
    std::vector<int64_t> result;
    for (char label : term)
      result.push_back(index[label]);
    return IndexList(result);
  };

  IndexList shape = IndexList::zeros(output.size());
  for (size_t i = 0; i < output.size(); ++i)
    shape[i] = extents[output[i]];
  TensorType outputType(type, shape);
  std::vector<FormulaSum> sums(static_cast<size_t>(outputType.size()),
                               FormulaSum(type));
  int64_t products = 1;
  for (auto [label, extent] : extents)
    products *= extent;
  for (int64_t count = 0; count < products; ++count) {
    int64_t rest = count;
    for (auto [label, extent] : extents) {
      index[label] = rest % extent;
      rest /= extent;
    }
    IndexList place = indexOf(output);
    int64_t offset = 0;
    for (size_t i = 0; i < output.size(); ++i)
      offset += place[i] * outputType.strides()[i];
    FormulaSum &sum = sums[static_cast<size_t>(offset)];
    sum.startProduct();
    for (size_t i = 0; i < terms.size(); ++i)
      sum.multiply(operands[i].readScalar(indexOf(terms[i])));
    sum.addProduct();
  }
  std::vector<Scalar> numbers;
  for (const FormulaSum &sum : sums)
    numbers.push_back(sum.value());
  return Tensor::fromValues(shape, numbers, type);
}

/// Same type, shape and numbers.
inline void expectSame(const Tensor &actual, const Tensor &expected) {
  ASSERT_EQ(elementName(actual.element()), elementName(expected.element()));
  ASSERT_EQ(actual.shape().toVector(), expected.shape().toVector());
  TensorType flat(actual.element(), {actual.size()});
  TensorView numbers(actual.data(), flat), wanted(expected.data(), flat);
  for (int64_t i = 0; i < actual.size(); ++i)
    ASSERT_EQ(numbers.readScalar({i}), wanted.readScalar({i}))
        << elementName(actual.element()) << " element " << i;
}

} // namespace einc::test

#endif // EINC_TESTS_E2E_API_FORMULA_H
