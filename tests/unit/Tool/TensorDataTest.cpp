// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random operands: distinct, in range, equal for equal seeds.

#include "tools/einc/TensorData.h"
#include "einc/TensorView.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace einc;

namespace {

TensorData allocate(ElementType type, Shape shape) {
  Result<TensorData> tensor =
      TensorData::allocate(TensorLayout::rowMajor(type, std::move(shape)));
  EXPECT_TRUE(tensor);
  return *std::move(tensor);
}

template <typename T> std::vector<T> elements(const TensorData &tensor) {
  const T *begin = static_cast<const T *>(tensor.elements.get());
  return {begin, begin + tensor.bytes / sizeof(T)};
}

template <typename T> void expectDistinct(ElementType type, uint64_t seed) {
  RandomFill random(seed);
  std::vector<T> all;
  for (Shape shape : {Shape{300, 7}, Shape{}, Shape{0, 3}, Shape{50000}}) {
    TensorData tensor = allocate(type, shape);
    random.fill(tensor);
    std::vector<T> some = elements<T>(tensor);
    all.insert(all.end(), some.begin(), some.end());
  }
  EXPECT_EQ(all.size(), 52101u);
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
  EXPECT_GE(all.front(), T(-1));
  EXPECT_LT(all.back(), T(1));
  // Spread over the whole range, not crowded in a corner of it.
  EXPECT_LT(all[all.size() / 10], T(-0.7));
  EXPECT_GT(all[all.size() / 10 * 9], T(0.7));
}

TEST(RandomFillTest, ElementsAreDistinctOverAllOperands) {
  for (uint64_t seed : {uint64_t(0), uint64_t(1), UINT64_MAX}) {
    expectDistinct<float>(ElementType::F32, seed);
    expectDistinct<double>(ElementType::F64, seed);
  }
}

/// Ten thousand numbers of a type.
std::vector<Scalar> numbers(ElementType type) {
  TensorData tensor = allocate(type, {100, 100});
  RandomFill(3).fill(tensor);
  TensorView view(tensor.elements.get(), TensorType(type, {10000}));
  std::vector<Scalar> result;
  for (int64_t i = 0; i < 10000; ++i)
    result.push_back(view.readScalar({i}));
  return result;
}

TEST(RandomFillTest, EveryTypeHasNumbersOfItsOwn) {
  using enum ElementType;
  struct {
    ElementType type;
    double lowest, highest;
  } rows[] = {
      {C64, -1, 1 - 0x1p-23},
      {C128, -1, 1 - 0x1p-52},
      {F16, -1, 1 - 0x1p-10},
      {BF16, -1, 1 - 0x1p-7},
      {I8, -8, 7},
      {U8, 0, 15},
      {I16, -64, 63},
      {I32, -1024, 1023},
      {I64, -0x1p20, 0x1p20 - 1},
  };
  for (const auto &row : rows) {
    SCOPED_TRACE(elementName(row.type));
    double low = 0, high = 0, imaginary = 0;
    for (const Scalar &number : numbers(row.type)) {
      low = std::min(low, number.real());
      high = std::max(high, number.real());
      imaginary += std::abs(number.imag());
    }
    EXPECT_GE(low, row.lowest);
    EXPECT_LE(high, row.highest);
    // The whole range is used.
    EXPECT_LE(low, row.lowest * 0.97);
    EXPECT_GE(high, row.highest * 0.97);
    EXPECT_EQ(imaginary > 1000, isComplex(row.type));
  }
}

TEST(RandomFillTest, OneBoolInFourIsTrue) {
  int64_t trues = 0;
  for (const Scalar &number : numbers(ElementType::Bool)) {
    ASSERT_TRUE(number == 0 || number == 1);
    trues += number.integer();
  }
  EXPECT_GT(trues, 2300);
  EXPECT_LT(trues, 2700);
}

TEST(RandomFillTest, SmallTypesHaveNoPeriod) {
  for (ElementType type : {ElementType::F16, ElementType::BF16, ElementType::I8,
                           ElementType::Bool}) {
    std::vector<Scalar> all = numbers(type);
    for (size_t period : {16, 100, 256, 1024, 2048, 4096}) {
      bool repeats = std::equal(all.begin() + period, all.end(), all.begin());
      EXPECT_FALSE(repeats) << elementName(type) << " " << period;
    }
  }
}

TEST(RandomFillTest, SeedsDecide) {
  auto fill = [](uint64_t seed) {
    TensorData tensor = allocate(ElementType::F32, {100});
    RandomFill(seed).fill(tensor);
    return elements<float>(tensor);
  };
  EXPECT_EQ(fill(5), fill(5));
  EXPECT_NE(fill(5), fill(6));
}

TEST(TensorDataTest, CountsBytes) {
  auto bytes = [](ElementType type, Shape shape) {
    return layoutBytes(
        {.type = type, .extents = std::move(shape), .strides = {}});
  };
  EXPECT_EQ(*bytes(ElementType::F32, {}), 4u);
  EXPECT_EQ(*bytes(ElementType::F64, {3, 5}), 120u);
  EXPECT_EQ(*bytes(ElementType::F64, {INT64_MAX, INT64_MAX, 0}), 0u);
  EXPECT_EQ(*bytes(ElementType::F32, {int64_t(1) << 60}), uint64_t(1) << 62);
  EXPECT_FALSE(bytes(ElementType::F32, {int64_t(1) << 61}));
  EXPECT_FALSE(bytes(ElementType::F64, {int64_t(1) << 40, int64_t(1) << 40}));
}

TEST(TensorDataTest, RefusesWhatCannotBeAllocated) {
  Result<TensorData> tensor = TensorData::allocate(
      TensorLayout::rowMajor(ElementType::F32, {int64_t(1) << 60}));
  ASSERT_FALSE(tensor);
  EXPECT_EQ(tensor.error().kind, ErrorKind::OutOfMemory);
}

} // namespace
