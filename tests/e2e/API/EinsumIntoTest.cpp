// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Einsum.h"
#include "tests/e2e/API/Matrices.h"
#include "tests/unit/API/Throws.h"

#include <algorithm>
#include <limits>

using namespace einc;
using namespace einc::test;

TEST(EinsumInto, ScalesAndAdds) {
  Tensor a = distinct({9, 11}, 1);
  Tensor b = distinct({11, 13}, 2);
  Tensor value = product(a, b);
  Tensor before = distinct({9, 13}, 3);
  const std::pair<double, double> rows[] = {{1, 0}, {1, 1}, {2, 1}, {-3, 0.5},
                                            {0, 1}, {0, 0}, {0, -2}};
  for (auto [alpha, beta] : rows) {
    Tensor out = before;
    einsumInto(out, "ij,jk->ik", {a, b}, {.alpha = alpha, .beta = beta});
    forEach(9, 13, [&, alpha = alpha, beta = beta](int64_t i, int64_t j) {
      ASSERT_EQ(out(i, j), alpha * value(i, j) + beta * before(i, j))
          << alpha << " " << beta;
    });
  }
}

TEST(EinsumInto, WithoutBetaTheOutputIsNotRead) {
  double nan = std::numeric_limits<double>::quiet_NaN();
  Tensor a = distinct({6, 5}, 1);
  Tensor b = distinct({5, 7}, 2);
  Tensor out = Tensor::zeros({6, 7});
  for (double &value : out.values<double>())
    value = nan;
  einsumInto(out, "ij,jk->ik", {a, b});
  expectEqual(out, product(a, b));
  // No terms to sum: still written.
  Tensor empty = Tensor::fromValues({2}, {nan, nan});
  einsumInto(empty, "ij->i", {Tensor::zeros({2, 0})});
  expectEqual(empty, Tensor{0, 0});
  Tensor kept = {3, 4};
  einsumInto(kept, "ij->i", {Tensor::zeros({2, 0})}, {.beta = 2});
  expectEqual(kept, Tensor{6, 8});
}

TEST(EinsumInto, AnyStridesOfTheOutput) {
  Tensor a = distinct({6, 5}, 1);
  Tensor b = distinct({5, 4}, 2);
  Tensor expected = product(a, b);
  const std::tuple<int64_t, IndexList> rows[] = {
      {0, {4, 1}},    {0, {1, 6}},   {0, {8, 2}},   {0, {1, 10}},
      {99, {-4, -1}}, {50, {-8, 1}}, {50, {6, -1}}, {0, {25, 3}},
  };
  for (const auto &[start, strides] : rows) {
    std::vector<double> memory(200, -0.5);
    MutableTensorView out(memory.data() + start, {6, 4}, strides);
    einsumInto(out, "ij,jk->ik", {a, b});
    expectEqual(Tensor(out), expected);
    einsumInto(out, "ij,jk->ik", {a, b}, {.alpha = 2, .beta = 1});
    forEach(6, 4, [&](int64_t i, int64_t j) {
      ASSERT_EQ(out(i, j), 3 * expected(i, j));
    });
    // What lies between is left alone.
    EXPECT_EQ(std::count(memory.begin(), memory.end(), -0.5), 200 - 24);
  }
}

TEST(EinsumInto, ATransposedView) {
  Tensor a = distinct({6, 5}, 1);
  Tensor b = distinct({5, 4}, 2);
  Tensor out = Tensor::zeros({4, 6});
  einsumInto(out.view().transposed(), "ij,jk->ik", {a, b});
  expectEqual(out, Tensor(product(a, b).view().transposed()));
}

TEST(EinsumInto, AnInputsDiagonalAndAnOutputsDiagonal) {
  Tensor square = distinct({4, 4}, 1);
  Tensor out = Tensor::zeros({4, 4});
  // The diagonal of `out` as a vector.
  MutableTensorView diagonal(out.values<double>().data(), {4}, {5});
  einsumInto(diagonal, "ij->j", {square});
  for (int64_t j = 0; j < 4; ++j)
    EXPECT_EQ(out(j, j),
              square(0, j) + square(1, j) + square(2, j) + square(3, j));
  EXPECT_EQ(out(0, 1), 0);
}

TEST(EinsumInto, Mistakes) {
  Tensor a = distinct({3, 3}, 1);
  Tensor b = distinct({3, 3}, 2);
  Tensor before = a;
  auto into = [&](const MutableTensorView &out) {
    return errorOf([&] { einsumInto(out, "ij,jk->ik", {a, b}); });
  };
  Tensor small = Tensor::zeros({3, 2});
  EXPECT_EQ(into(small),
            "invalid-argument: the output has shape (3, 2) but the equation's "
            "result has shape (3, 3)");
  Tensor single = Tensor::zeros({3, 3}, ElementType::F32);
  EXPECT_EQ(into(single),
            "invalid-argument: the output has elements of type f32 but the "
            "result has type f64");
  double row[3];
  EXPECT_EQ(into(MutableTensorView(row, {3, 3}, {0, 1})),
            "invalid-argument: the output has elements that share memory: "
            "shape (3, 3), strides (0, 1)");
  EXPECT_EQ(into(a),
            "invalid-argument: the output overlaps operand 0 in memory");
  EXPECT_EQ(into(b),
            "invalid-argument: the output overlaps operand 1 in memory");
  EXPECT_EQ(
      into(MutableTensorView(nullptr, TensorType(ElementType::F64, {3, 3}))),
      "invalid-argument: the output has elements but its address is "
      "null");
  expectEqual(a, before);
  // An output never broadcasts.
  Tensor wide = Tensor::zeros({2, 3});
  EXPECT_EQ(errorOf([&] { einsumInto(wide, "ij->j", {a}); }),
            "invalid-argument: the output has shape (2, 3) but the equation's "
            "result has shape (3)");
}
