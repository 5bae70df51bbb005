// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Tensor.h"
#include "tests/unit/API/Throws.h"

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
