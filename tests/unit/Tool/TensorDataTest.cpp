// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random operands: distinct, in range, equal for equal seeds.

#include "tools/einc/TensorData.h"

#include <gtest/gtest.h>

#include <algorithm>

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
