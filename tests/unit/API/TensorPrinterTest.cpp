// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The expected texts are what numpy 2.4 prints for the same numbers.

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
  EXPECT_EQ(scalar(999999, ElementType::F32), "999999.0");
  EXPECT_EQ(scalar(1000001, ElementType::F32), "1.000001e+06");
  EXPECT_EQ(scalar(0.1, ElementType::F16), "0.1");
  EXPECT_EQ(scalar(999, ElementType::F16), "999.0");
  EXPECT_EQ(scalar(2047, ElementType::F16), "2.047e+03");
  EXPECT_EQ(scalar(65504, ElementType::F16), "6.55e+04");
  EXPECT_EQ(scalar(5, ElementType::I8), "5");
  EXPECT_EQ(scalar(1, ElementType::Bool), "True");
  EXPECT_EQ(scalar(1e16), "1e+16");
  EXPECT_EQ(scalar(0.0001), "0.0001");
  EXPECT_EQ(scalar(0.00001), "1e-05");
  EXPECT_EQ(scalar(-std::numeric_limits<double>::infinity()), "-inf");
}

TEST(TensorPrinter, ComplexScalars) {
  double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
  auto scalar = [](double real, double imag,
                   ElementType type = ElementType::C128) {
    return print(
        Tensor::fromValues({}, {std::complex<double>(real, imag)}, type));
  };
  EXPECT_EQ(scalar(1.5, -2), "(1.5-2j)");
  EXPECT_EQ(scalar(0, 2), "2j");
  EXPECT_EQ(scalar(-0.0, 2), "(-0+2j)");
  EXPECT_EQ(scalar(3, 0), "(3+0j)");
  EXPECT_EQ(scalar(1, nan), "(1+nanj)");
  EXPECT_EQ(scalar(inf, -inf), "(inf-infj)");
  EXPECT_EQ(scalar(1e7, 0.1, ElementType::C64), "(1e+07+0.1j)");
}

TEST(TensorPrinter, Complex) {
  using C = std::complex<double>;
  double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(print(Tensor{C(1, 2), 3}), "[1.+2.j 3.+0.j]");
  EXPECT_EQ(print(Tensor{C(1, 2), C(3, -0.5)}), "[1.+2.j  3.-0.5j]");
  EXPECT_EQ(print(Tensor{{C(1.5, -2), -3.25}, {0, C(0, 1e-3)}}),
            "[[ 1.5 -2.e+00j -3.25+0.e+00j]\n"
            " [ 0.  +0.e+00j  0.  +1.e-03j]]");
  EXPECT_EQ(print(Tensor{C(1e10, 1), 2}), "[1.e+10+1.j 2.e+00+0.j]");
  EXPECT_EQ(print(Tensor{C(nan, 1), C(inf, -2)}), "[nan+1.j inf-2.j]");
  EXPECT_EQ(print(Tensor{C(1, -inf), C(0, 2)}), "[1.-infj 0. +2.j]");
  EXPECT_EQ(print(Tensor{C(1, nan), C(0, -1)}), "[1.+nanj 0. -1.j]");
  EXPECT_EQ(print(Tensor{C(0, nan)}), "[0.+nanj]");
  std::complex<float> thirds[] = {{1.0f / 3, 2.0f / 3}, {1, 0}};
  EXPECT_EQ(print(TensorView(thirds, {2})),
            "[0.33333334+0.6666667j 1.        +0.j       ]");
  EXPECT_EQ(print(TensorView(thirds, {2}).conjugated()),
            "[0.33333334-0.6666667j 1.        -0.j       ]");
}

TEST(TensorPrinter, IntegersAndBools) {
  EXPECT_EQ(print(Tensor({{1, -22}, {300, 4}}, ElementType::I16)),
            "[[  1 -22]\n"
            " [300   4]]");
  EXPECT_EQ(print(Tensor({0, 255}, ElementType::U8)), "[  0 255]");
  EXPECT_EQ(print(Tensor({INT64_MIN, INT64_MAX}, ElementType::I64)),
            "[-9223372036854775808  9223372036854775807]");
  EXPECT_EQ(print(Tensor({{true, false}, {false, false}}, ElementType::Bool)),
            "[[ True False]\n"
            " [False False]]");
  EXPECT_EQ(print(Tensor({1, 1}, ElementType::Bool)), "[ True  True]");
  EXPECT_EQ(print(Tensor(range({1001}), ElementType::I32)),
            "[   0    1    2 ...  998  999 1000]");
}

TEST(TensorPrinter, HalfTypes) {
  EXPECT_EQ(print(Tensor({0.1, 0.2, 1.0 / 3}, ElementType::F16)),
            "[0.1    0.2    0.3333]");
  EXPECT_EQ(print(Tensor({65504, 60000}, ElementType::F16)),
            "[6.55e+04 6.00e+04]");
  EXPECT_EQ(print(Tensor({6e-8, 0.25}, ElementType::F16)), "[6.0e-08 2.5e-01]");
  EXPECT_EQ(print(Tensor({std::numeric_limits<double>::infinity(), -0.5},
                         ElementType::F16)),
            "[ inf -0.5]");
  EXPECT_EQ(print(Tensor({0.1, 3.140625}, ElementType::BF16)), "[0.1  3.14]");
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
