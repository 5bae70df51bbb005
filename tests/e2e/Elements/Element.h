// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Elements of every type as numbers, for tests: stored, read, compared.

#ifndef EINC_TESTS_E2E_ELEMENTS_ELEMENT_H
#define EINC_TESTS_E2E_ELEMENTS_ELEMENT_H

#include "einc/ElementType.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace einc::tests {

/// A number of any element type. Integers and bool are `whole`, the others `re`
/// and `im`; made from an integer it is all of them.
struct Number {
  double re = 0;
  double im = 0;
  int64_t whole = 0;

  Number() = default;
  Number(int64_t whole) : re(double(whole)), whole(whole) {}
  Number(int whole) : Number(int64_t(whole)) {}
  Number(double re, double im = 0) : re(re), im(im) {}
  static Number complex(int64_t re, int64_t im) {
    return {double(re), double(im)};
  }
};

/// Element number `place` of a buffer. Floats are rounded to the type once,
/// integers wrap, bool is whether the number is not 0.
void storeElement(ElementType type, void *buffer, int64_t place,
                  const Number &number);
Number loadElement(ElementType type, const void *buffer, int64_t place);

/// The first `count` elements of a buffer.
std::vector<Number> loadElements(ElementType type, const void *buffer,
                                 int64_t count);

/// The number as an element of the type holds it.
Number rounded(ElementType type, const Number &number);

/// Whether two elements are equal: -0 equals 0, NaN equals nothing.
bool equalElements(ElementType type, const Number &a, const Number &b);

/// "7", "0.5", "(1,-2)".
std::string toText(ElementType type, const Number &number);

/// Where a tensor's elements lie, in row-major order, from that of index zero.
std::vector<int64_t> elementPlaces(std::span<const int64_t> shape,
                                   std::span<const int64_t> strides);

} // namespace einc::tests

#endif // EINC_TESTS_E2E_ELEMENTS_ELEMENT_H
