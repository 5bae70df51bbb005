// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which C++ types are elements, which conversions compile, and reading views
/// of every type.

#include "einc/Tensor.h"
#include "tests/unit/API/Throws.h"

#include <gtest/gtest.h>

using namespace einc;
using einc::test::errorOf;

static_assert(elementTypeOf<float> == ElementType::F32);
static_assert(elementTypeOf<double> == ElementType::F64);
static_assert(elementTypeOf<std::complex<float>> == ElementType::C64);
static_assert(elementTypeOf<std::complex<double>> == ElementType::C128);
static_assert(elementTypeOf<int8_t> == ElementType::I8);
static_assert(elementTypeOf<int16_t> == ElementType::I16);
static_assert(elementTypeOf<int32_t> == ElementType::I32);
static_assert(elementTypeOf<int64_t> == ElementType::I64);
static_assert(elementTypeOf<long long> == ElementType::I64);
static_assert(sizeof(long) == 4 || elementTypeOf<long> == ElementType::I64);
static_assert(elementTypeOf<uint8_t> == ElementType::U8);
static_assert(elementTypeOf<bool> == ElementType::Bool);
static_assert(elementTypeOf<Half> == ElementType::F16);
static_assert(elementTypeOf<BFloat16> == ElementType::BF16);

template <typename... Types>
constexpr bool noneIsElement = !(Element<Types> || ...);
static_assert(noneIsElement<char, char8_t, wchar_t, uint16_t, uint32_t,
                            uint64_t, long double, std::complex<long double>,
                            std::complex<int>, const float, float &, float *,
                            void, Scalar, std::byte, ElementType>);

// A view of memory that is const, or a const tensor, is no output.
static_assert(!std::is_convertible_v<TensorView, MutableTensorView>);
static_assert(!std::is_convertible_v<const Tensor &, MutableTensorView>);
static_assert(
    !std::is_constructible_v<MutableTensorView, const float *, IndexList>);
static_assert(
    !std::is_constructible_v<MutableTensorView, const void *, TensorType>);
static_assert(std::is_convertible_v<Tensor &, MutableTensorView>);
static_assert(std::is_convertible_v<const Tensor &, TensorView>);

namespace {

template <typename T> class EveryElement : public testing::Test {};
using Elements =
    testing::Types<float, double, std::complex<float>, std::complex<double>,
                   int8_t, int16_t, int32_t, int64_t, long long, uint8_t, bool,
                   Half, BFloat16>;
TYPED_TEST_SUITE(EveryElement, Elements);

/// 0 or 1, 2 or 3, ..., and an imaginary part.
template <typename T> T number(int i) {
  if constexpr (std::same_as<T, bool>)
    return i % 3 == 1;
  else if constexpr (isComplex(elementTypeOf<T>))
    return T(static_cast<typename T::value_type>(i),
             static_cast<typename T::value_type>(7 - i));
  else
    return static_cast<T>(i);
}

TYPED_TEST(EveryElement, IsViewedAndCopied) {
  using T = TypeParam;
  T values[6];
  for (int i = 0; i < 6; ++i)
    values[i] = number<T>(i);
  TensorView view(static_cast<const T *>(values), {2, 3});
  EXPECT_EQ(view.element(), elementTypeOf<T>);
  EXPECT_EQ(sizeof(T), elementBytes(elementTypeOf<T>));
  EXPECT_EQ(alignof(T), elementAlignment(elementTypeOf<T>));
  Tensor copy(view.transposed());
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(view.template at<T>(i / 3, i % 3), number<T>(i));
    EXPECT_EQ(view.readScalar({i / 3, i % 3}), Scalar(number<T>(i)));
    EXPECT_EQ(copy.at<T>(i % 3, i / 3), number<T>(i));
  }
  EXPECT_EQ(copy.values<T>()[1], number<T>(3));
  copy.at<T>(0, 0) = number<T>(4);
  EXPECT_EQ(copy.at<T>(0, 0), number<T>(4));
  MutableTensorView backwards(values + 5, {6}, {-1});
  EXPECT_EQ(backwards.template at<T>(1), number<T>(4));
  if constexpr (isComplex(elementTypeOf<T>))
    EXPECT_EQ(errorOf([&] { view(1, 0); }),
              std::string("invalid-argument: the elements are ") +
                  elementName(elementTypeOf<T>) + ", which are no double");
  else
    EXPECT_EQ(view(1, 1), static_cast<double>(number<T>(4)));
  EXPECT_EQ(errorOf([&] { view.template at<T>(2, 0); }),
            "invalid-argument: index (2, 0) is outside of shape (2, 3)");
  Tensor zeros = Tensor::zeros({3}, elementTypeOf<T>);
  for (T value : zeros.values<T>())
    EXPECT_EQ(value, T());
}

TEST(Element, TypesAreCheckedOnAccess) {
  int32_t value = 5;
  TensorView view(&value, {});
  EXPECT_EQ(errorOf([&] { view.at<float>(); }),
            "invalid-argument: the elements are i32, not f32");
  EXPECT_EQ(errorOf([] { TensorType(ElementType(12), {3}); }),
            "invalid-argument: element type 12 does not exist");
  EXPECT_EQ(errorOf([] { Tensor::zeros({3}, ElementType(-1)); }),
            "invalid-argument: element type 18446744073709551615 does not "
            "exist");
}

TEST(Element, BoolsAreBytesThatMayBeAnything) {
  const uint8_t bytes[] = {0, 1, 2, 255};
  TensorView view(bytes, TensorType(ElementType::Bool, {4}));
  for (int64_t i = 0; i < 4; ++i)
    EXPECT_EQ(view.at<bool>(i), i > 0);
  Tensor turned(view.permuted({0}), ElementType::I8);
  EXPECT_EQ(turned.at<int8_t>(3), 1);
}

TEST(Element, ConjugatedViews) {
  using C = std::complex<double>;
  Tensor a = {{C(1, 2), C(3, 4)}, {C(5, 6), C(7, -8)}};
  TensorView view = a.view();
  TensorView conjugated = view.conjugated();
  EXPECT_TRUE(conjugated.type().isConjugated());
  EXPECT_EQ(conjugated.data(), a.data());
  EXPECT_EQ(conjugated.at<C>(0, 1), C(3, -4));
  EXPECT_EQ(conjugated.readScalar({1, 1}), Scalar(C(7, 8)));
  EXPECT_NE(conjugated.type(), view.type());
  EXPECT_EQ(conjugated.conjugated().type(), view.type());

  TensorView adjoint = conjugated.transposed();
  EXPECT_TRUE(adjoint.type().isConjugated());
  EXPECT_EQ(adjoint.at<C>(0, 1), C(5, -6));
  Tensor copy(conjugated); // row-major, and yet not copied as it is
  EXPECT_FALSE(copy.type().isConjugated());
  EXPECT_EQ(copy.at<C>(1, 0), C(5, -6));
  EXPECT_EQ(Tensor(adjoint, ElementType::C64).at<std::complex<float>>(1, 0),
            (std::complex<float>(3, -4)));
  TensorType moved = std::move(adjoint).type();
  EXPECT_TRUE(moved.isConjugated());

  Tensor real = {1, 2};
  EXPECT_FALSE(real.view().conjugated().type().isConjugated());
}

} // namespace
