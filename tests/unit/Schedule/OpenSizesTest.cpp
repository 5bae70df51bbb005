// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Polynomials of open numbers and formulas of them.

#include "compiler/Schedule/OpenSizes.h"

#include <gtest/gtest.h>

namespace einc {
namespace {

int64_t valueOf(const Formula &formula, std::vector<int64_t> numbers) {
  return exampleOf(formula, numbers);
}

TEST(OpenSizes, EqualPolynomialsHaveEqualIds) {
  OpenSizes sizes;
  Size a = sizes.addNumber(5), b = sizes.addNumber(7), four{4, 0};
  EXPECT_NE(a.id, b.id);
  Size ab = sizes.multiply(sizes.multiply(a, four), b);
  EXPECT_EQ(ab.id, sizes.multiply(b, sizes.multiply(four, a)).id);
  EXPECT_EQ(ab.value, 140);
  EXPECT_NE(ab.id, sizes.multiply(a, b).id);
  EXPECT_EQ(sizes.multiply(a, a).value, 25);
  EXPECT_NE(sizes.multiply(a, a).id, a.id);
  // Equal by example only.
  EXPECT_NE(sizes.multiply(a, {7, 0}).id, sizes.multiply(a, b).id);
  // (a + 1) * (a - 1) is a * a - 1.
  Size product = sizes.multiply(sizes.add(a, {1, 0}), sizes.add(a, {-1, 0}));
  EXPECT_EQ(product.id, sizes.add(sizes.multiply(a, a), {-1, 0}).id);
  EXPECT_EQ(product.value, 24);
}

TEST(OpenSizes, WhatIsKnownIsALiteral) {
  OpenSizes sizes;
  Size a = sizes.addNumber(5);
  EXPECT_EQ(sizes.multiply(a, {0, 0}).id, 0u);
  EXPECT_EQ(sizes.multiply(a, {0, 0}).value, 0);
  EXPECT_EQ(sizes.add(a, sizes.multiply(a, {-1, 0})).id, 0u);
  Size three = sizes.add(sizes.add(a, {3, 0}), sizes.multiply(a, {-1, 0}));
  EXPECT_EQ(three.id, 0u);
  EXPECT_EQ(three.value, 3);
  EXPECT_EQ(sizes.formulaOf({-9, 0}).size(), 1u);
  EXPECT_FALSE(sizes.overflowed());
}

TEST(OpenSizes, FormulasHaveThePolynomialsValue) {
  OpenSizes sizes;
  Size a = sizes.addNumber(5), b = sizes.addNumber(7);
  Size size =
      sizes.add(sizes.multiply({4, 0}, sizes.multiply(a, sizes.multiply(a, b))),
                sizes.add(sizes.multiply(b, {-3, 0}), {11, 0}));
  Formula formula = sizes.formulaOf(size);
  for (auto [x, y] : {std::pair{5, 7}, {0, 0}, {1, -2}, {-3, 10}})
    EXPECT_EQ(valueOf(formula, {x, y}), 4 * x * x * y - 3 * y + 11);
  EXPECT_EQ(size.value, 4 * 25 * 7 - 21 + 11);
}

TEST(OpenSizes, OverflowsAreSeen) {
  OpenSizes sizes;
  Size a = sizes.addNumber(int64_t(1) << 40);
  EXPECT_FALSE(sizes.overflowed());
  sizes.multiply(a, a);
  EXPECT_TRUE(sizes.overflowed());
  OpenSizes others;
  Size b = others.addNumber(2);
  Size large = others.multiply(b, {int64_t(1) << 40, 0});
  EXPECT_FALSE(others.overflowed());
  others.multiply(large, large);
  EXPECT_TRUE(others.overflowed());
}

TEST(OpenSizes, FormulasAreFolded) {
  OpenSizes sizes;
  Formula a = sizes.formulaOf(sizes.addNumber(5));
  EXPECT_EQ((formula(6) * formula(7)).size(), 1u);
  EXPECT_EQ((a * formula(1)).size(), 1u);
  EXPECT_EQ((formula(1) * a).size(), 1u);
  EXPECT_EQ((a + formula(0)).size(), 1u);
  EXPECT_EQ((formula(0) + a).size(), 1u);
  EXPECT_EQ((a * formula(2)).size(), 3u);
  // What overflows is left to the runtime, which says so.
  EXPECT_EQ((formula(INT64_MAX) * formula(2)).size(), 3u);
  for (int64_t x : {-9, -8, -1, 0, 1, 7, 8, 9}) {
    EXPECT_EQ(valueOf(ceilDiv(a, formula(8)), {x}),
              valueOf(ceilDiv(formula(x), formula(8)), {}));
    EXPECT_EQ(valueOf(floorDiv(a, formula(8)), {x}),
              valueOf(floorDiv(formula(x), formula(8)), {}));
    EXPECT_EQ(valueOf(least(a, formula(3)), {x}), std::min<int64_t>(x, 3));
    EXPECT_EQ(valueOf(greatest(a, formula(3)), {x}), std::max<int64_t>(x, 3));
    EXPECT_EQ(valueOf(combine(EINC_OP_EQUAL, a, formula(7)), {x}), x == 7);
  }
}

} // namespace
} // namespace einc
