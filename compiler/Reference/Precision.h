// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What floating-point types allow, for error bounds.

#ifndef EINC_COMPILER_REFERENCE_PRECISION_H
#define EINC_COMPILER_REFERENCE_PRECISION_H

#include "einc/ElementType.h"

#include <limits>

namespace einc::reference {

struct Precision {
  double unit; ///< u: half the distance from 1 to the next number
  /// The smallest number of full precision: rounding anything of magnitude m
  /// is wrong by u * max(m, smallestNormal) at most.
  double smallestNormal;
  double largest;

  /// What an absolute value of `sum` counts as where it is rounded: sums that
  /// may leave the range are infinite, and stay so.
  template <typename Real> Real roundedMagnitude(Real sum) const {
    if (!(sum * (1 + 2 * Real(unit)) <= Real(largest)))
      return std::numeric_limits<Real>::infinity();
    return sum == 0 || sum >= Real(smallestNormal) ? sum : Real(smallestNormal);
  }
};

/// Of a floating type's real part.
constexpr Precision precisionOf(ElementType type) {
  switch (realType(type)) {
  case ElementType::F16:
    return {0x1p-11, 0x1p-14, 65504};
  case ElementType::BF16:
    return {0x1p-8, 0x1p-126, 0x1.fep127};
  case ElementType::F64:
    return {0x1p-53, std::numeric_limits<double>::min(),
            std::numeric_limits<double>::max()};
  default:
    return {0x1p-24, std::numeric_limits<float>::min(),
            std::numeric_limits<float>::max()};
  }
}

} // namespace einc::reference

#endif // EINC_COMPILER_REFERENCE_PRECISION_H
