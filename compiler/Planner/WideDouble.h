// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A double with a 64-bit exponent. Contracting a network of a few thousand
/// operands in a bad order costs more than 10^308 flops; such orders still have
/// to be compared and printed. Only exact scaling and IEEE additions and
/// multiplications are used, so that every machine finds the same plan.

#ifndef EINC_COMPILER_PLANNER_WIDEDOUBLE_H
#define EINC_COMPILER_PLANNER_WIDEDOUBLE_H

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace einc {

class WideDouble {
public:
  WideDouble() = default;
  /// value * 2^scale; `value` is finite.
  explicit WideDouble(double value, int64_t scale = 0) {
    int shift = 0;
    fraction = std::frexp(value, &shift);
    exponent = scale + shift;
  }

  friend WideDouble operator*(WideDouble a, WideDouble b) {
    WideDouble result;
    result.fraction = a.fraction * b.fraction;
    result.exponent = a.exponent + b.exponent;
    if (std::fabs(result.fraction) < 0.5) {
      result.fraction *= 2;
      --result.exponent;
    }
    return result;
  }

  friend WideDouble operator+(WideDouble a, WideDouble b) {
    if (a.fraction == 0)
      return b;
    if (b.fraction == 0)
      return a;
    if (a.exponent < b.exponent)
      std::swap(a, b);
    int64_t shift = a.exponent - b.exponent;
    if (shift > 64)
      return a;
    // 2^-shift, put together from its exponent.
    auto scale =
        std::bit_cast<double>(static_cast<uint64_t>(1023 - shift) << 52);
    double sum = a.fraction + b.fraction * scale;
    if (std::fabs(sum) < 0.5) // Only where signs differ.
      return WideDouble(sum, a.exponent);
    WideDouble result;
    bool carries = std::fabs(sum) >= 1;
    result.fraction = carries ? sum * 0.5 : sum;
    result.exponent = a.exponent + carries;
    return result;
  }

  WideDouble operator-() const {
    WideDouble result = *this;
    result.fraction = -fraction;
    return result;
  }
  friend WideDouble operator-(WideDouble a, WideDouble b) { return a + -b; }

  friend bool operator<(WideDouble a, WideDouble b) {
    int signA = a.sign(), signB = b.sign();
    if (signA != signB || signA == 0)
      return signA < signB;
    if (a.exponent == b.exponent)
      return a.fraction < b.fraction;
    return (a.exponent < b.exponent) == (signA > 0);
  }

  bool isZero() const { return fraction == 0; }

  /// Infinity where a double ends.
  double toDouble() const {
    if (exponent > 1024 && fraction != 0)
      return std::copysign(std::numeric_limits<double>::infinity(), fraction);
    return exponent < -1100 ? 0
                            : std::ldexp(fraction, static_cast<int>(exponent));
  }

  /// Logarithms of max(value, 1): always finite. An empty tensor or a free
  /// step counts as 0, and no other count is below 1.
  double log2() const {
    if (!(WideDouble(1) < *this))
      return 0;
    // A fraction of 1 keeps powers of two exact.
    return std::log2(fraction * 2) + static_cast<double>(exponent - 1);
  }
  double log10() const {
    double value = toDouble();
    if (std::isfinite(value))
      return std::log10(std::fmax(value, 1));
    return log2() * 0.30102999566398119521;
  }

private:
  int sign() const { return (fraction > 0) - (fraction < 0); }

  /// 0, or of magnitude in [1/2, 1).
  double fraction = 0;
  int64_t exponent = 0;
};

/// A product of many non-negative factors, rescaled only when it gets large.
class WideProduct {
public:
  void multiply(int64_t factor) {
    value *= static_cast<double>(factor);
    if (value >= 0x1p512) {
      value *= 0x1p-512;
      scale += 512;
    }
  }
  WideDouble get() const { return WideDouble(value, scale); }

private:
  double value = 1;
  int64_t scale = 0;
};

} // namespace einc

#endif // EINC_COMPILER_PLANNER_WIDEDOUBLE_H
