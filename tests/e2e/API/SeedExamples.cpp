// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The examples that this project started from.

#include "einc/Einsum.h"
#include "tests/e2e/API/Matrices.h"

#include <algorithm>
#include <cmath>

using namespace einc;
using namespace einc::test;

TEST(SeedExamples, TheInnerExtentsMustAgree) {
  Tensor a = distinct({3, 4}, 1);
  Tensor b = distinct({4, 2}, 2);
  expectEqual(einsum("ij,jk->ik", a, b), product(a, b));

  Tensor wrong = distinct({5, 2}, 3);
  try {
    einsum("ij,jk->ik", a, wrong);
    FAIL() << "no error";
  } catch (const Error &error) {
    EXPECT_EQ(error.kind(), ErrorKind::ExtentMismatch);
    EXPECT_STREQ(
        error.what(),
        "error: label 'j' has extent 4 in operand 0 but 5 in operand 1\n"
        "  ij,jk->ik\n"
        "   ^ ^\n"
        "note: operand 0 has shape (3, 4), operand 1 has shape (5, 2); "
        "extents must be equal, or 1\n");
  }
}

TEST(SeedExamples, ALayerOfANetwork) {
  Tensor w = distinct({50, 100}, 1);
  Tensor x = distinct({100}, 2);
  Tensor b = distinct({50}, 3);
  Tensor y = b;
  einsumInto(y, "ij,j->i", {w, x}, {.beta = 1});
  for (int64_t i = 0; i < 50; ++i) {
    double expected = b(i);
    for (int64_t j = 0; j < 100; ++j)
      expected += w(i, j) * x(j);
    EXPECT_EQ(y(i), expected);
  }
}

TEST(SeedExamples, ABatchThroughALayer) {
  Tensor x = distinct({32, 100}, 1);
  Tensor w = distinct({100, 50}, 2);
  expectEqual(einsum("bi,ij->bj", x, w), product(x, w));
}

TEST(SeedExamples, TheOrderOfThreeFactors) {
  Plan plan = einc::plan("ij,jk,kl->il", {{1000, 10}, {10, 1000}, {1000, 1}});
  EXPECT_EQ(plan.steps[0].operands, (std::array<uint32_t, 2>{1, 2}));
  EXPECT_EQ(plan.flops, 40000);
  EXPECT_EQ(plan.leftToRightFlops, 22000000);

  Tensor a = distinct({1000, 10}, 1);
  Tensor b = distinct({10, 1000}, 2);
  Tensor c = distinct({1000, 1}, 3);
  expectEqual(einsum("ij,jk,kl->il", a, b, c), product(a, product(b, c)));
}

TEST(SeedExamples, TheTransposeOfAProduct) {
  Tensor a = distinct({17, 23}, 1);
  Tensor b = distinct({23, 29}, 2);
  Tensor ofProduct = einsum("ij,jk->ki", a, b);
  Tensor ofFactors =
      einsum("kj,ji->ki", b.view().transposed(), a.view().transposed());
  expectEqual(ofProduct, Tensor(product(a, b).view().transposed()));
  expectEqual(ofFactors, ofProduct);
}

TEST(SeedExamples, ABatchOfProducts) {
  Tensor a = distinct({64, 10, 20}, 1);
  Tensor b = distinct({64, 20, 30}, 2);
  Tensor c = einsum("bij,bjk->bik", a, b);
  ASSERT_EQ(c.shape(), (IndexList{64, 10, 30}));
  for (int64_t batch : {0, 1, 31, 63}) {
    Tensor expected =
        product(TensorView(a.values<double>().data() + batch * 200, {10, 20}),
                TensorView(b.values<double>().data() + batch * 600, {20, 30}));
    forEach(10, 30, [&](int64_t i, int64_t k) {
      ASSERT_EQ(c(batch, i, k), expected(i, k));
    });
  }
}

TEST(SeedExamples, InnerAndOuterProduct) {
  Tensor a = {2, -3, 5};
  Tensor b = {7, 11, 13};
  Tensor inner = einsum("i,i->", a, b);
  EXPECT_EQ(inner.rank(), 0u);
  EXPECT_EQ(inner(), 2 * 7 - 3 * 11 + 5 * 13);
  expectEqual(einsum("i,j->ij", a, b),
              Tensor{{14, 22, 26}, {-21, -33, -39}, {35, 55, 65}});
}

/// Each row's exponentials, divided by their sum.
static void softmax(Tensor &scores) {
  int64_t columns = scores.shape()[scores.rank() - 1];
  auto values = scores.values<double>();
  for (size_t row = 0; row < values.size(); row += columns) {
    double largest = values[row], sum = 0;
    for (int64_t i = 0; i < columns; ++i)
      largest = std::max(largest, values[row + i]);
    for (int64_t i = 0; i < columns; ++i)
      sum += values[row + i] = std::exp(values[row + i] - largest);
    for (int64_t i = 0; i < columns; ++i)
      values[row + i] /= sum;
  }
}

TEST(SeedExamples, Attention) {
  constexpr int64_t Batch = 2, Heads = 3, Length = 7, Depth = 5;
  IndexList shape = {Batch, Heads, Length, Depth};
  Tensor q = distinct(shape, 1), k = distinct(shape, 2), v = distinct(shape, 3);
  double scale = 1e-9 / std::sqrt(double(Depth));
  Tensor scores = Tensor::zeros({Batch, Heads, Length, Length});
  einsumInto(scores, "bhqd,bhkd->bhqk", {q, k}, {.alpha = scale});
  softmax(scores);
  Tensor out = einsum("bhqk,bhkd->bhqd", scores, v);

  ASSERT_EQ(out.shape(), shape);
  for (int64_t b = 0; b < Batch; ++b)
    for (int64_t h = 0; h < Heads; ++h)
      forEach(Length, Depth, [&](int64_t i, int64_t d) {
        double sum = 0, expected = 0;
        for (int64_t j = 0; j < Length; ++j) {
          double dot = 0;
          for (int64_t e = 0; e < Depth; ++e)
            dot += q(b, h, i, e) * k(b, h, j, e);
          double weight = std::exp(dot * scale);
          sum += weight;
          expected += weight * v(b, h, j, d);
        }
        ASSERT_NEAR(out(b, h, i, d), expected / sum, 1e-7);
      });
}
