// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Problems as kernels see them: loop records over three buffers, with random
/// layouts, and the naive result.

#ifndef EINC_TESTS_UNIT_KERNELS_LOOPPROBLEM_H
#define EINC_TESTS_UNIT_KERNELS_LOOPPROBLEM_H

#include "compiler/Schedule/KernelLayout.h"

#include <random>
#include <vector>

namespace einc::test {

/// Which tensors have a loop: bit 0 output, bit 1 operand 0, bit 2 operand 1.
enum LoopOf : unsigned { Out = 1, A = 2, B = 4 };

struct Loop {
  int64_t extent;
  unsigned of;
};

/// Tensors 0 (output), 1, 2 with the loops in a random order of memory, some
/// axes padded, some reversed; elements are small distinct-looking integers.
template <typename T> class LoopProblem {
public:
  LoopProblem(std::vector<Loop> loops, std::mt19937_64 &random);
  /// Dense, in the order of the loops but for one that is innermost in one
  /// tensor.
  LoopProblem(std::vector<Loop> loops, unsigned tensor, size_t innermost,
              std::mt19937_64 &random);

  LoopRecord record(size_t loop) const;
  /// Pointer to the element of index zero.
  T *origin(unsigned tensor) {
    return buffers[tensor].data() + origins[tensor];
  }
  /// What the output's whole buffer must be, padding included, after
  /// out = alpha * sum + beta * out.
  std::vector<T> expected(T alpha, T beta) const;
  const std::vector<T> &buffer(unsigned tensor) const {
    return buffers[tensor];
  }

  std::vector<Loop> loops;
  std::vector<int64_t> strides[3]; ///< in elements, per loop

private:
  std::vector<size_t> loopsOf(unsigned tensor) const;
  void fill(unsigned tensor, int64_t size, std::mt19937_64 &random);

  std::vector<T> buffers[3];
  int64_t origins[3] = {0, 0, 0};
};

extern template class LoopProblem<float>;
extern template class LoopProblem<double>;

} // namespace einc::test

#endif // EINC_TESTS_UNIT_KERNELS_LOOPPROBLEM_H
