// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A number of any kind.

#ifndef EINC_SCALAR_H
#define EINC_SCALAR_H

#include "einc/Export.h"
#include "einc/Half.h"

#include <complex>
#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <type_traits>

namespace einc {

/// A number as it was given: whole, real or complex. 64-bit integers and
/// complex numbers are exact. (Whole numbers from 2^63 on count as real.)
///
///     einc::Scalar s = 3;                         // s.isInteger()
///     s = std::complex<float>(1, 2);              // s.isComplex()
class Scalar {
public:
  constexpr Scalar() = default;
  template <std::integral T>
    requires(sizeof(T) <= sizeof(int64_t))
  constexpr Scalar(T value)
      : form(std::is_signed_v<T> || sizeof(T) < sizeof(int64_t) ||
                     value <= static_cast<T>(INT64_MAX)
                 ? Form::Integer
                 : Form::Real),
        integerValue(static_cast<int64_t>(value)),
        realValue(static_cast<double>(value)) {}
  template <std::floating_point T>
  constexpr Scalar(T value)
      : form(Form::Real), realValue(static_cast<double>(value)) {}
  constexpr Scalar(Half value) : Scalar(static_cast<float>(value)) {}
  constexpr Scalar(BFloat16 value) : Scalar(static_cast<float>(value)) {}
  template <std::floating_point T>
  constexpr Scalar(const std::complex<T> &value)
      : form(Form::Complex), realValue(static_cast<double>(value.real())),
        imaginaryValue(static_cast<double>(value.imag())) {}

  /// Whether it was made from an integer or bool.
  constexpr bool isInteger() const { return form == Form::Integer; }
  /// Whether it was made from a complex number, be its imaginary part 0 or not.
  constexpr bool isComplex() const { return form == Form::Complex; }
  /// The integer; meaningful only if isInteger().
  constexpr int64_t integer() const { return integerValue; }
  /// The real part; rounded if it is an integer beyond 2^53.
  constexpr double real() const { return realValue; }
  constexpr double imag() const { return imaginaryValue; }

  /// Whether the numbers are equal, whatever they were made from.
  friend constexpr bool operator==(const Scalar &lhs, const Scalar &rhs) {
    if (lhs.isInteger() && rhs.isInteger())
      return lhs.integerValue == rhs.integerValue;
    return lhs.realValue == rhs.realValue &&
           lhs.imaginaryValue == rhs.imaginaryValue;
  }

private:
  enum class Form { Integer, Real, Complex };

  Form form = Form::Integer;
  int64_t integerValue = 0;
  double realValue = 0;
  double imaginaryValue = 0;
};

/// Prints as numpy prints a scalar: `3`, `0.5`, `(1+2j)`.
EINC_API std::ostream &operator<<(std::ostream &stream, const Scalar &value);

} // namespace einc

#endif // EINC_SCALAR_H
