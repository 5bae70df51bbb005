// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Tensor.h"
#include "tests/unit/API/Throws.h"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>

using namespace einc;
using einc::test::errorOf;

// Sanitizers end the program where an allocation fails, unless told otherwise.
#define EINC_ALLOCATIONS_MAY_FAIL(sanitizer)                                   \
  extern "C" __attribute__((visibility("default"))) const char *               \
  __##sanitizer##_default_options() {                                          \
    return "allocator_may_return_null=1";                                      \
  }
EINC_ALLOCATIONS_MAY_FAIL(asan)
EINC_ALLOCATIONS_MAY_FAIL(tsan)

static std::vector<double> doubles(const Tensor &tensor) {
  auto values = tensor.values<double>();
  return {values.begin(), values.end()};
}

TEST(Tensor, FromNumbers) {
  Tensor vector = {1, 2.5, 3};
  EXPECT_EQ(vector.shape(), IndexList{3});
  EXPECT_EQ(vector.element(), ElementType::F64);
  EXPECT_EQ(doubles(vector), (std::vector<double>{1, 2.5, 3}));

  Tensor matrix = {{1, 2, 3}, {4, 5, 6}};
  EXPECT_EQ(matrix.shape(), (IndexList{2, 3}));
  EXPECT_EQ(doubles(matrix), (std::vector<double>{1, 2, 3, 4, 5, 6}));

  Tensor floats({{1, 2}, {3, 4}}, ElementType::F32);
  EXPECT_EQ(floats.element(), ElementType::F32);
  EXPECT_EQ(floats.at<float>(1, 0), 3);
}

TEST(Tensor, BracesMeanWhatTheyLookLike) {
  EXPECT_EQ((Tensor{{1}, {2}}).shape(), (IndexList{2, 1}));
  EXPECT_EQ((Tensor{{1, 2}}).shape(), (IndexList{1, 2}));
  EXPECT_EQ((Tensor{{7}}).shape(), (IndexList{1, 1}));
  EXPECT_EQ(Tensor{7}.shape(), IndexList{1});
  EXPECT_EQ(Tensor({1, 2, 3}).shape(), IndexList{3});
  EXPECT_EQ(Tensor({{1, 2}, {3, 4}}).shape(), (IndexList{2, 2}));
  EXPECT_EQ(Tensor().shape(), IndexList{0});
  EXPECT_EQ((Tensor{{}, {}}).shape(), (IndexList{2, 0}));
  EXPECT_EQ((Tensor{{1.5, 2}}).shape(), (IndexList{1, 2}));
  EXPECT_EQ(Tensor({0, 1}, ElementType::F32).shape(), IndexList{2});
  Tensor a = {{1}, {2}};
  EXPECT_EQ(Tensor{a}.shape(), (IndexList{2, 1}));
  EXPECT_EQ(Tensor({a.data(), a.type()}).shape(), (IndexList{2, 1}));
}

TEST(Tensor, BracesTakeNumbersOfAllKinds) {
  using C = std::complex<double>;
  using CF = std::complex<float>;
  Tensor complex = {C(1, 2), 3, 4.5};
  EXPECT_EQ(complex.element(), ElementType::C128);
  EXPECT_EQ(complex.at<C>(0), C(1, 2));
  EXPECT_EQ(complex.at<C>(2), C(4.5, 0));
  Tensor rows = {{C(1, 2), 3}, {4, C(5, -6)}};
  EXPECT_EQ(rows.shape(), (IndexList{2, 2}));
  EXPECT_EQ(rows.at<C>(1, 1), C(5, -6));
  EXPECT_EQ((Tensor{{C(1, 2)}, {C(3, 4)}}).shape(), (IndexList{2, 1}));
  EXPECT_EQ((Tensor{{CF(1, 2)}, {CF(3, 4)}}).shape(), (IndexList{2, 1}));
  EXPECT_EQ((Tensor{CF(1, 2), CF(3, 4)}).shape(), IndexList{2});
  Tensor single({{CF(1, 2), CF(3, 4)}}, ElementType::C64);
  EXPECT_EQ(single.at<CF>(0, 1), CF(3, 4));

  int64_t large = INT64_MAX - 2;
  EXPECT_EQ(Tensor({large, 1}, ElementType::I64).at<int64_t>(0), large);
  EXPECT_EQ(Tensor({{large}, {1}}, ElementType::I64).at<long long>(0, 0),
            large);
  EXPECT_EQ(Tensor({{large}, {1}}, ElementType::I64).shape(),
            (IndexList{2, 1}));
  Tensor truths({{true, false}}, ElementType::Bool);
  EXPECT_TRUE(truths.at<bool>(0, 0));
  EXPECT_FALSE(truths.at<bool>(0, 1));
  EXPECT_EQ((Tensor{{true, false}}).element(), ElementType::F64);
  EXPECT_EQ(Tensor({Half(0.5f), BFloat16(2.f)}, ElementType::F32).at<float>(1),
            2);
  EXPECT_EQ(Tensor::fromValues({}, {C(1, 2)}).element(), ElementType::C128);
  EXPECT_EQ(Tensor::fromValues({1}, {large}, ElementType::I64).at<int64_t>(0),
            large);

  EXPECT_EQ(errorOf([] { Tensor({C(1, 2), 3}, ElementType::F32); }),
            "invalid-argument: (1+2j) is complex, but the elements are f32");
}

TEST(Tensor, RefusesRaggedRows) {
  EXPECT_EQ(errorOf([] { Tensor{{1, 2}, {3, 4}, {5}}; }),
            "invalid-argument: row 2 has 1 numbers but row 0 has 2");
}

TEST(Tensor, FromValuesWithShape) {
  Tensor a = Tensor::fromValues({2, 1, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(a(1, 0, 1), 5);
  EXPECT_EQ(Tensor::fromValues({}, {9})(), 9);
  EXPECT_EQ(Tensor::fromValues({0, 2}, {}).size(), 0);
  EXPECT_EQ(errorOf([] { Tensor::fromValues({2, 3}, {1, 2}); }),
            "invalid-argument: shape (2, 3) has 6 elements but 2 are given");
}

TEST(Tensor, CopiesFromMemory) {
  const float values[] = {1, 2, 3, 4, 5, 6};
  Tensor dense(values, {2, 3});
  EXPECT_EQ(dense.element(), ElementType::F32);
  EXPECT_EQ(dense(1, 0), 4);
  EXPECT_NE(dense.data(), values);
  Tensor strided(values, {3, 2}, {1, 3});
  EXPECT_EQ(strided(2, 1), 6);
  EXPECT_EQ(strided(2, 0), 3);
  EXPECT_TRUE(strided.type().isRowMajor());
  Tensor backwards(values + 5, {2, 3}, {-3, -1});
  EXPECT_EQ(backwards(0, 1), 5);
  Tensor cube(TensorView(values, {3, 1, 2}, {2, 0, 1}).transposed());
  EXPECT_EQ(cube.shape(), (IndexList{2, 1, 3}));
  EXPECT_EQ(cube(1, 0, 2), 6);
  EXPECT_EQ(Tensor(TensorView(values, {3, 0, 2})).size(), 0);
}

TEST(Tensor, Converts) {
  Tensor a = {{1.0625, 2}, {0.1, 4}};
  Tensor floats(a.view().transposed(), ElementType::F32);
  EXPECT_EQ(floats.at<float>(1, 0), 2);
  EXPECT_EQ(floats.at<float>(0, 1), 0.1f);
  Tensor back(floats, ElementType::F64);
  EXPECT_EQ(back(0, 0), 1.0625);
  EXPECT_EQ(back(0, 1), static_cast<double>(0.1f));
}

namespace {
/// A value and what it is as each other type, by numpy's astype.
struct Conversion {
  ElementType from;
  Scalar value;
  ElementType to;
  Scalar result;
};
} // namespace

TEST(Tensor, ConvertsAsNumpyDoes) {
  using enum ElementType;
  using C = std::complex<double>;
  double nan = std::nan("");
  const Conversion rows[] = {
      {F64, 2.75, I8, 2},
      {F64, -2.75, I32, -2},
      {F64, 300, I8, 44},
      {F64, -1, U8, 255},
      {F64, 1e300, I64, INT64_MIN},
      {F64, nan, I64, INT64_MIN},
      {F64, nan, Bool, 1},
      {F64, -0.0, Bool, 0},
      {F64, 0.1, F16, 0.0999755859375},
      {F64, 0.1, BF16, 0.10009765625},
      {F64, 65520, F16, HUGE_VAL},
      // Halfway for a half and a little more: not by way of a float.
      {F64, 1 + 0x1p-11 + 0x1p-40, F16, 1 + 0x1p-10},
      {F64, 1 + 0x1p-8 + 0x1p-40, BF16, 1 + 0x1p-7},
      {F64, 1.5, C64, C(1.5, 0)},
      {F32, 16777216, I32, 16777216},
      {I64, INT64_MAX, F64, 0x1p63},
      {I64, (int64_t(1) << 53) + 1, F32, 0x1p53},
      {I64, (int64_t(1) << 40) + 7, I8, 7},
      {I64, INT64_MIN, I64, INT64_MIN},
      {I32, -1, U8, 255},
      {U8, 200, I8, -56},
      {U8, 200, I16, 200},
      {I16, 256, Bool, 1},
      {Bool, 1, I64, 1},
      {Bool, 1, C128, C(1, 0)},
      {F16, 0.5, BF16, 0.5},
      {C64, C(1.5, -2), C128, C(1.5, -2)},
      {C128, C(0.1, 1e300), C64, C(0.1f, HUGE_VAL)},
  };
  for (const Conversion &row : rows) {
    Tensor from = Tensor::fromValues({}, {row.value}, row.from);
    Tensor to(from, row.to);
    EXPECT_EQ(to.element(), row.to);
    EXPECT_EQ(to.view().readScalar({}), row.result)
        << elementName(row.from) << " " << row.value << " to "
        << elementName(row.to);
  }
  for (ElementType to : {F32, I32, Bool, F16})
    EXPECT_EQ(errorOf([&] { Tensor(Tensor{C(1, 2)}, to); }),
              std::string("invalid-argument: elements of type c128 cannot "
                          "become ") +
                  elementName(to) + ": their imaginary parts would be lost");
}

TEST(Tensor, ConvertsLongStridedLines) {
  Tensor numbers = Tensor::zeros({3, 200}, ElementType::I16);
  int16_t next = -300;
  for (int16_t &value : numbers.values<int16_t>())
    value = next++;
  Tensor turned(numbers.view().transposed(), ElementType::C64);
  for (int64_t i = 0; i < 3; ++i)
    for (int64_t j = 0; j < 200; ++j)
      ASSERT_EQ(turned.at<std::complex<float>>(j, i),
                std::complex<float>(float(-300 + i * 200 + j), 0));
}

TEST(Tensor, Zeros) {
  Tensor z = Tensor::zeros({3, 5}, ElementType::F32);
  for (float value : z.values<float>())
    EXPECT_EQ(value, 0);
  EXPECT_EQ(z.size(), 15);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(z.data()) % 64, 0u);
}

TEST(Tensor, CopyAndMove) {
  Tensor a = {{1, 2}, {3, 4}};
  Tensor copy = a;
  copy.at<double>(0, 0) = 9;
  EXPECT_EQ(a(0, 0), 1);
  const void *data = copy.data();
  Tensor moved = std::move(copy);
  EXPECT_EQ(moved.data(), data);
  EXPECT_EQ(copy.size(), 0);
  EXPECT_EQ(copy.shape(), IndexList{0});
  a = moved;
  EXPECT_EQ(a(0, 0), 9);
  Tensor &self = a;
  a = self;
  EXPECT_EQ(a(1, 1), 4);
  a = Tensor{5, 6, 7};
  EXPECT_EQ(a.shape(), IndexList{3});
}

TEST(Tensor, AccessIsChecked) {
  Tensor a = {{1, 2, 3}, {4, 5, 6}};
  EXPECT_EQ(errorOf([&] { a.at<double>(2, 0); }),
            "invalid-argument: index (2, 0) is outside of shape (2, 3)");
  EXPECT_EQ(errorOf([&] { a.at<double>(1); }),
            "invalid-argument: index (1) is outside of shape (2, 3)");
  EXPECT_EQ(errorOf([&] { a.at<float>(0, 0); }),
            "invalid-argument: the elements are f64, not f32");
  EXPECT_EQ(errorOf([&] { a.values<float>(); }),
            "invalid-argument: the elements are f64, not f32");
}

TEST(Tensor, ReportsSizesThatNoMemoryHolds) {
  int64_t large = int64_t(1) << 61;
  EXPECT_EQ(errorOf([=] { Tensor::uninitialized({large}, ElementType::F64); }),
            "out-of-memory: a tensor of shape (2305843009213693952) does not "
            "fit in memory");
  EXPECT_EQ(
      errorOf([=] { Tensor::uninitialized({large / 4}, ElementType::F64); }),
      "out-of-memory: no memory for a tensor of shape (576460752303423488), "
      "4611686018427387904 bytes");
}
