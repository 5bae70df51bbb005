// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From an element type as a value to the C++ type.

#ifndef EINC_COMPILER_API_VISITELEMENT_H
#define EINC_COMPILER_API_VISITELEMENT_H

#include "einc/Element.h"

namespace einc {

/// Calls `function.operator()<T>()` with the C++ type of `type`.
template <typename Function>
decltype(auto) visitElement(ElementType type, Function &&function) {
  switch (type) {
  case ElementType::F32:
    break;
  case ElementType::F64:
    return function.template operator()<double>();
  case ElementType::C64:
    return function.template operator()<std::complex<float>>();
  case ElementType::C128:
    return function.template operator()<std::complex<double>>();
  case ElementType::I8:
    return function.template operator()<int8_t>();
  case ElementType::I16:
    return function.template operator()<int16_t>();
  case ElementType::I32:
    return function.template operator()<int32_t>();
  case ElementType::I64:
    return function.template operator()<int64_t>();
  case ElementType::U8:
    return function.template operator()<uint8_t>();
  case ElementType::Bool:
    return function.template operator()<bool>();
  case ElementType::F16:
    return function.template operator()<Half>();
  case ElementType::BF16:
    return function.template operator()<BFloat16>();
  }
  return function.template operator()<float>();
}

} // namespace einc

#endif // EINC_COMPILER_API_VISITELEMENT_H
