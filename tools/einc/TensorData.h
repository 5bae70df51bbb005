// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A tensor in memory of its own: operands that were read or made up, and the
/// result.

#ifndef EINC_TOOLS_EINC_TENSORDATA_H
#define EINC_TOOLS_EINC_TENSORDATA_H

#include "compiler/Schedule/Steps.h"

#include <cstdlib>

namespace einc {

struct TensorData {
  struct Free {
    void operator()(void *pointer) const { std::free(pointer); }
  };

  TensorLayout layout;
  std::unique_ptr<void, Free> elements;
  uint64_t bytes = 0;

  /// Memory for all elements, not initialised. Errors: SizeOverflow,
  /// OutOfMemory.
  static Result<TensorData> allocate(TensorLayout layout);
};

/// Elements times the size of one. Error: SizeOverflow from 2^63 bytes on.
Result<uint64_t> layoutBytes(const TensorLayout &layout);

/// Numbers in [-1, 1), and whole numbers near 0 whose products do not overflow
/// at once. Those of f32 and f64, and both parts of complex numbers, repeat
/// only after 2^24 or 2^53 numbers, over all tensors together that are filled
/// in one go; smaller types have too few, but no period either.
class RandomFill {
public:
  explicit RandomFill(uint64_t seed) : seed(seed) {}
  void fill(TensorData &tensor);

private:
  uint64_t seed;
  uint64_t counter = 0;
};

} // namespace einc

#endif // EINC_TOOLS_EINC_TENSORDATA_H
