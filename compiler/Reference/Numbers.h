// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The numbers that the reference computes in: each wider than the element
/// types it stands for, and with a meaning at every value.

#ifndef EINC_COMPILER_REFERENCE_NUMBERS_H
#define EINC_COMPILER_REFERENCE_NUMBERS_H

#include "einc/ElementType.h"
#include "einc/Half.h"

#include <cmath>
#include <cstdint>
#include <type_traits>

namespace einc::reference {

/// Textbook arithmetic; std::complex looks at infinities on the way.
template <typename R> struct Complex {
  using Real = R;
  Real re = 0;
  Real im = 0;

  Complex() = default;
  Complex(Real re, Real im = 0) : re(re), im(im) {}
  Complex &operator+=(const Complex &other) {
    re += other.re;
    im += other.im;
    return *this;
  }
  friend Complex operator*(const Complex &a, const Complex &b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
};

/// Sums are "or", products "and".
struct Boolean {
  bool value = false;

  Boolean() = default;
  Boolean(bool value) : value(value) {}
  Boolean &operator+=(Boolean other) {
    value = value || other.value;
    return *this;
  }
  friend Boolean operator*(Boolean a, Boolean b) { return a.value && b.value; }
};

template <typename Number> constexpr bool isComplexNumber = false;
template <typename Real> constexpr bool isComplexNumber<Complex<Real>> = true;

/// What an operand's element is in a sum: double, long double, a Complex of
/// them, uint64_t (modulo 2^64) or Boolean.
template <typename Number> struct NumberTraits {
  using Magnitude = Number; ///< what absolute values are summed in
};
template <typename Real> struct NumberTraits<Complex<Real>> {
  using Magnitude = Real;
};

/// |x|; of a complex number |re| + |im|: of a product at most the product of
/// its factors', and an upper bound of what its parts are rounded in.
template <typename Number> auto magnitudeOf(const Number &number) {
  if constexpr (isComplexNumber<Number>)
    return std::fabs(number.re) + std::fabs(number.im);
  else
    return std::fabs(number);
}

/// An element as it lies in memory -> Number. A 64-bit integer among floats is
/// rounded to double, as it is where it meets them.
template <typename Number, typename Stored>
Number widen(const Stored &element, bool conjugate) {
  if constexpr (isComplexNumber<Stored> && isComplexNumber<Number>) {
    using Real = typename Number::Real;
    return {Real(element.re), Real(conjugate ? -element.im : element.im)};
  } else if constexpr (isComplexNumber<Stored>) {
    return Number{}; // never asked for: no real type holds complex elements
  } else if constexpr (std::is_same_v<Number, Boolean>) {
    return Boolean(element != 0);
  } else if constexpr (std::is_same_v<Number, uint64_t>) {
    if constexpr (std::is_integral_v<Stored>)
      return uint64_t(int64_t(element));
    else
      return Number{}; // never asked for: no integer type holds floats
  } else if constexpr (std::is_integral_v<Stored>) {
    return Number(double(element));
  } else if constexpr (sizeof(Stored) == 2) {
    return Number(float(element));
  } else {
    return Number(element);
  }
}

/// Calls `visit` with a value of the type that an element has in memory; of
/// bool that is a byte.
template <typename Visit> void visitStored(ElementType type, Visit &&visit) {
  switch (type) {
  case ElementType::F32:
    return visit(float());
  case ElementType::F64:
    return visit(double());
  case ElementType::C64:
    return visit(Complex<float>());
  case ElementType::C128:
    return visit(Complex<double>());
  case ElementType::I8:
    return visit(int8_t());
  case ElementType::I16:
    return visit(int16_t());
  case ElementType::I32:
    return visit(int32_t());
  case ElementType::I64:
    return visit(int64_t());
  case ElementType::U8:
  case ElementType::Bool:
    return visit(uint8_t());
  case ElementType::F16:
    return visit(Half());
  case ElementType::BF16:
    return visit(BFloat16());
  }
}

/// `number` modulo 2^bits as the integer type reads it; of bool 0 or 1.
inline int64_t wrapToType(uint64_t number, ElementType type) {
  switch (type) {
  case ElementType::I8:
    return int8_t(number);
  case ElementType::I16:
    return int16_t(number);
  case ElementType::I32:
    return int32_t(number);
  case ElementType::U8:
    return uint8_t(number);
  case ElementType::Bool:
    return number != 0;
  default:
    return int64_t(number);
  }
}

} // namespace einc::reference

#endif // EINC_COMPILER_REFERENCE_NUMBERS_H
