// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which C++ types are element types.

#ifndef EINC_ELEMENT_H
#define EINC_ELEMENT_H

#include "einc/ElementType.h"
#include "einc/Half.h"

#include <complex>
#include <concepts>

namespace einc {

/// The element type that a C++ type is; empty if it is none. Signed integers
/// count by their size, so that both long and long long are I64 where both have
/// 64 bits.
template <typename T> constexpr std::optional<ElementType> findElementType() {
  using enum ElementType;
  if constexpr (std::same_as<T, float>)
    return F32;
  else if constexpr (std::same_as<T, double>)
    return F64;
  else if constexpr (std::same_as<T, std::complex<float>>)
    return C64;
  else if constexpr (std::same_as<T, std::complex<double>>)
    return C128;
  else if constexpr (std::same_as<T, unsigned char>)
    return U8;
  else if constexpr (std::same_as<T, bool>)
    return Bool;
  else if constexpr (std::same_as<T, Half>)
    return F16;
  else if constexpr (std::same_as<T, BFloat16>)
    return BF16;
  else if constexpr (std::same_as<T, signed char> || std::same_as<T, short> ||
                     std::same_as<T, int> || std::same_as<T, long> ||
                     std::same_as<T, long long>)
    return sizeof(T) == 1   ? I8
           : sizeof(T) == 2 ? I16
           : sizeof(T) == 4 ? I32
                            : I64;
  else
    return std::nullopt;
}

/// A C++ type that is an element type: float, double, std::complex of them,
/// int8_t to int64_t, uint8_t, bool, Half, BFloat16.
template <typename T>
concept Element = findElementType<T>().has_value();

/// `elementTypeOf<float>` is ElementType::F32.
template <Element T>
constexpr ElementType elementTypeOf = *findElementType<T>();

} // namespace einc

#endif // EINC_ELEMENT_H
