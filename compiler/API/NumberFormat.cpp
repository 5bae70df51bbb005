// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/NumberFormat.h"

#include <algorithm>
#include <cmath>

using namespace einc;

static std::string wholeText(const Scalar &value, ElementType type) {
  if (type == ElementType::Bool)
    return value.integer() ? "True" : "False";
  return std::to_string(value.integer());
}

void NumberFormat::add(const Scalar &value) {
  if (!isFloating(type)) {
    width = std::max(width, wholeText(value, type).size());
    return;
  }
  real.add(value.real());
  if (isComplex(type))
    imaginary.add(value.imag());
}

std::string NumberFormat::operator()(const Scalar &value) const {
  if (!isFloating(type)) {
    std::string text = wholeText(value, type);
    return std::string(width - std::min(width, text.size()), ' ') + text;
  }
  std::string text = real(value.real());
  if (!isComplex(type))
    return text;
  // Blanks that fill the column stay behind the j.
  text += imaginary(value.imag());
  return text.insert(text.find_last_not_of(' ') + 1, "j");
}

std::string einc::formatScalar(const Scalar &value, ElementType type) {
  if (!isFloating(type))
    return wholeText(value, type);
  if (!isComplex(type))
    return formatReal(value.real(), type);
  auto part = [type](double number) {
    std::string text = formatReal(number, realType(type));
    if (text.ends_with(".0"))
      text.resize(text.size() - 2);
    return text;
  };
  std::string imaginary = part(value.imag()) + "j";
  if (value.real() == 0 && !std::signbit(value.real()))
    return imaginary;
  if (!imaginary.starts_with('-'))
    imaginary.insert(0, "+");
  return "(" + part(value.real()) + imaginary + ")";
}
