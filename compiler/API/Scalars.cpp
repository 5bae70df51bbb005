// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/Scalars.h"
#include "compiler/API/ConvertElement.h"
#include "compiler/API/NumberFormat.h"
#include "compiler/API/Throw.h"
#include "compiler/API/VisitElement.h"

#include <cmath>
#include <limits>
#include <ostream>

using namespace einc;

Scalar einc::loadScalar(const void *address, ElementType type, bool conjugate) {
  return visitElement(type, [&]<typename T>() {
    auto value = loadElement<T>(address);
    if constexpr (isComplexNumber<T>)
      return Scalar(conjugate ? std::conj(value) : value);
    else
      return Scalar(value);
  });
}

template <typename T> static T convertScalar(const Scalar &value) {
  if (value.isInteger())
    return convertNumber<T>(value.integer());
  if (value.isComplex())
    return convertNumber<T>(std::complex<double>(value.real(), value.imag()));
  return convertNumber<T>(value.real());
}

void einc::storeScalar(const Scalar &value, ElementType type, void *address) {
  if (value.isComplex() && !isComplex(type))
    throwError(ErrorKind::InvalidArgument,
               scalarText(value) + " is complex, but the elements are " +
                   elementName(type));
  visitElement(type, [&]<typename T>() {
    T converted = convertScalar<T>(value);
    std::memcpy(address, &converted, sizeof(converted));
  });
}

/// Whether a part of a number is finite as a double but not as a float.
static bool overflowsF32(const Scalar &value) {
  auto overflows = [](double part) {
    return std::isfinite(part) && std::isinf(static_cast<float>(part));
  };
  return overflows(value.real()) || overflows(value.imag());
}

/// Whether the number is whole and from `low` to `high`.
static bool isWhole(const Scalar &value, int64_t low, int64_t high) {
  if (value.isInteger())
    return value.integer() >= low && value.integer() <= high;
  // 2^63 - 1 is no double; 2^63, beyond it, is.
  double real = value.real();
  return real == std::trunc(real) && real >= static_cast<double>(low) &&
         real < static_cast<double>(high) + 1;
}

/// What a result of type `type` takes for alpha and beta, if it is not the
/// number given; empty if the number is right.
static std::string takenInstead(const Scalar &value, ElementType type) {
  if (value.imag() != 0 && !isComplex(type))
    return "real numbers";
  if (realType(computeType(type)) == ElementType::F32)
    return overflowsF32(value) ? "numbers that f32 holds" : "";
  if (isFloating(type))
    return "";
  if (type == ElementType::Bool)
    return isWhole(value, 0, 1) ? "" : "0 and 1";
  return visitElement(type, [&]<typename T>() -> std::string {
    using Limits = std::numeric_limits<T>;
    if constexpr (std::integral<T>)
      if (!isWhole(value, Limits::min(), Limits::max()))
        return "whole numbers from " + std::to_string(int64_t{Limits::min()}) +
               " to " + std::to_string(int64_t{Limits::max()});
    return "";
  });
}

static void storeChecked(const Scalar &value, const char *name,
                         ElementType result, unsigned char *out) {
  if (std::string taken = takenInstead(value, result); !taken.empty())
    throwError(ErrorKind::InvalidArgument,
               std::string(name) + " is " + scalarText(value) +
                   ", but a result of type " + elementName(result) + " takes " +
                   taken);
  // A complex number without an imaginary part is a real one.
  Scalar number = value;
  if (value.isComplex() && !isComplex(result))
    number = value.real();
  storeScalar(number, computeType(result), out);
}

ScalarPair einc::makeScalarPair(ElementType result, const Scalar &alpha,
                                const Scalar &beta) {
  ScalarPair pair;
  storeChecked(alpha, "alpha", result, pair.bytes);
  storeChecked(beta, "beta", result,
               pair.bytes + elementBytes(computeType(result)));
  return pair;
}

std::string einc::scalarText(const Scalar &value) {
  return formatScalar(value, value.isInteger()   ? ElementType::I64
                             : value.isComplex() ? ElementType::C128
                                                 : ElementType::F64);
}

std::ostream &einc::operator<<(std::ostream &stream, const Scalar &value) {
  return stream << scalarText(value);
}
