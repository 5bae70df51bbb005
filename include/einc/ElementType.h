// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The element types of tensors, and how they mix.

#ifndef EINC_ELEMENTTYPE_H
#define EINC_ELEMENTTYPE_H

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace einc {

/// The values are those of EincType in einc-c/Artifact.h.
enum class ElementType {
  F32,
  F64,
  C64,  ///< two f32: real, imaginary
  C128, ///< two f64
  I8,
  I16,
  I32,
  I64,
  U8,
  Bool, ///< a byte, 0 or 1; sums are "or", products "and"
  F16,  ///< IEEE binary16
  BF16  ///< the upper half of an f32
};
constexpr size_t NumElementTypes = 12;

/// `elementBytes(ElementType::C64)` returns 8.
constexpr size_t elementBytes(ElementType type) {
  constexpr size_t bytes[NumElementTypes] = {4, 8, 8, 16, 1, 2,
                                             4, 8, 1, 1,  2, 2};
  return bytes[size_t(type)];
}

/// The alignment that an element needs in memory, in bytes: that of its real
/// part.
constexpr size_t elementAlignment(ElementType type) {
  bool isComplex = type == ElementType::C64 || type == ElementType::C128;
  return isComplex ? elementBytes(type) / 2 : elementBytes(type);
}

/// `elementName(ElementType::F32)` returns "f32".
constexpr const char *elementName(ElementType type) {
  constexpr const char *names[NumElementTypes] = {"f32", "f64",  "c64", "c128",
                                                  "i8",  "i16",  "i32", "i64",
                                                  "u8",  "bool", "f16", "bf16"};
  return names[size_t(type)];
}

/// `elementTypeNamed("bf16")` returns ElementType::BF16; empty if unknown.
constexpr std::optional<ElementType> elementTypeNamed(std::string_view name) {
  for (size_t i = 0; i < NumElementTypes; ++i)
    if (name == elementName(ElementType(i)))
      return ElementType(i);
  return std::nullopt;
}

constexpr bool isComplex(ElementType type) {
  return type == ElementType::C64 || type == ElementType::C128;
}
/// Whole numbers that wrap; bool is none.
constexpr bool isInteger(ElementType type) {
  return type >= ElementType::I8 && type <= ElementType::U8;
}
/// f16 and bf16.
constexpr bool isHalf(ElementType type) {
  return type == ElementType::F16 || type == ElementType::BF16;
}
/// Real or complex floating point.
constexpr bool isFloating(ElementType type) {
  return type <= ElementType::C128 || isHalf(type);
}

/// The type of the real part: `realType(ElementType::C64)` is F32.
constexpr ElementType realType(ElementType type) {
  return type == ElementType::C64    ? ElementType::F32
         : type == ElementType::C128 ? ElementType::F64
                                     : type;
}

/// The type that sums of a result type are computed in: f32 for f16 and bf16,
/// i32 for i8, i16 and u8 (the same numbers after wrapping), else the type
/// itself.
constexpr ElementType computeType(ElementType result) {
  if (isHalf(result))
    return ElementType::F32;
  if (result == ElementType::I8 || result == ElementType::I16 ||
      result == ElementType::U8)
    return ElementType::I32;
  return result;
}

/// The type of a result whose operands have types a and b: numpy's
/// promotion (np.promote_types), with bf16 as a half type beside f16; f16 with
/// bf16 is f32. `promote(ElementType::I32, ElementType::F32)` is F64.
constexpr ElementType promote(ElementType a, ElementType b) {
  using enum ElementType;
  if (a == b)
    return a;
  if (a == Bool || b == Bool)
    return a == Bool ? b : a;
  if (isInteger(a) && isInteger(b)) {
    // u8 needs a signed type that is wider.
    size_t bytesA = a == U8 ? 2 : elementBytes(a);
    size_t bytesB = b == U8 ? 2 : elementBytes(b);
    size_t bytes = bytesA > bytesB ? bytesA : bytesB;
    return bytes == 2 ? I16 : bytes == 4 ? I32 : I64;
  }
  // Bits of precision decide: 1 half, 2 single, 4 double.
  auto width = [](ElementType type) {
    switch (type) {
    case I8:
    case U8:
    case F16:
    case BF16:
      return 1;
    case I16:
    case F32:
    case C64:
      return 2;
    default:
      return 4;
    }
  };
  int wider = width(a) > width(b) ? width(a) : width(b);
  if (isComplex(a) || isComplex(b))
    return wider == 4 ? C128 : C64;
  if (wider == 4)
    return F64;
  if (wider == 2)
    return F32;
  // Half types and bytes: two kinds of half meet in single.
  if (isHalf(a) && isHalf(b))
    return F32;
  return isHalf(a) ? a : b;
}

/// The type that all of `types`, at least one, promote to, whatever their
/// order: as for np.result_type, integers meet the floating-point types and not
/// each other where there are any. i8, u8 and f16 give f16 although i8 and u8
/// alone give i16.
constexpr ElementType promoteAll(std::span<const ElementType> types) {
  std::optional<ElementType> result;
  for (bool floating : {true, false})
    for (ElementType type : types)
      if (isFloating(type) == floating)
        result = result ? promote(*result, type) : type;
  return result.value_or(ElementType::F64);
}

} // namespace einc

#endif // EINC_ELEMENTTYPE_H
