// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A LoopProblem whose tensors have element types of their own, and its exact
/// result: all numbers are small and whole.

#ifndef EINC_TESTS_UNIT_KERNELS_TYPEDPROBLEM_H
#define EINC_TESTS_UNIT_KERNELS_TYPEDPROBLEM_H

#include "tests/unit/Kernels/LoopProblem.h"

#include <complex>

namespace einc::test {

/// Any element: whole numbers below 2^53, or both parts of a complex one.
using Number64 = std::complex<double>;
Number64 readElement(ElementType type, const unsigned char *at);
/// Wraps integers, rounds halves.
void writeElement(ElementType type, Number64 value, unsigned char *at);

class TypedProblem {
public:
  TypedProblem(const LoopProblem<double> &layout, const StepTypes &types);

  LoopRecord record(size_t loop) const;
  void *origin(unsigned tensor) {
    return bytes[tensor].data() + origins[tensor];
  }
  /// All elements of the output become NaN, where its type has one.
  void poison();
  /// All operands become fractions whose products and sums are rounded.
  void fillFractions(std::mt19937_64 &random);
  /// The output's whole buffer after out = alpha * sum + beta * out.
  std::vector<unsigned char> expected(Number64 alpha, Number64 beta) const;
  const std::vector<unsigned char> &buffer(unsigned tensor) const {
    return bytes[tensor];
  }

private:
  StepTypes types;
  std::vector<Loop> loops;
  std::vector<int64_t> strides[3]; ///< in bytes
  std::vector<unsigned char> bytes[3];
  int64_t origins[3];
};

} // namespace einc::test

#endif // EINC_TESTS_UNIT_KERNELS_TYPEDPROBLEM_H
