// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Elements/Element.h"
#include "einc/Half.h"

#include <cstring>
#include <sstream>

using namespace einc;
using namespace einc::tests;

namespace {

template <typename T> void put(void *buffer, int64_t place, T value) {
  std::memcpy(static_cast<char *>(buffer) + place * int64_t(sizeof(T)), &value,
              sizeof(T));
}

template <typename T> T take(const void *buffer, int64_t place) {
  T value;
  std::memcpy(&value,
              static_cast<const char *>(buffer) + place * int64_t(sizeof(T)),
              sizeof(T));
  return value;
}

/// f32 and f64 as the real part of an element, by their bytes.
void putReal(size_t bytes, void *buffer, int64_t place, double value) {
  if (bytes == sizeof(float))
    put(buffer, place, float(value));
  else
    put(buffer, place, value);
}

double takeReal(size_t bytes, const void *buffer, int64_t place) {
  return bytes == sizeof(float) ? double(take<float>(buffer, place))
                                : take<double>(buffer, place);
}

} // namespace

void einc::tests::storeElement(ElementType type, void *buffer, int64_t place,
                               const Number &number) {
  switch (type) {
  case ElementType::F32:
  case ElementType::F64:
    return putReal(elementBytes(type), buffer, place, number.re);
  case ElementType::C64:
  case ElementType::C128:
    putReal(elementBytes(type) / 2, buffer, 2 * place, number.re);
    return putReal(elementBytes(type) / 2, buffer, 2 * place + 1, number.im);
  case ElementType::I8:
  case ElementType::U8:
    return put(buffer, place, uint8_t(number.whole));
  case ElementType::I16:
    return put(buffer, place, uint16_t(number.whole));
  case ElementType::I32:
    return put(buffer, place, uint32_t(number.whole));
  case ElementType::I64:
    return put(buffer, place, number.whole);
  case ElementType::Bool:
    return put(buffer, place, uint8_t(number.whole != 0));
  case ElementType::F16:
    return put(buffer, place, Half(float(number.re)).bits());
  case ElementType::BF16:
    return put(buffer, place, BFloat16(float(number.re)).bits());
  }
}

Number einc::tests::loadElement(ElementType type, const void *buffer,
                                int64_t place) {
  switch (type) {
  case ElementType::F32:
  case ElementType::F64:
    return takeReal(elementBytes(type), buffer, place);
  case ElementType::C64:
  case ElementType::C128:
    return {takeReal(elementBytes(type) / 2, buffer, 2 * place),
            takeReal(elementBytes(type) / 2, buffer, 2 * place + 1)};
  case ElementType::I8:
    return int64_t(take<int8_t>(buffer, place));
  case ElementType::I16:
    return int64_t(take<int16_t>(buffer, place));
  case ElementType::I32:
    return int64_t(take<int32_t>(buffer, place));
  case ElementType::I64:
    return take<int64_t>(buffer, place);
  case ElementType::U8:
  case ElementType::Bool:
    return int64_t(take<uint8_t>(buffer, place));
  case ElementType::F16:
    return double(float(Half::fromBits(take<uint16_t>(buffer, place))));
  case ElementType::BF16:
    return double(float(BFloat16::fromBits(take<uint16_t>(buffer, place))));
  }
  return {};
}

std::vector<Number>
einc::tests::loadElements(ElementType type, const void *buffer, int64_t count) {
  std::vector<Number> numbers;
  for (int64_t i = 0; i < count; ++i)
    numbers.push_back(loadElement(type, buffer, i));
  return numbers;
}

Number einc::tests::rounded(ElementType type, const Number &number) {
  char element[16];
  storeElement(type, element, 0, number);
  return loadElement(type, element, 0);
}

bool einc::tests::equalElements(ElementType type, const Number &a,
                                const Number &b) {
  if (!isFloating(type))
    return a.whole == b.whole;
  return a.re == b.re && (!isComplex(type) || a.im == b.im);
}

std::string einc::tests::toText(ElementType type, const Number &number) {
  std::ostringstream text;
  text.precision(17);
  if (!isFloating(type))
    text << number.whole;
  else if (isComplex(type))
    text << "(" << number.re << "," << number.im << ")";
  else
    text << number.re;
  return text.str();
}

std::vector<int64_t>
einc::tests::elementPlaces(std::span<const int64_t> shape,
                           std::span<const int64_t> strides) {
  std::vector<int64_t> places = {0};
  for (size_t axis = 0; axis < shape.size(); ++axis) {
    std::vector<int64_t> longer;
    for (int64_t place : places)
      for (int64_t i = 0; i < shape[axis]; ++i)
        longer.push_back(place + i * strides[axis]);
    places = std::move(longer);
  }
  return places;
}
