// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Numbers between memory and the widest type of their kind, and from there to
/// other element types as numpy's astype converts them.

#ifndef EINC_COMPILER_API_CONVERTELEMENT_H
#define EINC_COMPILER_API_CONVERTELEMENT_H

#include "einc/Element.h"

#include <cstring>

namespace einc {

template <typename T> constexpr bool isComplexNumber = false;
template <typename T> constexpr bool isComplexNumber<std::complex<T>> = true;

/// int64_t, double or std::complex<double>: each holds all numbers of T.
template <Element T>
using WideNumber =
    std::conditional_t<isComplexNumber<T>, std::complex<double>,
                       std::conditional_t<std::integral<T>, int64_t, double>>;

/// Reads an element. A bool is any byte: other than 0 is true.
template <Element T> WideNumber<T> loadElement(const void *address) {
  using Stored = std::conditional_t<std::same_as<T, bool>, uint8_t, T>;
  Stored value;
  std::memcpy(&value, address, sizeof(value));
  if constexpr (std::same_as<T, bool>)
    return value != 0;
  else
    return static_cast<WideNumber<T>>(value);
}

/// Cuts the fraction off; what i64 does not hold becomes its smallest number.
inline int64_t truncateToInteger(double value) {
  bool inside = value >= -0x1p63 && value < 0x1p63;
  return inside ? static_cast<int64_t>(value) : INT64_MIN;
}

/// `Number` is a WideNumber. Complex numbers become complex or bool only; the
/// real part stands for them otherwise.
template <Element T, typename Number> T convertNumber(Number value) {
  if constexpr (std::same_as<T, bool>)
    return value != Number(0);
  else if constexpr (isComplexNumber<Number> && isComplexNumber<T>)
    return T(value);
  else if constexpr (isComplexNumber<Number>)
    return convertNumber<T>(value.real());
  else if constexpr (isComplexNumber<T>)
    return T(static_cast<typename T::value_type>(value));
  else if constexpr (std::integral<T> && std::same_as<Number, double>)
    return static_cast<T>(truncateToInteger(value));
  else
    return static_cast<T>(value);
}

} // namespace einc

#endif // EINC_COMPILER_API_CONVERTELEMENT_H
