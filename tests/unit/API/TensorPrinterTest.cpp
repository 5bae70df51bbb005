// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The expected texts are what numpy 2 prints for the same numbers.

#include "einc/Tensor.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <sstream>

using namespace einc;

static std::string print(const TensorView &view) {
  std::ostringstream stream;
  stream << view;
  return stream.str();
}

/// 0, 1, 2, ... in a shape.
static Tensor range(IndexList shape) {
  Tensor result = Tensor::zeros(std::move(shape));
  auto values = result.values<double>();
  std::iota(values.begin(), values.end(), 0.0);
  return result;
}

TEST(TensorPrinter, AlignsColumns) {
  EXPECT_EQ(print(Tensor{{1, 2}, {3, 4}}), "[[1. 2.]\n"
                                           " [3. 4.]]");
  EXPECT_EQ(print(Tensor{{1, -22.5}, {0.125, 4}}), "[[  1.    -22.5  ]\n"
                                                   " [  0.125   4.   ]]");
  EXPECT_EQ(print(Tensor{58, 64, 139, 154}), "[ 58.  64. 139. 154.]");
}

TEST(TensorPrinter, KeepsEightDigitsBehindThePoint) {
  EXPECT_EQ(print(Tensor{1.0 / 3, 2}), "[0.33333333 2.        ]");
  EXPECT_EQ(print(Tensor({0.1, 0.2}, ElementType::F32)), "[0.1 0.2]");
  EXPECT_EQ(print(Tensor{0.1 + 0.2}), "[0.3]");
}

TEST(TensorPrinter, ScientificWhereMagnitudesAreFarApart) {
  EXPECT_EQ(print(Tensor{1e10, 1}), "[1.e+10 1.e+00]");
  EXPECT_EQ(print(Tensor{1e-5, -2.5}), "[ 1.0e-05 -2.5e+00]");
  EXPECT_EQ(print(Tensor{1, 1000}), "[   1. 1000.]");
  EXPECT_EQ(print(Tensor{1, 1001}), "[1.000e+00 1.001e+03]");
  EXPECT_EQ(print(Tensor{1e100, 1}), "[1.e+100 1.e+000]");
  EXPECT_EQ(print(Tensor{123456789}), "[1.23456789e+08]");
  EXPECT_EQ(print(Tensor{0, 0}), "[0. 0.]");
}

TEST(TensorPrinter, NotANumberAndInfinity) {
  double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(print(Tensor{1, std::nan(""), inf}), "[ 1. nan inf]");
  EXPECT_EQ(print(Tensor{1.25, -inf}), "[1.25 -inf]");
  EXPECT_EQ(print(Tensor{std::nan("")}), "[nan]");
}

TEST(TensorPrinter, Scalars) {
  auto scalar = [](double value, ElementType type = ElementType::F64) {
    return print(Tensor::fromValues({}, {value}, type));
  };
  EXPECT_EQ(scalar(5), "5.0");
  EXPECT_EQ(scalar(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(scalar(0.1, ElementType::F32), "0.1");
  EXPECT_EQ(scalar(1e16), "1e+16");
  EXPECT_EQ(scalar(0.0001), "0.0001");
  EXPECT_EQ(scalar(0.00001), "1e-05");
  EXPECT_EQ(scalar(-std::numeric_limits<double>::infinity()), "-inf");
}

TEST(TensorPrinter, EmptyTensors) {
  EXPECT_EQ(print(Tensor()), "[]");
  EXPECT_EQ(print(Tensor::zeros({2, 0, 3})), "[]");
}

TEST(TensorPrinter, BlankLinesBetweenMatrices) {
  EXPECT_EQ(print(range({2, 2, 1, 2})), "[[[[0. 1.]]\n"
                                        "\n"
                                        "  [[2. 3.]]]\n"
                                        "\n"
                                        "\n"
                                        " [[[4. 5.]]\n"
                                        "\n"
                                        "  [[6. 7.]]]]");
}

TEST(TensorPrinter, BreaksLinesAt75Columns) {
  EXPECT_EQ(print(range({25})),
            "[ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. "
            "16. 17.\n"
            " 18. 19. 20. 21. 22. 23. 24.]");
  // Padding at the end of a broken line is dropped.
  EXPECT_EQ(
      print(Tensor{0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9}),
      "[0.5 1.  2.  3.  4.  5.  6.  7.  8.  9.  1.  2.  3.  4.  5.  6.  "
      "7.  8.\n"
      " 9. ]");
}

TEST(TensorPrinter, AbridgesAboveAThousandElements) {
  std::string all = print(range({1000}));
  EXPECT_EQ(all.find("..."), std::string::npos);
  EXPECT_EQ(print(range({1001})), "[   0.    1.    2. ...  998.  999. 1000.]");
  EXPECT_EQ(print(range({30, 40})),
            "[[0.000e+00 1.000e+00 2.000e+00 ... 3.700e+01 3.800e+01 "
            "3.900e+01]\n"
            " [4.000e+01 4.100e+01 4.200e+01 ... 7.700e+01 7.800e+01 "
            "7.900e+01]\n"
            " [8.000e+01 8.100e+01 8.200e+01 ... 1.170e+02 1.180e+02 "
            "1.190e+02]\n"
            " ...\n"
            " [1.080e+03 1.081e+03 1.082e+03 ... 1.117e+03 1.118e+03 "
            "1.119e+03]\n"
            " [1.120e+03 1.121e+03 1.122e+03 ... 1.157e+03 1.158e+03 "
            "1.159e+03]\n"
            " [1.160e+03 1.161e+03 1.162e+03 ... 1.197e+03 1.198e+03 "
            "1.199e+03]]");
}

TEST(TensorPrinter, ShortAxesAreNotAbridged) {
  std::string text = print(range({6, 200}));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 5);
}

TEST(TensorPrinter, PrintsViewsThroughTheirStrides) {
  Tensor a = {{1, 2, 3}, {4, 5, 6}};
  EXPECT_EQ(print(a.view().transposed()), "[[1. 4.]\n"
                                          " [2. 5.]\n"
                                          " [3. 6.]]");
}

TEST(TensorPrinter, ManyAxes) {
  Tensor deep = Tensor::zeros(IndexList(std::vector<int64_t>(300, 1)));
  EXPECT_EQ(print(deep), std::string(300, '[') + "0." + std::string(300, ']'));
}
