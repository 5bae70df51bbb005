// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The matrix product that a contraction of two operands amounts to, if its
/// axes are grouped: what libraries without einsum can be asked to compute.

#ifndef EINC_TOOLS_BENCH_MATRIXPRODUCT_H
#define EINC_TOOLS_BENCH_MATRIXPRODUCT_H

#include "compiler/Frontend/ShapeInference.h"

#include <optional>

namespace einc::bench {

struct MatrixProduct {
  int64_t batch = 1, m = 1, n = 1, k = 1;

  double flops() const {
    return (k > 1 ? 2.0 : 1.0) * double(batch) * double(m) * double(n) *
           double(k);
  }
};

/// None unless the equation has two operands without repeated labels, sums of a
/// single operand, or broadcasting.
std::optional<MatrixProduct> asMatrixProduct(const ShapedEquation &equation);

} // namespace einc::bench

#endif // EINC_TOOLS_BENCH_MATRIXPRODUCT_H
