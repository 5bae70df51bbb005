// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Tensor.h"
#include "tests/unit/API/Throws.h"

#include <gtest/gtest.h>

using namespace einc;
using einc::test::errorOf;

static const double Six[] = {1, 2, 3, 4, 5, 6};

TEST(TensorType, RowMajorStrides) {
  TensorType type(ElementType::F32, {2, 3, 5});
  EXPECT_EQ(type.strides(), (IndexList{15, 5, 1}));
  EXPECT_EQ(type.size(), 30);
  EXPECT_EQ(type.rank(), 3u);
  EXPECT_TRUE(type.isRowMajor());
  TensorType scalar(ElementType::F64, {});
  EXPECT_EQ(scalar.size(), 1);
  EXPECT_EQ(scalar.rank(), 0u);
  EXPECT_TRUE(scalar.isRowMajor());
}

TEST(TensorType, IsRowMajor) {
  using Row = std::tuple<IndexList, IndexList, bool>;
  const Row rows[] = {
      {{2, 3}, {3, 1}, true},
      {{2, 3}, {1, 2}, false},
      {{2, 3}, {4, 1}, false},
      {{2, 3}, {-3, 1}, false},
      // Strides along one element or none do not count.
      {{1, 3}, {99, 1}, true},
      {{2, 1, 3}, {3, 42, 1}, true},
      {{0, 3}, {7, 7}, true},
      {{1}, {0}, true},
      {{2}, {0}, false},
  };
  for (const auto &[shape, strides, expected] : rows)
    EXPECT_EQ(TensorType(ElementType::F32, shape, strides).isRowMajor(),
              expected);
}

TEST(TensorType, RefusesWhatCannotBe) {
  auto make = [](IndexList shape) {
    return errorOf([=] { TensorType(ElementType::F32, shape); });
  };
  EXPECT_EQ(make({2, -3}),
            "invalid-argument: axis 1 has extent -3, expected 0 or more");
  EXPECT_EQ(make({int64_t(1) << 62, 2}),
            "size-overflow: a tensor of shape (4611686018427387904, 2) has "
            "2^63 elements or more");
  EXPECT_EQ(make({int64_t(1) << 62, 2, 0}), "no error");
  EXPECT_EQ(
      errorOf([] { TensorType(ElementType::F32, {2, 3}, {1}); }),
      "invalid-argument: shape (2, 3) has 2 extents, but there are 1 strides");
}

TEST(TensorType, RefusesStridesBeyondMemory) {
  auto make = [](IndexList shape, IndexList strides) {
    return errorOf([=] { TensorType(ElementType::F64, shape, strides); });
  };
  int64_t far = int64_t(1) << 59;
  EXPECT_EQ(make({2, 2}, {far, -far / 2}), "no error");
  EXPECT_EQ(make({2, 2}, {far, far}),
            "invalid-argument: a tensor of shape (2, 2) and strides "
            "(576460752303423488, 576460752303423488) reaches over 2^63 bytes "
            "or more");
  EXPECT_EQ(make({2}, {INT64_MIN}),
            "invalid-argument: a tensor of shape (2) and strides "
            "(-9223372036854775808) reaches over 2^63 bytes or more");
  EXPECT_NE(make({1}, {INT64_MIN / 8}), "no error");
  EXPECT_EQ(make({0, 2}, {INT64_MIN, 1}), "no error");
}

TEST(TensorView, ReadsThroughStrides) {
  TensorView a(Six, {2, 3});
  EXPECT_EQ(a(0, 0), 1);
  EXPECT_EQ(a(1, 2), 6);
  TensorView columns(Six, {2, 3}, {1, 2});
  EXPECT_EQ(columns(1, 0), 2);
  EXPECT_EQ(columns(0, 2), 5);
  TensorView backwards(Six + 5, {6}, {-1});
  EXPECT_EQ(backwards(4), 2);
  TensorView repeated(Six + 2, {4, 2}, {0, 1});
  EXPECT_EQ(repeated(3, 1), 4);
  float value = 2.5f;
  EXPECT_EQ(TensorView(&value, {})(), 2.5);
}

TEST(TensorView, ChecksIndices) {
  TensorView a(Six, {2, 3});
  EXPECT_EQ(errorOf([&] { a(0, 3); }),
            "invalid-argument: index (0, 3) is outside of shape (2, 3)");
  EXPECT_EQ(errorOf([&] { a(-1, 0); }),
            "invalid-argument: index (-1, 0) is outside of shape (2, 3)");
  EXPECT_EQ(errorOf([&] { a(1); }),
            "invalid-argument: index (1) does not fit shape (2, 3): expected "
            "one number for each axis");
}

TEST(TensorView, Permutes) {
  TensorView a(Six, {1, 2, 3});
  TensorView p = a.permuted({2, 0, 1});
  EXPECT_EQ(p.shape(), (IndexList{3, 1, 2}));
  EXPECT_EQ(p(2, 0, 1), a(0, 1, 2));
  EXPECT_EQ(p(1, 0, 0), a(0, 0, 1));
  TensorView t = a.transposed();
  EXPECT_EQ(t.shape(), (IndexList{3, 2, 1}));
  EXPECT_EQ(t(2, 1, 0), 6);
  EXPECT_EQ(t.data(), a.data());
  for (IndexList order : {IndexList{0, 1}, IndexList{0, 1, 3},
                          IndexList{0, 1, 1}, IndexList{-1, 0, 1}})
    EXPECT_NE(errorOf([&] { a.permuted(order); }), "no error");
  EXPECT_EQ(errorOf([&] { a.permuted({0, 2, 2}); }),
            "invalid-argument: (0, 2, 2) is no order of the axes of shape "
            "(1, 2, 3)");
}

TEST(TensorView, IsAScalarWhenMovedFrom) {
  const std::vector<double> values(600, 2.5);
  TensorView view(values.data(), {20, 30});
  TensorView taken = std::move(view);
  EXPECT_EQ(taken.size(), 600);
  EXPECT_EQ(view.rank(), 0u);
  EXPECT_EQ(view.size(), 1);
  EXPECT_EQ(Tensor(view).size(), 1);
  view = std::move(taken);
  EXPECT_EQ(view.shape(), (IndexList{20, 30}));
  EXPECT_EQ(view.size(), 600);
}

TEST(TensorView, OfNoMemoryIsNotRead) {
  TensorView view(static_cast<const float *>(nullptr), {2, 3});
  EXPECT_EQ(errorOf([&] { view(0, 0); }),
            "invalid-argument: a tensor of shape (2, 3) cannot be read: its "
            "address is null");
  EXPECT_EQ(errorOf([&] { Tensor copy(view); }),
            "invalid-argument: a tensor of shape (2, 3) cannot be copied: its "
            "address is null");
  EXPECT_EQ(Tensor(TensorView(static_cast<const float *>(nullptr), {0})).size(),
            0);
}

TEST(MutableTensorView, WritesWhatItViews) {
  float values[6] = {};
  MutableTensorView view(values, {2, 3});
  static_cast<float *>(view.transposed().data())[0] = 8;
  EXPECT_EQ(view(0, 0), 8);
  EXPECT_EQ(view.permuted({1, 0}).shape(), (IndexList{3, 2}));
  EXPECT_EQ(view.element(), ElementType::F32);
}
