// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/bench/MatrixProduct.h"

#include <algorithm>

namespace einc::bench {

std::optional<MatrixProduct> asMatrixProduct(const ShapedEquation &equation) {
  if (equation.numOperands() != 2)
    return std::nullopt;
  MatrixProduct product;
  auto count = [](std::span<const LabelId> labels, LabelId label) {
    return std::count(labels.begin(), labels.end(), label);
  };
  for (LabelId label = 0; label < equation.labels.size(); ++label) {
    auto a = count(equation.operand(0), label);
    auto b = count(equation.operand(1), label);
    auto c = count(equation.outputLabels, label);
    int64_t extent = equation.extents[label];
    if (a > 1 || b > 1 || c > 1 || a + b + c < 2)
      return std::nullopt;
    (c == 0   ? product.k
     : b == 0 ? product.m
     : a == 0 ? product.n
              : product.batch) *= extent;
  }
  return product;
}

} // namespace einc::bench
