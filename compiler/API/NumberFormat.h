// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One format for many numbers, so that columns line up.

#ifndef EINC_COMPILER_API_NUMBERFORMAT_H
#define EINC_COMPILER_API_NUMBERFORMAT_H

#include "einc/ElementType.h"

#include <cstddef>
#include <string>

namespace einc {

/// See all numbers with add(), then format each.
class NumberFormat {
public:
  explicit NumberFormat(ElementType type) : type(type) {}

  void add(double value);
  /// The number in as many columns as every other.
  std::string operator()(double value) const;

private:
  /// Widths that one notation needs.
  struct Widths {
    size_t integer = 0;  ///< before the point, with the sign
    size_t fraction = 0; ///< behind it
    size_t exponent = 0; ///< its sign and digits
    void add(const std::string &newInteger, const std::string &newFraction,
             const std::string &newExponent);
  };
  bool scientific() const;

  ElementType type;
  Widths positionalWidths;
  Widths scientificWidths;
  size_t specialWidth = 0; ///< of nan and inf
  double largest = 0;      ///< of the finite magnitudes that are not 0
  double smallest = 0;
};

/// A number alone: all digits it needs, at least one behind the point.
std::string formatScalar(double value, ElementType type);

} // namespace einc

#endif // EINC_COMPILER_API_NUMBERFORMAT_H
