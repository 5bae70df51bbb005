// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Memory of tensors and what random operands hold.

#include "tools/einc/TensorData.h"

#include "einc/Half.h"

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

/// The number at a place of the sequence, of `bits` bits. More bits make a
/// number that does not come again soon; of fewer, the upper ones are taken.
static uint64_t randomBits(uint64_t place, unsigned bits, uint64_t seed) {
  if (bits >= 24)
    return permute(place, bits, seed);
  return permute(place, 53, seed) >> (53 - bits);
}

/// Multiples of 2^(1 - Bits) in [-1, 1), which T holds exactly.
template <typename T, unsigned Bits>
static void fillReals(void *elements, uint64_t count, uint64_t seed,
                      uint64_t first) {
  const double scale = std::ldexp(1.0, 1 - int(Bits));
  for (uint64_t i = 0; i < count; ++i)
    static_cast<T *>(elements)[i] =
        T(double(randomBits(first + i, Bits, seed)) * scale - 1);
}

/// Whole numbers of so many bits; around 0 if T has negative numbers.
template <typename T, unsigned Bits>
static void fillIntegers(void *elements, uint64_t count, uint64_t seed,
                         uint64_t first) {
  const int64_t lowest = T(-1) < T(0) ? -(int64_t(1) << (Bits - 1)) : 0;
  for (uint64_t i = 0; i < count; ++i)
    static_cast<T *>(elements)[i] =
        T(int64_t(randomBits(first + i, Bits, seed)) + lowest);
}

/// One in four is true, so that "or"s of "and"s are not all true at once.
static void fillBools(void *elements, uint64_t count, uint64_t seed,
                      uint64_t first) {
  for (uint64_t i = 0; i < count; ++i)
    static_cast<uint8_t *>(elements)[i] = randomBits(first + i, 2, seed) == 0;
}

void RandomFill::fill(TensorData &tensor) {
  ElementType type = realType(tensor.layout.type);
  void *elements = tensor.elements.get();
  uint64_t count = tensor.bytes / elementBytes(type);
  switch (type) {
  case ElementType::F64:
    fillReals<double, 53>(elements, count, seed, counter);
    break;
  case ElementType::F16:
    fillReals<Half, 11>(elements, count, seed, counter);
    break;
  case ElementType::BF16:
    fillReals<BFloat16, 8>(elements, count, seed, counter);
    break;
  case ElementType::I8:
    fillIntegers<int8_t, 4>(elements, count, seed, counter);
    break;
  case ElementType::U8:
    fillIntegers<uint8_t, 4>(elements, count, seed, counter);
    break;
  case ElementType::I16:
    fillIntegers<int16_t, 7>(elements, count, seed, counter);
    break;
  case ElementType::I32:
    fillIntegers<int32_t, 11>(elements, count, seed, counter);
    break;
  case ElementType::I64:
    fillIntegers<int64_t, 21>(elements, count, seed, counter);
    break;
  case ElementType::Bool:
    fillBools(elements, count, seed, counter);
    break;
  default: // F32: complex types are their real parts by now
    fillReals<float, 24>(elements, count, seed, counter);
  }
  counter += count;
}

} // namespace einc
