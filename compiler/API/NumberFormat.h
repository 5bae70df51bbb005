// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One format for many elements of a type, so that columns line up.

#ifndef EINC_COMPILER_API_NUMBERFORMAT_H
#define EINC_COMPILER_API_NUMBERFORMAT_H

#include "compiler/API/RealFormat.h"
#include "einc/Scalar.h"

namespace einc {

/// See all elements with add(), then format each.
class NumberFormat {
public:
  explicit NumberFormat(ElementType type)
      : type(type), real(realType(type)), imaginary(realType(type), true),
        width(type == ElementType::Bool ? 5 : 0) {}

  void add(const Scalar &value);
  /// The number in as many columns as every other.
  std::string operator()(const Scalar &value) const;

private:
  ElementType type;
  RealFormat real;
  RealFormat imaginary;
  size_t width; ///< of integers; of bools that of "False"
};

/// An element alone: "0.5", "3", "True", "(1+2j)".
std::string formatScalar(const Scalar &value, ElementType type);

} // namespace einc

#endif // EINC_COMPILER_API_NUMBERFORMAT_H
