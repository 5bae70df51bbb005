// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Test inputs whose elements all differ, and the formula in plain loops.

#ifndef EINC_TESTS_E2E_API_MATRICES_H
#define EINC_TESTS_E2E_API_MATRICES_H

#include "einc/Tensor.h"

#include <gtest/gtest.h>

namespace einc::test {

/// Whole numbers around 0 in no obvious order, all different; few and small
/// enough for sums of their products to be exact in f64.
inline Tensor distinct(IndexList shape, int64_t seed,
                       ElementType type = ElementType::F64) {
  constexpr int64_t Prime = 49999;
  Tensor result = Tensor::zeros(shape);
  EXPECT_LE(result.size(), Prime);
  int64_t place = seed * 1000003;
  for (double &value : result.values<double>())
    value = static_cast<double>(place++ * 7919 % Prime - Prime / 2);
  return type == ElementType::F64 ? std::move(result) : Tensor(result, type);
}

/// Calls body(i, j) for each element of a matrix's shape.
template <typename Body>
void forEach(int64_t rows, int64_t columns, Body body) {
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < columns; ++j)
      body(i, j);
}

/// The matrix product, one element after the other.
inline Tensor product(const TensorView &a, const TensorView &b) {
  Tensor result = Tensor::zeros({a.shape()[0], b.shape()[1]});
  forEach(a.shape()[0], b.shape()[1], [&](int64_t i, int64_t j) {
    for (int64_t k = 0; k < a.shape()[1]; ++k)
      result.at<double>(i, j) += a(i, k) * b(k, j);
  });
  return result;
}

/// Same shape and same numbers.
inline void expectEqual(const Tensor &actual, const Tensor &expected) {
  ASSERT_EQ(actual.shape().toVector(), expected.shape().toVector());
  auto values = actual.values<double>();
  auto expectedValues = expected.values<double>();
  for (size_t i = 0; i < values.size(); ++i)
    ASSERT_EQ(values[i], expectedValues[i]) << "element " << i;
}

} // namespace einc::test

#endif // EINC_TESTS_E2E_API_MATRICES_H
