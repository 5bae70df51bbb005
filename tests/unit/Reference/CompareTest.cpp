// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Reference/Letters.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace einc;
using namespace einc::tests;

namespace {

constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
/// The unit roundoff of f32.
const double Unit = std::ldexp(1.0, -24);

ReferenceResult reference(std::vector<double> values,
                          std::vector<double> magnitudes, double roundings) {
  ReferenceResult result;
  result.shape = {int64_t(values.size())};
  result.values = std::move(values);
  result.magnitudes = std::move(magnitudes);
  result.roundings = roundings;
  return result;
}

Comparison compare(const ReferenceResult &expected, std::vector<float> actual,
                   const ReferenceScaling &scaling = {}) {
  TestTensor<float> tensor(expected.shape, std::move(actual));
  Result<Comparison> result =
      compareWithReference(expected, tensor.view(), scaling);
  EXPECT_TRUE(result);
  return *result;
}

TEST(Compare, EqualValues) {
  Comparison result = compare(reference({1, -2, 3}, {1, 2, 3}, 4), {1, -2, 3});
  EXPECT_TRUE(result.ok);
  EXPECT_FALSE(result.alarm);
  EXPECT_EQ(result.maxError, 0);
  EXPECT_EQ(result.worstRatio, 0);
  EXPECT_EQ(result.firstBadIndex, Comparison::None);
}

TEST(Compare, BoundGrowsWithRoundingsAndMagnitude) {
  // gamma_4 and a rounding of the reference: 5 u, and a little.
  float inside = float(1 + 40 * Unit);
  float outside = float(1 + 42 * Unit);
  ReferenceResult expected = reference({1, 1}, {8, 8}, 4);
  Comparison result = compare(expected, {inside, 1});
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.maxError, 40 * Unit);
  EXPECT_NEAR(result.bound, 40 * Unit, 0.2 * Unit);
  EXPECT_NEAR(result.worstRatio, 1, 0.01);

  result = compare(expected, {inside, outside});
  EXPECT_FALSE(result.ok);
  EXPECT_EQ(result.firstBadIndex, 1u);
  EXPECT_EQ(result.maxError, 42 * Unit);
  EXPECT_FALSE(compare(reference({1}, {4}, 4), {inside}).ok);
  EXPECT_FALSE(compare(reference({1}, {8}, 3), {inside}).ok);
}

TEST(Compare, AlarmsAboveRandomRounding) {
  // N = 1000: the bound is 1000 u, the alarm 8 * sqrt(1000) u = 253 u.
  ReferenceResult expected = reference({1}, {1}, 1000);
  EXPECT_FALSE(compare(expected, {float(1 + 252 * Unit)}).alarm);
  Comparison result = compare(expected, {float(1 + 256 * Unit)});
  EXPECT_TRUE(result.ok);
  EXPECT_TRUE(result.alarm);
  EXPECT_FALSE(compare(expected, {float(1 + 1006 * Unit)}).ok);
}

TEST(Compare, F64IsHeldToItsOwnRoundoff) {
  ReferenceResult expected = reference({1}, {1}, 4);
  expected.type = ElementType::F64;
  double unit = std::ldexp(1.0, -53);
  TestTensor<double> good({1}, {1 + 4 * unit});
  TestTensor<double> bad({1}, {1 + 6 * unit});
  EXPECT_TRUE(compareWithReference(expected, good.view())->ok);
  EXPECT_FALSE(compareWithReference(expected, bad.view())->ok);
}

struct SpecialRow {
  double expected;
  double magnitude;
  double actual;
  bool ok;
};

TEST(Compare, SpecialValues) {
  const SpecialRow rows[] = {
      {NaN, Infinity, NaN, true},
      {NaN, Infinity, 1, false},
      {NaN, Infinity, Infinity, false},
      {Infinity, Infinity, Infinity, true},
      {Infinity, Infinity, -Infinity, false},
      {Infinity, Infinity, NaN, false},
      {-Infinity, Infinity, -Infinity, true},
      {-Infinity, Infinity, 3e38, false},
      {2, 2, NaN, false},
      {2, 2, Infinity, false},
      {0, 0, NaN, false},
      // Sums that leave the range of f32.
      {1e39, 1e39, Infinity, true},
      {1, 1e39, NaN, true},
      {1, 1e38, NaN, false},
      // Nothing but zeros is exact up to underflow.
      {0, 0, 0, true},
      {0, 0, -0.0, true},
      {0, 0, 1e-30, false},
      {1e-46, 1e-46, 0, true},
  };
  for (const SpecialRow &row : rows) {
    Comparison result = compare(reference({row.expected}, {row.magnitude}, 2),
                                {float(row.actual)});
    EXPECT_EQ(result.ok, row.ok)
        << row.expected << " +- " << row.magnitude << " against " << row.actual;
    EXPECT_EQ(result.firstBadIndex, row.ok ? Comparison::None : 0u);
    if (!row.ok && !std::isfinite(row.actual)) {
      EXPECT_EQ(result.worstRatio, Infinity);
    }
  }
}

TEST(Compare, ScalesAndAdds) {
  TestTensor<float> previous({2}, {10, 20});
  ReferenceScaling scaling{2, -3, previous.view()};
  ReferenceResult expected = reference({1, 2}, {1, 2}, 2);
  EXPECT_TRUE(compare(expected, {-28, -56}, scaling).ok);
  EXPECT_FALSE(compare(expected, {-28, -55}, scaling).ok);
  EXPECT_FALSE(compare(expected, {1, 2}, scaling).ok);
  // beta = 0 reads nothing.
  previous.elements = {float(NaN), float(NaN)};
  scaling.beta = 0;
  EXPECT_TRUE(compare(expected, {2, 4}, scaling).ok);
}

TEST(Compare, ReadsThroughStrides) {
  ReferenceResult expected =
      reference({1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 5, 6}, 1);
  expected.shape = {2, 3};
  TestTensor<float> transposed({2, 3}, {6, 3, 5, 2, 4, 1}, {-1, -2}, 5);
  Result<Comparison> result = compareWithReference(expected, transposed.view());
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->ok);
  transposed.elements[2] = 50;
  EXPECT_EQ(compareWithReference(expected, transposed.view())->firstBadIndex,
            4u);
}

TEST(Compare, RefusesOtherShapes) {
  ReferenceResult expected = reference({1, 2}, {1, 2}, 1);
  TestTensor<float> actual({3}, {1, 2, 3});
  Result<Comparison> result = compareWithReference(expected, actual.view());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(result.error().message,
            "the reference has shape (2), which is not that of the result, or "
            "no magnitudes");
}

TEST(Compare, CountsWhatHasNoBound) {
  Comparison result = compare(reference({1, 2}, {1, 2}, 4), {1, 2});
  EXPECT_EQ(result.numUnjudged, 0u);
  // 2^24 roundings in f32: nothing is out of bounds.
  result = compare(reference({1, 2, 3}, {1, 2, 3}, 1 << 24), {1, 0, 3});
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.numUnjudged, 3u);
  result = compare(reference({1, 1e39}, {1e39, 1e39}, 4), {float(NaN), 3});
  EXPECT_FALSE(result.ok);
  EXPECT_EQ(result.numUnjudged, 1u);
}

} // namespace
