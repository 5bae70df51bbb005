// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/RealFormat.h"
#include "einc/Half.h"

#include <algorithm>
#include <charconv>
#include <cmath>

using namespace einc;

static constexpr size_t MaxFraction = 8;
/// Larger numbers have exponents in every type.
static constexpr double PositionalBelow = 1e8;

/// The number with the fewest decimal digits that is `value` in a half type.
static double shortestDecimal(double value, ElementType type) {
  auto bits = [type](double number) {
    return type == ElementType::F16 ? Half(number).bits()
                                    : BFloat16(number).bits();
  };
  constexpr int MaxDigits = 8; // f32 needs no more than 9
  for (int digits = 0; digits < MaxDigits; ++digits) {
    char buffer[32];
    char *end = std::to_chars(buffer, buffer + sizeof(buffer), value,
                              std::chars_format::scientific, digits)
                    .ptr;
    double candidate = 0;
    std::from_chars(buffer, end, candidate);
    if (bits(candidate) == bits(value))
      return candidate;
  }
  return value;
}

/// The fewest digits that give `value` back in its type, or, with a precision,
/// so many behind the point. Large enough: 308 digits, a point and a sign.
static std::string digits(double value, ElementType type,
                          std::chars_format notation, int precision = -1) {
  char buffer[512];
  char *end = buffer + sizeof(buffer);
  if (precision >= 0)
    end = std::to_chars(buffer, end, value, notation, precision).ptr;
  else if (type == ElementType::F32)
    end = std::to_chars(buffer, end, static_cast<float>(value), notation).ptr;
  else if (isHalf(type))
    end =
        std::to_chars(buffer, end, shortestDecimal(value, type), notation).ptr;
  else
    end = std::to_chars(buffer, end, value, notation).ptr;
  return {buffer, end};
}

static std::string special(double value) {
  return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
}

static std::string withSign(std::string number) {
  return number.starts_with('-') ? number : "+" + number;
}

/// Splits "-1.25e-07" into "-1", "25" and "-07".
struct RealFormat::Parts {
  std::string integer;
  std::string fraction;
  std::string exponent;

  explicit Parts(std::string text) {
    if (size_t e = text.find('e'); e != std::string::npos) {
      exponent = text.substr(e + 1);
      text.resize(e);
    }
    size_t point = text.find('.');
    integer = text.substr(0, point);
    if (point != std::string::npos)
      fraction = text.substr(point + 1);
  }
};

/// With at most MaxFraction digits behind the point and no zeros at the end.
RealFormat::Parts RealFormat::shortParts(double value,
                                         std::chars_format notation) const {
  Parts parts(digits(value, type, notation));
  if (parts.fraction.size() > MaxFraction) {
    parts = Parts(digits(value, type, notation, MaxFraction));
    parts.fraction.resize(parts.fraction.find_last_not_of('0') + 1);
  }
  if (plusSigns)
    parts.integer = withSign(std::move(parts.integer));
  return parts;
}

std::string RealFormat::special(double value) const {
  return plusSigns ? withSign(::special(value)) : ::special(value);
}

void RealFormat::Widths::add(const std::string &newInteger,
                             const std::string &newFraction,
                             const std::string &newExponent) {
  integer = std::max(integer, newInteger.size());
  fraction = std::max(fraction, newFraction.size());
  exponent = std::max(exponent, newExponent.size());
}

void RealFormat::add(double value) {
  if (!std::isfinite(value)) {
    specialWidth = std::max(specialWidth, special(value).size());
    return;
  }
  double magnitude = std::abs(value);
  if (magnitude != 0) {
    largest = std::max(largest, magnitude);
    smallest = smallest == 0 ? magnitude : std::min(smallest, magnitude);
  }
  Parts scientific = shortParts(value, std::chars_format::scientific);
  scientificWidths.add(scientific.integer, scientific.fraction,
                       scientific.exponent);
  // Longer numbers make every number scientific.
  if (magnitude < PositionalBelow) {
    Parts positional = shortParts(value, std::chars_format::fixed);
    positionalWidths.add(positional.integer, positional.fraction, "");
  }
}

/// The power of ten that the digits of a type reach for certain.
static double wholeDigits(ElementType type) {
  return type == ElementType::F64 ? 1e15 : type == ElementType::F32 ? 1e6 : 1e3;
}

bool RealFormat::scientific() const {
  return largest >= std::min(PositionalBelow, wholeDigits(type)) ||
         (largest > 0 && (smallest < 1e-4 || largest / smallest > 1000));
}

static std::string padLeft(const std::string &text, size_t width, char with) {
  return std::string(width - std::min(width, text.size()), with) + text;
}

static std::string padRight(const std::string &text, size_t width, char with) {
  return text + std::string(width - std::min(width, text.size()), with);
}

std::string RealFormat::operator()(double value) const {
  bool useScientific = scientific();
  const Widths &widths = useScientific ? scientificWidths : positionalWidths;
  size_t exponentWidth = useScientific ? 1 + widths.exponent : 0;
  size_t width = std::max(widths.integer + 1 + widths.fraction + exponentWidth,
                          specialWidth);
  if (!std::isfinite(value))
    return padLeft(special(value), width, ' ');
  if (!useScientific) {
    Parts parts = shortParts(value, std::chars_format::fixed);
    return padLeft(parts.integer + "." +
                       padRight(parts.fraction, widths.fraction, ' '),
                   width, ' ');
  }
  Parts parts = shortParts(value, std::chars_format::scientific);
  std::string exponent = parts.exponent[0] + padLeft(parts.exponent.substr(1),
                                                     widths.exponent - 1, '0');
  return padLeft(parts.integer + "." +
                     padRight(parts.fraction, widths.fraction, '0') + "e" +
                     exponent,
                 width, ' ');
}

std::string einc::formatReal(double value, ElementType type) {
  if (!std::isfinite(value))
    return special(value);
  double magnitude = std::abs(value);
  double tooLarge = type == ElementType::F64 ? 1e16 : wholeDigits(type);
  bool positional =
      magnitude == 0 || (magnitude >= 1e-4 && magnitude < tooLarge);
  std::string result = digits(value, type,
                              positional ? std::chars_format::fixed
                                         : std::chars_format::scientific);
  if (positional && result.find('.') == std::string::npos)
    result += ".0";
  return result;
}
