// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The element types of tensors.

#ifndef EINC_ELEMENTTYPE_H
#define EINC_ELEMENTTYPE_H

#include <cstddef>

namespace einc {

enum class ElementType { F32, F64 };

/// `elementBytes(ElementType::F32)` returns 4.
constexpr size_t elementBytes(ElementType type) {
  return type == ElementType::F32 ? 4 : 8;
}

/// `elementName(ElementType::F32)` returns "f32".
constexpr const char *elementName(ElementType type) {
  return type == ElementType::F32 ? "f32" : "f64";
}

} // namespace einc

#endif // EINC_ELEMENTTYPE_H
