// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One format for many real numbers, so that columns line up.

#ifndef EINC_COMPILER_API_REALFORMAT_H
#define EINC_COMPILER_API_REALFORMAT_H

#include "einc/ElementType.h"

#include <charconv>
#include <cstddef>
#include <string>

namespace einc {

/// See all numbers with add(), then format each. The numbers are of the type
/// `type`, real and floating.
class RealFormat {
public:
  explicit RealFormat(ElementType type, bool plusSigns = false)
      : type(type), plusSigns(plusSigns) {}

  void add(double value);
  /// The number in as many columns as every other.
  std::string operator()(double value) const;

private:
  struct Parts;
  /// Widths that one notation needs.
  struct Widths {
    size_t integer = 0;  ///< before the point, with the sign
    size_t fraction = 0; ///< behind it
    size_t exponent = 0; ///< its sign and digits
    void add(const std::string &newInteger, const std::string &newFraction,
             const std::string &newExponent);
  };
  bool scientific() const;
  Parts shortParts(double value, std::chars_format notation) const;
  std::string special(double value) const;

  ElementType type;
  bool plusSigns;
  Widths positionalWidths;
  Widths scientificWidths;
  size_t specialWidth = 0; ///< of nan and inf
  double largest = 0;      ///< of the finite magnitudes that are not 0
  double smallest = 0;
};

/// A number alone: all digits it needs, at least one behind the point.
std::string formatReal(double value, ElementType type);

} // namespace einc

#endif // EINC_COMPILER_API_REALFORMAT_H
