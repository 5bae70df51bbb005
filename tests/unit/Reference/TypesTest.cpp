// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The reference in every type: what wraps, what is rounded, what is promoted.

#include "tests/unit/Reference/Letters.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::tests;

namespace {

using C64 = std::complex<float>;
using C128 = std::complex<double>;

ReferenceResult run(const std::string &text, std::vector<ReferenceTensor> views,
                    std::optional<ElementType> type = std::nullopt) {
  std::vector<Shape> shapes;
  for (const ReferenceTensor &view : views)
    shapes.emplace_back(view.shape.begin(), view.shape.end());
  ReferenceOptions options;
  options.resultType = type;
  Result<ReferenceResult> result =
      evaluateReference(letters(text, shapes), views, nullptr, options);
  EXPECT_TRUE(result) << result.error().message;
  return result ? *result : ReferenceResult();
}

template <typename Element> class RealTypes : public testing::Test {};
using Reals = testing::Types<float, double, Half, BFloat16>;
TYPED_TEST_SUITE(RealTypes, Reals);

/// A vector and a matrix with a fraction that every type holds.
TYPED_TEST(RealTypes, MultipliesAndAdds) {
  using T = TypeParam;
  TestTensor<T> a({2}, {T(3), T(-0.5f)});
  TestTensor<T> b({2, 2}, {T(7), T(-2), T(4), T(10)});
  ReferenceResult result = run("i,ij->j", {a.view(), b.view()});
  EXPECT_EQ(result.type, typeOf<T>());
  EXPECT_EQ(result.values, (std::vector<double>{19, -11}));
  EXPECT_EQ(result.magnitudes, (std::vector<double>{23, 11}));
  EXPECT_TRUE(result.integers.empty());
}

template <typename Element> class ComplexTypes : public testing::Test {};
using Complexes = testing::Types<C64, C128>;
TYPED_TEST_SUITE(ComplexTypes, Complexes);

TYPED_TEST(ComplexTypes, MultipliesAndAdds) {
  using T = TypeParam;
  TestTensor<T> a({2}, {T(1, 2), T(-3, 5)});
  TestTensor<T> b({2}, {T(4, -1), T(2, 7)});
  // (1 + 2i)(4 - i) = 6 + 7i; (-3 + 5i)(2 + 7i) = -41 - 11i
  ReferenceResult result = run("i,i->", {a.view(), b.view()});
  EXPECT_EQ(result.type, typeOf<T>());
  EXPECT_EQ(result.values, (std::vector<double>{-35, -4}));
  EXPECT_EQ(result.magnitudes, std::vector<double>{3 * 5 + 8 * 9});
  result = run("i,i->i", {a.view(), b.view()});
  EXPECT_EQ(result.values, (std::vector<double>{6, 7, -41, -11}));
}

TYPED_TEST(ComplexTypes, ReadsConjugates) {
  using T = TypeParam;
  TestTensor<T> a({2}, {T(1, 2), T(-3, 5)});
  TestTensor<T> b({2}, {T(4, -1), T(2, 7)});
  // (1 - 2i)(4 - i) = 2 - 9i; (-3 - 5i)(2 + 7i) = 29 - 31i
  EXPECT_EQ(run("i,i->i", {a.conjugated(), b.view()}).values,
            (std::vector<double>{2, -9, 29, -31}));
  EXPECT_EQ(run("i,i->i", {a.view(), b.conjugated()}).values,
            (std::vector<double>{2, 9, 29, 31}));
  EXPECT_EQ(run("i,i->i", {a.conjugated(), b.conjugated()}).values,
            (std::vector<double>{6, -7, -41, 11}));
  EXPECT_EQ(run("i->", {a.conjugated()}).values, (std::vector<double>{-2, -7}));
}

TEST(ReferenceTypes, RealNumbersAreTheirConjugates) {
  TestTensor<float> a({2}, {2, -3});
  EXPECT_EQ(run("i->i", {a.conjugated()}).values, (std::vector<double>{2, -3}));
}

template <typename Element> class IntegerTypes : public testing::Test {};
using Integers = testing::Types<int8_t, int16_t, int32_t, int64_t, uint8_t>;
TYPED_TEST_SUITE(IntegerTypes, Integers);

TYPED_TEST(IntegerTypes, MultipliesAndAdds) {
  using T = TypeParam;
  TestTensor<T> a({2}, {3, 5});
  TestTensor<T> b({2, 2}, {7, 2, 4, 10});
  ReferenceResult result = run("i,ij->j", {a.view(), b.view()});
  EXPECT_EQ(result.type, typeOf<T>());
  EXPECT_EQ(result.integers, (std::vector<int64_t>{41, 56}));
  EXPECT_TRUE(result.values.empty());
  EXPECT_TRUE(result.magnitudes.empty());
}

TYPED_TEST(IntegerTypes, Wraps) {
  using T = TypeParam;
  using Limits = std::numeric_limits<T>;
  // max * max is 1 modulo 2^bits, but in u8: 255 * 255 is 1, too.
  TestTensor<T> a({2}, {Limits::max(), Limits::min()});
  EXPECT_EQ(run("i,i->i", {a.view(), a.view()}).integers,
            (std::vector<int64_t>{1, 0}));
  TestTensor<T> b({2}, {Limits::max(), 3});
  EXPECT_EQ(run("i->", {b.view()}).integers,
            std::vector<int64_t>{int64_t(Limits::min()) + 2});
}

TEST(ReferenceTypes, BoolIsOrOfAnds) {
  TestTensor<uint8_t> a({2, 3}, {1, 1, 1, 0, 1, 0});
  TestTensor<uint8_t> b({3, 2}, {1, 0, 1, 0, 1, 1});
  ReferenceResult result = run("ij,jk->ik", {a.as(ElementType::Bool).view(),
                                             b.as(ElementType::Bool).view()});
  EXPECT_EQ(result.type, ElementType::Bool);
  // Two and three true products are as true as one.
  EXPECT_EQ(result.integers, (std::vector<int64_t>{1, 1, 1, 0}));
}

TEST(ReferenceTypes, SumsBytesInWiderIntegersWhenAsked) {
  TestTensor<int8_t> a({3}, {100, -128, 127});
  TestTensor<int8_t> b({3}, {127, 126, 125});
  EXPECT_EQ(run("i,i->", {a.view(), b.view()}, ElementType::I32).integers,
            std::vector<int64_t>{100 * 127 - 128 * 126 + 127 * 125});
  TestTensor<uint8_t> c({2}, {255, 200});
  EXPECT_EQ(run("i,i->i", {c.view(), c.view()}, ElementType::I32).integers,
            (std::vector<int64_t>{65025, 40000}));
  TestTensor<Half> d({2}, {Half(60000.f), Half(50000.f)});
  ReferenceResult result = run("i->", {d.view()}, ElementType::F32);
  EXPECT_EQ(result.values, std::vector<double>{60000 + 49984});
  EXPECT_EQ(result.storedRoundings, 0);
}

TEST(ReferenceTypes, PromotesMixedOperands) {
  TestTensor<uint8_t> u8({2}, {200, 255});
  TestTensor<int8_t> i8({2}, {-1, -128});
  TestTensor<float> f32({2}, {0.5f, 3});
  TestTensor<C64> c64({2}, {C64(1, 2), C64(0, -1)});
  TestTensor<double> f64({2}, {0.1, 7});
  TestTensor<Half> f16({2}, {Half(1.5f), Half(-2.f)});
  TestTensor<BFloat16> bf16({2}, {BFloat16(3.f), BFloat16(0.25f)});
  TestTensor<uint8_t> boolean =
      TestTensor<uint8_t>({2}, {1, 0}).as(ElementType::Bool);

  ReferenceResult result = run("i,i->i", {u8.view(), i8.view()});
  EXPECT_EQ(result.type, ElementType::I16);
  EXPECT_EQ(result.integers, (std::vector<int64_t>{-200, -32640}));
  result = run("i,i->i", {u8.view(), boolean.view()});
  EXPECT_EQ(result.type, ElementType::U8);
  EXPECT_EQ(result.integers, (std::vector<int64_t>{200, 0}));
  result = run("i,i->i", {f32.view(), i8.view()});
  EXPECT_EQ(result.type, ElementType::F32);
  EXPECT_EQ(result.values, (std::vector<double>{-0.5, -384}));
  result = run("i,i->i", {c64.view(), f32.view()});
  EXPECT_EQ(result.type, ElementType::C64);
  EXPECT_EQ(result.values, (std::vector<double>{0.5, 1, 0, -3}));
  result = run("i,i->i", {f64.view(), c64.view()});
  EXPECT_EQ(result.type, ElementType::C128);
  EXPECT_EQ(result.values, (std::vector<double>{0.1, 0.2, 0, -7}));
  result = run("i,i->i", {f16.view(), bf16.view()});
  EXPECT_EQ(result.type, ElementType::F32);
  EXPECT_EQ(result.values, (std::vector<double>{4.5, -0.5}));
  result = run("i,i->i", {u8.view(), f16.view()});
  EXPECT_EQ(result.type, ElementType::F16);
  EXPECT_EQ(result.values, (std::vector<double>{300, -510}));
}

TEST(ReferenceTypes, LongIntegersAreRoundedAmongFloats) {
  TestTensor<int64_t> a({2}, {(int64_t(1) << 53) + 1, 3});
  TestTensor<float> b({2}, {1, -1});
  ReferenceResult result = run("i,i->i", {a.view(), b.view()});
  EXPECT_EQ(result.type, ElementType::F64);
  EXPECT_EQ(result.values, (std::vector<double>{0x1p53, -3}));
  // But not among integers.
  EXPECT_EQ(run("i->i", {a.view()}).integers[0], (int64_t(1) << 53) + 1);
}

TEST(ReferenceTypes, SumsHalvesInAWiderType) {
  TestTensor<Half> a({3}, {Half(2048.f), Half(1.f), Half(-2048.f)});
  ReferenceResult result = run("i->", {a.view()});
  EXPECT_EQ(result.values, std::vector<double>{1});
  EXPECT_EQ(result.roundings, 3 + 2);
  EXPECT_EQ(result.storedRoundings, 1);
}

TEST(ReferenceTypes, CountsRoundings) {
  TestTensor<C64> a({3}, {C64(1, 2), C64(3, 4), C64(5, 6)});
  ReferenceResult result = run("i,i->", {a.view(), a.view()});
  EXPECT_EQ(result.roundings, 2 * 3 + 1 + 2 * 2);
  EXPECT_EQ(result.storedRoundings, 0);
  TestTensor<BFloat16> b({2}, {BFloat16(1.f), BFloat16(3.f)});
  EXPECT_EQ(run("i,i,i,i->", {b.view(), b.view(), b.view(), b.view()})
                .storedRoundings,
            3);
  EXPECT_EQ(run("i->ii", {b.view()}).storedRoundings, 2);
  // Nothing is summed, but beta times the output is rounded.
  TestTensor<BFloat16> empty({0, 2}, {BFloat16(1.f)});
  EXPECT_EQ(run("ij->j", {empty.view()}).storedRoundings, 1);
}

/// abc = (a * b) * c along a tree.
ReferenceResult multiplyThree(float a, float b, float c, ElementType type) {
  TestTensor<float> tensors[] = {
      {{1, 2}, {a, a}}, {{2}, {b, -b}}, {{2, 1}, {c, c}}};
  std::vector<Half> halves;
  std::vector<TestTensor<Half>> halfTensors;
  std::vector<ReferenceTensor> views;
  std::vector<Shape> shapes;
  for (const TestTensor<float> &tensor : tensors) {
    halfTensors.push_back(
        {tensor.shape, {Half(tensor.elements[0]), Half(tensor.elements[1])}});
    shapes.push_back(tensor.shape);
  }
  for (size_t i = 0; i < 3; ++i)
    views.push_back(type == ElementType::F16 ? halfTensors[i].view()
                                             : tensors[i].view());
  ContractionTree tree;
  tree.steps = {{0, 1}, {3, 2}};
  Result<ReferenceResult> result =
      evaluateReference(letters("ij,j,jk->ik", shapes), views, &tree);
  EXPECT_TRUE(result);
  return *result;
}

TEST(ReferenceTypes, PartialResultsMayLeaveTheRange) {
  // 300 * 300 is infinite in f16, but not in f32.
  ReferenceResult result = multiplyThree(300, 300, 0.125f, ElementType::F16);
  EXPECT_EQ(result.values, std::vector<double>{0});
  EXPECT_EQ(result.magnitudes[0], std::numeric_limits<double>::infinity());
  EXPECT_EQ(multiplyThree(300, 300, 0.125f, ElementType::F32).magnitudes[0],
            2 * 90000 * 0.125);
  EXPECT_EQ(multiplyThree(200, 200, 0.125f, ElementType::F16).magnitudes[0],
            2 * 40000 * 0.125);
}

TEST(ReferenceTypes, SmallPartialResultsCountAsTheSmallestNormal) {
  // 2^-10 * 2^-10 keeps only five bits in f16.
  EXPECT_EQ(
      multiplyThree(0x1p-10f, 0x1p-10f, 1024, ElementType::F16).magnitudes[0],
      2 * 0x1p-14 * 1024);
  EXPECT_EQ(
      multiplyThree(0x1p-10f, 0x1p-10f, 1024, ElementType::F32).magnitudes[0],
      2 * 0x1p-20 * 1024);
  EXPECT_EQ(multiplyThree(0, 1, 1024, ElementType::F16).magnitudes[0], 0);
}

TEST(ReferenceTypes, RefusesResultsOfOtherTypes) {
  struct Row {
    ElementType operand;
    ElementType result;
    const char *message;
  };
  const Row rows[] = {
      {ElementType::C64, ElementType::F64,
       "operand 0 of the reference is c64, which is not promoted to f64"},
      {ElementType::F32, ElementType::F16,
       "operand 0 of the reference is f32, which is not promoted to f16"},
      {ElementType::F32, ElementType::I32,
       "operand 0 of the reference is f32, which is not promoted to i32"},
      {ElementType::I8, ElementType::Bool,
       "operand 0 of the reference is i8, which is not promoted to bool"},
      {ElementType::I8, ElementType::U8,
       "operand 0 of the reference is i8, which is not promoted to u8"},
  };
  TestTensor<double> memory({1}, {0});
  for (const Row &row : rows) {
    TestTensor<double> operand = memory.as(row.operand);
    ReferenceTensor views[] = {operand.view()};
    ReferenceOptions options;
    options.resultType = row.result;
    Result<ReferenceResult> result =
        evaluateReference(letters("i->i", {{1}}), views, nullptr, options);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(result.error().message, row.message);
  }
}

TEST(ReferenceTypes, EmptySumsAreZero) {
  TestTensor<double> memory({0, 2}, {0});
  for (size_t i = 0; i < NumElementTypes; ++i) {
    TestTensor<double> operand = memory.as(ElementType(i));
    ReferenceResult result = run("ij->j", {operand.view()});
    EXPECT_EQ(result.type, ElementType(i));
    if (isFloating(result.type)) {
      EXPECT_EQ(result.values,
                std::vector<double>(isComplex(result.type) ? 4 : 2, 0));
      EXPECT_EQ(result.magnitudes, std::vector<double>(2, 0));
    } else {
      EXPECT_EQ(result.integers, std::vector<int64_t>(2, 0));
    }
  }
}

} // namespace
