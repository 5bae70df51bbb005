// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// 16-bit floating point as storage: numbers are converted to float to compute.

#ifndef EINC_HALF_H
#define EINC_HALF_H

#include <bit>
#include <concepts>
#include <cstdint>

namespace einc {

/// The float beside a double whose last bit is 1, unless the double is a float:
/// rounded again to fewer bits, it gives what the double itself would.
constexpr float roundToOdd(double value) {
  float result = static_cast<float>(value);
  if (double(result) == value || value != value)
    return result;
  uint32_t bits = std::bit_cast<uint32_t>(result);
  bool away = value < 0 ? double(result) < value : double(result) > value;
  return std::bit_cast<float>((away ? bits - 1 : bits) | 1);
}

/// IEEE binary16. Rounds to nearest, ties to even; overflows to infinity.
///
///     float x = einc::Half(0.1f); // 0.0999756
class Half {
public:
  Half() = default;
  explicit constexpr Half(float value) : pattern(round(value)) {}
  explicit constexpr Half(double value) : Half(roundToOdd(value)) {}
  template <std::integral T>
  explicit constexpr Half(T value) : Half(static_cast<double>(value)) {}
  static constexpr Half fromBits(uint16_t bits) {
    Half half;
    half.pattern = bits;
    return half;
  }
  constexpr uint16_t bits() const { return pattern; }
  constexpr operator float() const;

private:
  static constexpr uint16_t round(float value);
  uint16_t pattern = 0;
};

/// The upper 16 bits of a float. Rounds to nearest, ties to even.
///
///     float x = einc::BFloat16(0.1f); // 0.100098
class BFloat16 {
public:
  BFloat16() = default;
  explicit constexpr BFloat16(float value) : pattern(round(value)) {}
  explicit constexpr BFloat16(double value) : BFloat16(roundToOdd(value)) {}
  template <std::integral T>
  explicit constexpr BFloat16(T value) : BFloat16(static_cast<double>(value)) {}
  static constexpr BFloat16 fromBits(uint16_t bits) {
    BFloat16 half;
    half.pattern = bits;
    return half;
  }
  constexpr uint16_t bits() const { return pattern; }
  constexpr operator float() const {
    return std::bit_cast<float>(uint32_t(pattern) << 16);
  }

private:
  static constexpr uint16_t round(float value) {
    uint32_t bits = std::bit_cast<uint32_t>(value);
    if ((bits & 0x7fffffff) > 0x7f800000) // a NaN stays one
      return uint16_t((bits >> 16) | 0x40);
    return uint16_t((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
  }
  uint16_t pattern = 0;
};

constexpr Half::operator float() const {
  uint32_t sign = uint32_t(pattern & 0x8000) << 16;
  uint32_t magnitude = pattern & 0x7fff;
  if (magnitude >= 0x7c00) // infinity, NaN
    return std::bit_cast<float>(sign | 0x7f800000 | (magnitude << 13));
  if (magnitude >= 0x400)
    return std::bit_cast<float>(sign | ((magnitude << 13) + 0x38000000));
  float denormal = float(magnitude) * 0x1p-24f;
  return sign ? -denormal : denormal;
}

constexpr uint16_t Half::round(float value) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  uint16_t sign = uint16_t((bits >> 16) & 0x8000);
  uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000)
    return uint16_t(sign | 0x7e00);
  if (magnitude >= 0x477ff000) // rounds to 2^16 or more
    return uint16_t(sign | 0x7c00);
  if (magnitude < 0x38800000) { // below 2^-14: a multiple of 2^-24
    if (magnitude < 0x33000000)
      return sign;
    uint32_t shift = 126 - (magnitude >> 23);
    uint32_t mantissa = (magnitude & 0x7fffff) | 0x800000;
    uint32_t result = mantissa >> shift;
    uint32_t rest = mantissa & ((1u << shift) - 1), half = 1u << (shift - 1);
    result += rest > half || (rest == half && (result & 1));
    return uint16_t(sign | result);
  }
  magnitude -= 0x38000000;
  return uint16_t(sign | ((magnitude + 0xfff + ((magnitude >> 13) & 1)) >> 13));
}

} // namespace einc

#endif // EINC_HALF_H
