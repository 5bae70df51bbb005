// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Results of every type beside their reference: what passes and what does not.

#include "tests/unit/Reference/Letters.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace einc;
using namespace einc::tests;

namespace {

using C64 = std::complex<float>;
using C128 = std::complex<double>;

/// Compares a vector; `reference` needs no shape.
template <typename Element>
Comparison compare(ReferenceResult reference, std::vector<Element> actual,
                   const ReferenceScaling &scaling = {}) {
  reference.shape = {int64_t(actual.size())};
  TestTensor<Element> tensor(reference.shape, std::move(actual));
  Result<Comparison> result = compareWithReference(
      reference, tensor.as(reference.type).view(), scaling);
  EXPECT_TRUE(result) << result.error().message;
  return result ? *result : Comparison();
}

ReferenceResult floats(ElementType type, std::vector<double> values,
                       std::vector<double> magnitudes, double roundings = 2) {
  ReferenceResult result;
  result.type = type;
  result.values = std::move(values);
  result.magnitudes = std::move(magnitudes);
  result.roundings = roundings;
  result.storedRoundings = isHalf(type) ? 1 : 0;
  return result;
}

ReferenceResult integers(ElementType type, std::vector<int64_t> values) {
  ReferenceResult result;
  result.type = type;
  result.integers = std::move(values);
  return result;
}

TEST(CompareTypes, HalvesAreRoundedOnce) {
  // Halfway between two numbers: half a unit in the last place is allowed, and
  // the roundings of the sum in f32 besides, but no more.
  ReferenceResult f16 = floats(ElementType::F16, {1 + 0x1p-11}, {1}, 100);
  EXPECT_TRUE(compare<Half>(f16, {Half(1.f)}).ok);
  EXPECT_TRUE(compare<Half>(f16, {Half(1 + 0x1p-10f)}).ok);
  EXPECT_FALSE(compare<Half>(f16, {Half(1 - 0x1p-11f)}).ok);
  EXPECT_FALSE(compare<Half>(f16, {Half(1 + 0x1p-9f)}).ok);
  ReferenceResult bf16 = floats(ElementType::BF16, {1 + 0x1p-8}, {1}, 100);
  EXPECT_TRUE(compare<BFloat16>(bf16, {BFloat16(1.f)}).ok);
  EXPECT_TRUE(compare<BFloat16>(bf16, {BFloat16(1 + 0x1p-7f)}).ok);
  EXPECT_FALSE(compare<BFloat16>(bf16, {BFloat16(1 - 0x1p-8f)}).ok);
  EXPECT_FALSE(compare<BFloat16>(bf16, {BFloat16(1 + 0x1p-6f)}).ok);
  // Three steps round three times.
  f16.storedRoundings = 3;
  EXPECT_TRUE(compare<Half>(f16, {Half(1 - 0x1p-11f)}).ok);
  EXPECT_FALSE(compare<Half>(f16, {Half(1 - 0x1p-9f)}).ok);
}

TEST(CompareTypes, HalvesOverflowAndUnderflow) {
  ReferenceResult large = floats(ElementType::F16, {70000}, {70000});
  Comparison result = compare<Half>(large, {Half(70000.f)});
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.numUnjudged, 1u);
  EXPECT_FALSE(
      compare<Half>(floats(ElementType::F16, {60000}, {60000}), {Half(70000.f)})
          .ok);
  EXPECT_FALSE(compare<BFloat16>(floats(ElementType::BF16, {70000}, {70000}),
                                 {BFloat16(INFINITY)})
                   .ok);
  // Half of the smallest number.
  ReferenceResult small = floats(ElementType::F16, {0x1p-25}, {0x1p-25});
  EXPECT_TRUE(compare<Half>(small, {Half(0.f)}).ok);
  EXPECT_TRUE(compare<Half>(small, {Half(0x1p-24f)}).ok);
  EXPECT_FALSE(compare<Half>(small, {Half(0x1p-23f)}).ok);
}

TEST(CompareTypes, ComplexPartsAreJudgedOneByOne) {
  ReferenceResult reference = floats(ElementType::C64, {3, 4, 5, 6}, {7, 11});
  EXPECT_TRUE(compare<C64>(reference, {C64(3, 4), C64(5, 6)}).ok);
  for (C64 wrong : {C64(5, 6.0001f), C64(5.0001f, 6), C64(6, 5), C64(5, -6)}) {
    Comparison result = compare<C64>(reference, {C64(3, 4), wrong});
    EXPECT_FALSE(result.ok) << wrong;
    EXPECT_EQ(result.firstBadIndex, 1u);
  }
  // The bound of a part comes from both: 3 roundings of 7, in f32's units.
  float unit = 0x1p-24f;
  EXPECT_TRUE(compare<C64>(reference, {C64(3 + 20 * unit, 4), C64(5, 6)}).ok);
  EXPECT_FALSE(compare<C64>(reference, {C64(3 + 24 * unit, 4), C64(5, 6)}).ok);
  reference.type = ElementType::C128;
  EXPECT_FALSE(
      compare<C128>(reference, {C128(3 + 20 * unit, 4), C128(5, 6)}).ok);
  EXPECT_TRUE(
      compare<C128>(reference, {C128(3 + 20 * 0x1p-53, 4), C128(5, 6)}).ok);
}

TEST(CompareTypes, CountsUnjudgedElementsOnce) {
  double infinity = std::numeric_limits<double>::infinity();
  ReferenceResult reference =
      floats(ElementType::C64, {1, 2, 3, 4}, {infinity, 7});
  Comparison result = compare<C64>(reference, {C64(9, 9), C64(3, 4)});
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.numUnjudged, 1u);
}

template <typename Element> class ExactTypes : public testing::Test {};
using Integers = testing::Types<int8_t, int16_t, int32_t, int64_t, uint8_t>;
TYPED_TEST_SUITE(ExactTypes, Integers);

TYPED_TEST(ExactTypes, IntegersAreEqual) {
  using T = TypeParam;
  ElementType type = typeOf<T>();
  T last = std::numeric_limits<T>::max();
  ReferenceResult reference = integers(type, {5, 0, last});
  Comparison result = compare<T>(reference, {5, 0, last});
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.maxError, 0);
  result = compare<T>(reference, {5, 0, T(last - 1)});
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.alarm);
  EXPECT_EQ(result.firstBadIndex, 2u);
  EXPECT_EQ(result.bound, 0);
  EXPECT_EQ(result.worstRatio, std::numeric_limits<double>::infinity());
}

TYPED_TEST(ExactTypes, ScaledIntegersWrap) {
  using T = TypeParam;
  T low = std::numeric_limits<T>::min();
  T high = std::numeric_limits<T>::max();
  TestTensor<T> previous({2}, {high, 1});
  ReferenceScaling scaling{3, -2, previous.view()};
  std::vector<T> expected = {T(uint64_t(high) * 3 - uint64_t(high) * 2),
                             T(uint64_t(int64_t(low)) * 3 - 2)};
  EXPECT_TRUE(
      compare<T>(integers(typeOf<T>(), {high, low}), expected, scaling).ok);
  ++expected[1];
  EXPECT_FALSE(
      compare<T>(integers(typeOf<T>(), {high, low}), expected, scaling).ok);
}

TEST(CompareTypes, LongIntegersAreComparedInFull) {
  // One apart, and equal as doubles.
  int64_t last = std::numeric_limits<int64_t>::max();
  EXPECT_FALSE(
      compare<int64_t>(integers(ElementType::I64, {last}), {last - 1}).ok);
  ReferenceScaling scaling{last, 0, {}};
  EXPECT_TRUE(
      compare<int64_t>(integers(ElementType::I64, {1}), {last}, scaling).ok);
  EXPECT_FALSE(
      compare<int64_t>(integers(ElementType::I64, {1}), {last - 1}, scaling)
          .ok);
}

TEST(CompareTypes, BoolIsScaledByAndAndOr) {
  TestTensor<uint8_t> previous =
      TestTensor<uint8_t>({4}, {1, 0, 1, 0}).as(ElementType::Bool);
  ReferenceResult reference = integers(ElementType::Bool, {1, 1, 0, 0});
  using Bytes = std::vector<uint8_t>;
  EXPECT_TRUE(compare<uint8_t>(reference, {1, 1, 0, 0}).ok);
  EXPECT_FALSE(compare<uint8_t>(reference, {1, 0, 0, 0}).ok);
  // A byte of 2 is no bool.
  EXPECT_FALSE(compare<uint8_t>(reference, {2, 1, 0, 0}).ok);
  auto holds = [&](int alpha, int beta, Bytes bytes) {
    ReferenceScaling scaling{alpha, beta, previous.view()};
    return compare<uint8_t>(reference, std::move(bytes), scaling).ok;
  };
  EXPECT_TRUE(holds(1, 1, {1, 1, 1, 0}));
  EXPECT_FALSE(holds(1, 1, {0, 1, 1, 0}));
  EXPECT_TRUE(holds(0, 1, {1, 0, 1, 0}));
  EXPECT_TRUE(holds(0, 0, {0, 0, 0, 0}));
  EXPECT_TRUE(holds(2, 0, {1, 1, 0, 0}));
}

TEST(CompareTypes, ComplexScaling) {
  TestTensor<C64> previous({1}, {C64(10, -20)});
  ReferenceScaling scaling{std::complex<double>(2, 1),
                           std::complex<double>(0, -3), previous.view()};
  // (2 + i)(3 + 4i) - 3i (10 - 20i) = 2 + 11i - 60 - 30i
  ReferenceResult reference = floats(ElementType::C64, {3, 4}, {7});
  EXPECT_TRUE(compare<C64>(reference, {C64(-58, -19)}, scaling).ok);
  EXPECT_FALSE(compare<C64>(reference, {C64(-58, -18.99f)}, scaling).ok);
  EXPECT_FALSE(compare<C64>(reference, {C64(62, 41)}, scaling).ok);
}

TEST(CompareTypes, HalvesAreScaledBeforeTheyAreRounded) {
  TestTensor<Half> previous({1}, {Half(1.f)});
  ReferenceScaling scaling{0.5, 2, previous.view()};
  ReferenceResult reference = floats(ElementType::F16, {0x1p-11}, {0x1p-11});
  EXPECT_TRUE(compare<Half>(reference, {Half(2.f)}, scaling).ok);
  EXPECT_FALSE(compare<Half>(reference, {Half(2 + 0x1p-8f)}, scaling).ok);
}

TEST(CompareTypes, RefusesOtherTypes) {
  TestTensor<int8_t> actual({1}, {3});
  ReferenceResult reference = integers(ElementType::I16, {3});
  reference.shape = {1};
  Result<Comparison> result = compareWithReference(reference, actual.view());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message,
            "the reference is i16 but the result is i8");
  reference.type = ElementType::I8;
  TestTensor<int16_t> previous({1}, {3});
  for (const ReferenceTensor &wrong : {previous.view(), ReferenceTensor(),
                                       TestTensor<int8_t>({}, {3}).view()}) {
    ReferenceScaling scaling{1, 1, wrong};
    result = compareWithReference(reference, actual.view(), scaling);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(result.error().message,
              "the output before the call has not the result's type and shape");
  }
}

} // namespace
