// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Memory of tensors and what random operands hold.

#include "tools/einc/TensorData.h"

#include <cmath>

namespace einc {

Result<uint64_t> layoutBytes(const TensorLayout &layout) {
  // A zero extent makes the product 0 however large the others are.
  int64_t bytes = elementBytes(layout.type);
  for (int64_t extent : layout.extents)
    if (extent == 0)
      return 0;
  for (int64_t extent : layout.extents)
    if (__builtin_mul_overflow(bytes, extent, &bytes))
      return Diagnostic{.kind = ErrorKind::SizeOverflow,
                        .message = "a tensor of shape " +
                                   formatShape(layout.extents) +
                                   " has 2^63 bytes or more"};
  return uint64_t(bytes);
}

Result<TensorData> TensorData::allocate(TensorLayout layout) {
  Result<uint64_t> bytes = layoutBytes(layout);
  if (!bytes)
    return std::move(bytes).error();
  TensorData tensor;
  tensor.bytes = *bytes;
  constexpr uint64_t Alignment = 64;
  tensor.elements.reset(std::aligned_alloc(
      Alignment, (*bytes + Alignment) / Alignment * Alignment));
  if (!tensor.elements)
    return Diagnostic{.kind = ErrorKind::OutOfMemory,
                      .message = "cannot allocate " + std::to_string(*bytes) +
                                 " bytes for a tensor of shape " +
                                 formatShape(layout.extents)};
  tensor.layout = std::move(layout);
  return tensor;
}

/// A permutation of the numbers below 2^bits that looks random: each step can
/// be undone, so that no two numbers meet.
static uint64_t permute(uint64_t number, unsigned bits, uint64_t seed) {
  const uint64_t mask = (uint64_t(1) << bits) - 1;
  const unsigned half = bits / 2;
  number = (number + seed * 0x9E3779B97F4A7C15u) & mask;
  for (uint64_t odd : {0xD6E8FEB86659FD93u, 0xA0761D6478BD642Fu}) {
    number ^= number >> half;
    number = (number * odd) & mask;
  }
  return number ^ (number >> half);
}

template <typename T>
static void fillElements(T *elements, uint64_t count, uint64_t seed,
                         uint64_t first) {
  constexpr unsigned Bits = sizeof(T) == 4 ? 24 : 53;
  const T scale = std::ldexp(T(1), 1 - int(Bits));
  for (uint64_t i = 0; i < count; ++i)
    elements[i] = T(permute(first + i, Bits, seed)) * scale - 1;
}

void RandomFill::fill(TensorData &tensor) {
  uint64_t count = tensor.bytes / elementBytes(tensor.layout.type);
  if (tensor.layout.type == ElementType::F32)
    fillElements(static_cast<float *>(tensor.elements.get()), count, seed,
                 counter);
  else
    fillElements(static_cast<double *>(tensor.elements.get()), count, seed,
                 counter);
  counter += count;
}

} // namespace einc
