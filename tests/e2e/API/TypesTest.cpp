// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Every element type and their mixtures, through the public headers.

#include "einc/Einsum.h"
#include "tests/e2e/API/Formula.h"
#include "tests/unit/API/Throws.h"

#include <cstring>
#include <gtest/gtest.h>

using namespace einc;
using einc::test::errorOf;
using einc::test::expectSame;
using einc::test::formula;
using einc::test::wholeNumbers;
using enum ElementType;

namespace {

struct Case {
  const char *equation;
  std::vector<IndexList> shapes;
};

/// Of every kind of step, small, with extents that no vector divides.
const Case cases[] = {
    {"ij,jk->ik", {{5, 7}, {7, 3}}},
    {"ij,jk->ik", {{37, 45}, {45, 29}}},
    {"ji,kj->ki", {{45, 37}, {29, 45}}},
    {"bij,bkj->bik", {{3, 6, 10}, {3, 9, 10}}},
    {"ij,j->i", {{33, 41}, {41}}},
    {"i,ij->j", {{33}, {33, 41}}},
    {"i,i->", {{131}, {131}}},
    {"i,j->ij", {{13}, {19}}},
    {"ij,ij->ij", {{11, 9}, {11, 9}}},
    {"ijk->kji", {{5, 7, 19}}},
    {"ij->i", {{17, 33}}},
    {"ij->j", {{17, 33}}},
    {"ii->i", {{9, 9}}},
    {"iij,jk->ki", {{4, 4, 11}, {11, 6}}},
};

class EveryType : public testing::TestWithParam<ElementType> {
protected:
  std::vector<Tensor> operandsOf(const Case &row) {
    std::vector<Tensor> operands;
    for (const IndexList &shape : row.shapes)
      operands.push_back(
          wholeNumbers(shape, int64_t(operands.size()) + 1, GetParam()));
    return operands;
  }
};
std::vector<TensorView> views(const std::vector<Tensor> &tensors) {
  return {tensors.begin(), tensors.end()};
}

TEST_P(EveryType, ComputesTheFormula) {
  for (const Case &row : cases) {
    SCOPED_TRACE(row.equation);
    std::vector<Tensor> operands = operandsOf(row);
    expectSame(einsum(row.equation, views(operands)),
               formula(row.equation, views(operands), GetParam()));
  }
}

TEST_P(EveryType, SumsOfNothingAreZero) {
  Tensor a = Tensor::zeros({3, 0}, GetParam());
  Tensor b = Tensor::zeros({0, 2}, GetParam());
  expectSame(einsum("ij,jk->ik", a, b), Tensor::zeros({3, 2}, GetParam()));
}

TEST_P(EveryType, ReadsStridesOfAllSigns) {
  Tensor memory = wholeNumbers({6, 10}, 1, GetParam());
  size_t bytes = elementBytes(GetParam());
  // The rows of every second column, from the last to the first.
  TensorView a(static_cast<char *>(memory.data()) + 50 * bytes,
               TensorType(GetParam(), {6, 5}, {-10, 2}));
  TensorView b(memory.data(), TensorType(GetParam(), {5, 4}, {0, 3}));
  expectSame(einsum("ij,jk->ik", a, b),
             formula("ij,jk->ik", {a, b}, GetParam()));
}

/// alpha * value + beta * before, in the arithmetic of the type.
Scalar scaled(ElementType type, Scalar alpha, Scalar value, Scalar beta,
              Scalar before) {
  test::FormulaSum sum(type);
  sum.startProduct();
  sum.multiply(alpha);
  sum.multiply(value);
  sum.addProduct();
  sum.startProduct();
  sum.multiply(beta);
  sum.multiply(before);
  sum.addProduct();
  return sum.value();
}

TEST_P(EveryType, ScalesAndAccumulates) {
  ElementType type = GetParam();
  const Case &row = cases[1];
  std::vector<Tensor> operands = operandsOf(row);
  Tensor before = wholeNumbers({37, 29}, 9, type);
  Scalar alpha = 3, beta = 2;
  if (type == Bool)
    alpha = beta = true;
  if (isComplex(type))
    alpha = std::complex<double>(1, 2), beta = std::complex<float>(0, -3);

  // The product of f16 and bf16 is not rounded before it is scaled.
  Tensor product =
      formula(row.equation, views(operands), isHalf(type) ? F64 : type);
  std::vector<Scalar> expected;
  for (int64_t i = 0; i < 37; ++i)
    for (int64_t j = 0; j < 29; ++j)
      expected.push_back(scaled(type, alpha, product.view().readScalar({i, j}),
                                beta, before.view().readScalar({i, j})));
  Tensor out = before;
  einsumInto(out, row.equation, views(operands),
             {.alpha = alpha, .beta = beta});
  expectSame(out, Tensor::fromValues({37, 29}, expected, type));

  // With beta = 0 the output is not read.
  Tensor fresh = Tensor::uninitialized({37, 29}, type);
  memset(fresh.data(), 0xff, fresh.size() * elementBytes(type));
  einsumInto(fresh, row.equation, views(operands));
  expectSame(fresh, formula(row.equation, views(operands), type));
}

TEST_P(EveryType, DoesNotDependOnThreads) {
  Tensor a = wholeNumbers({130, 140}, 1, GetParam());
  Tensor b = wholeNumbers({140, 150}, 2, GetParam());
  Tensor one = einsum("ij,jk->ik", {a, b}, {.threads = 1});
  Tensor three = einsum("ij,jk->ik", {a, b}, {.threads = 3});
  EXPECT_EQ(0, memcmp(one.data(), three.data(),
                      one.size() * elementBytes(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(Types, EveryType,
                         testing::Values(F32, F64, C64, C128, I8, I16, I32, I64,
                                         U8, Bool, F16, BF16),
                         [](const auto &info) {
                           return std::string(elementName(info.param));
                         });

TEST(MixedTypes, EveryPair) {
  for (size_t i = 0; i < NumElementTypes; ++i)
    for (size_t j = 0; j < NumElementTypes; ++j) {
      SCOPED_TRACE(elementName(ElementType(i)));
      SCOPED_TRACE(elementName(ElementType(j)));
      Tensor a = wholeNumbers({3, 5}, 1, ElementType(i));
      Tensor b = wholeNumbers({5, 4}, 2, ElementType(j));
      // i64 and i32 beside f32 and halves: the values are too large for exact
      // sums only where the sum is in f32, which no such pair is.
      expectSame(einsum("ij,jk->ik", a, b),
                 formula("ij,jk->ik", {a, b},
                         promote(ElementType(i), ElementType(j))));
    }
}

TEST(MixedTypes, LargeProductsAndChains) {
  struct {
    ElementType a, b, c, result;
  } rows[] = {
      {F32, F64, F32, F64},  {I8, U8, I32, I32},   {C64, F32, F32, C64},
      {F32, C64, F64, C128}, {Bool, F32, I8, F32}, {I64, Bool, I16, I64},
  };
  for (const auto &row : rows) {
    SCOPED_TRACE(elementName(row.result));
    Tensor a = wholeNumbers({35, 44}, 1, row.a);
    Tensor b = wholeNumbers({44, 27}, 2, row.b);
    Tensor c = wholeNumbers({27}, 3, row.c);
    expectSame(einsum("ij,jk->ik", a, b),
               formula("ij,jk->ik", {a, b}, promote(row.a, row.b)));
    expectSame(einsum("ij,jk,k->i", a, b, c),
               formula("ij,jk,k->i", {a, b, c}, row.result));
  }
}

TEST(MixedTypes, TheOutputHasTheTypeOfTheResult) {
  Tensor a = wholeNumbers({3, 5}, 1, F32), b = wholeNumbers({5, 4}, 2, I32);
  Tensor out = Tensor::zeros({3, 4}, F32);
  EXPECT_EQ(errorOf([&] { einsumInto(out, "ij,jk->ik", {a, b}); }),
            "invalid-argument: the output has elements of type f32 but the "
            "result has type f64");
  Expression product = compile("ij,jk->ik", {a.type(), b.type()});
  EXPECT_EQ(product.outputType().element(), F64);
  expectSame(product(a, b), formula("ij,jk->ik", {a, b}, F64));
}

TEST(Conjugation, OfAnyOperand) {
  for (ElementType type : {C64, C128}) {
    Tensor a = wholeNumbers({37, 45}, 1, type);
    Tensor b = wholeNumbers({45, 29}, 2, type);
    Tensor c = wholeNumbers({29}, 3, type);
    TensorView ac = a.view().conjugated(), bc = b.view().conjugated();
    auto check = [&](const char *equation, std::vector<TensorView> operands) {
      SCOPED_TRACE(equation);
      expectSame(einsum(equation, operands), formula(equation, operands, type));
    };
    // In one process: an expression for plain operands is not taken for others.
    check("ij,jk->ik", {a, b});
    check("ij,jk->ik", {ac, b});
    check("ij,jk->ik", {a, bc});
    check("ij,jk->ik", {ac, bc});
    check("ij->ji", {ac});
    check("ij->", {ac});
    check("ij,ij->", {ac, a});
    check("ij,ij->ij", {a, ac});
    check("ij,jk,k->i", {ac, b, c.view().conjugated()});
    check("ij,jk,k->i", {a, bc, c});
    check("ji,kj->ik", {bc, a});
    // Rows that run backwards.
    TensorView strided(static_cast<char *>(a.data()) + 20 * elementBytes(type),
                       TensorType(type, {3, 4}, {7, -1}).conjugated());
    check("ij,ij->i",
          {strided, TensorView(b.data(), TensorType(type, {3, 4}))});
  }
}

TEST(Conjugation, BesideRealOperands) {
  Tensor a = wholeNumbers({7, 9}, 1, F64), b = wholeNumbers({9, 5}, 2, C64);
  std::vector<TensorView> operands = {a.view().conjugated(),
                                      b.view().conjugated()};
  expectSame(einsum("ij,jk->ik", operands),
             formula("ij,jk->ik", operands, C128));
}

TEST(Conjugation, BelongsToTheTypesOfAnExpression) {
  using C = std::complex<double>;
  Tensor a = {{C(1, 2), C(3, 4)}}, b = {{C(5, 6)}, {C(7, 8)}};
  Expression product = compile("ij,jk->ik", {a.type().conjugated(), b.type()});
  EXPECT_TRUE(product.operandType(0).isConjugated());
  EXPECT_FALSE(product.outputType().isConjugated());
  EXPECT_EQ(product(a.view().conjugated(), b).at<C>(0, 0),
            C(1, -2) * C(5, 6) + C(3, -4) * C(7, 8));
  EXPECT_EQ(errorOf([&] { product(a, b); }),
            "invalid-argument: operand 0 is not conjugated but the expression "
            "was compiled for one that is");
  Tensor out = Tensor::zeros({1, 1}, C128);
  EXPECT_EQ(errorOf([&] {
              einsumInto(MutableTensorView(out.data(), out.type().conjugated()),
                         "ij,jk->ik", {a, b});
            }),
            "invalid-argument: the output is conjugated, which only operands "
            "can be");
}

TEST(Accumulate, SumsBytesWithoutWrapping) {
  for (ElementType type : {I8, U8, I16, Bool})
    for (ElementType wide : {I32, I64}) {
      Tensor a = wholeNumbers({37, 260}, 1, type);
      Tensor b = wholeNumbers({260, 29}, 2, type);
      for (const char *equation : {"ij,jk->ik", "ij,jk->i"})
        expectSame(einsum(equation, {a, b}, {.accumulate = wide}),
                   formula(equation, {a, b}, wide));
      expectSame(einsum("ij->", {a}, {.accumulate = wide}),
                 formula("ij->", {a}, wide));
    }
  // Not in the cache under the same name.
  Tensor a({100, 100}, I8);
  EXPECT_EQ(einsum("i->", a).at<int8_t>(), int8_t(200));
  EXPECT_EQ(einsum("i->", {a}, {.accumulate = I32}).at<int32_t>(), 200);
  Tensor b({1, 255}, U8);
  EXPECT_EQ(einsum("i,i->", {a, b}, {.accumulate = I64}).at<int64_t>(), 25600);
}

TEST(Accumulate, RefusesOtherTypes) {
  Tensor bytes({1, 2}, I8), wide({1, 2}, I64), real({1, 2}, F32);
  EXPECT_EQ(
      errorOf([&] { einsum("i,i->", {bytes, wide}, {.accumulate = I32}); }),
      "unsupported-type: operand 1 has elements of type i64, which are "
      "not accumulated in i32");
  EXPECT_EQ(
      errorOf([&] { einsum("i,i->", {real, bytes}, {.accumulate = I64}); }),
      "unsupported-type: operand 0 has elements of type f32, which are "
      "not accumulated in i64");
  EXPECT_EQ(errorOf([&] { einsum("i->", {real}, {.accumulate = F64}); }),
            "unsupported-type: sums cannot be accumulated in f64");
}

TEST(Scaling, IsExactAndChecked) {
  Tensor one = Tensor::fromValues({1}, {1}, I64), out = one;
  int64_t large = (int64_t(1) << 53) + 1; // no double
  einsumInto(out, "i->i", {one}, {.alpha = large, .beta = -2});
  EXPECT_EQ(out.at<int64_t>(0), large - 2);

  Tensor byte({3}, I8), real({3}, F32);
  Tensor sum = byte;
  EXPECT_EQ(errorOf([&] { einsumInto(sum, "i->i", {byte}, {.alpha = 0.5}); }),
            "invalid-argument: alpha is 0.5, but a result of type i8 takes "
            "whole numbers from -128 to 127");
  EXPECT_EQ(sum.at<int8_t>(0), 3);
  Tensor result = real;
  EXPECT_EQ(errorOf([&] {
              einsumInto(result, "i->i", {real},
                         {.beta = std::complex<double>(0, 1)});
            }),
            "invalid-argument: beta is 1j, but a result of type f32 takes real "
            "numbers");
}

TEST(Memory, ComplexOperandsMayLieAtTheirPartsAlignment) {
  alignas(8) float memory[33];
  for (int i = 0; i < 33; ++i)
    memory[i] = static_cast<float>(i - 9);
  TensorView a(reinterpret_cast<std::complex<float> *>(memory + 1), {4, 4});
  expectSame(einsum("ij,jk->ik", a, a), formula("ij,jk->ik", {a, a}, C64));
}

TEST(Memory, OutputsThatOverlapByHalfAnElementAreRefused) {
  std::complex<float> memory[6] = {};
  auto *parts = reinterpret_cast<float *>(memory);
  TensorView a(memory, {2});
  MutableTensorView out(reinterpret_cast<std::complex<float> *>(parts + 3),
                        {2});
  EXPECT_EQ(errorOf([&] { einsumInto(out, "i->i", {a}); }),
            "invalid-argument: the output overlaps operand 0 in memory");
  MutableTensorView behind(reinterpret_cast<std::complex<float> *>(parts + 5),
                           {2});
  EXPECT_EQ(errorOf([&] { einsumInto(behind, "i->i", {a}); }), "no error");
  MutableTensorView same(memory + 2, {2, 2}, {1, 1});
  EXPECT_EQ(errorOf([&] { einsumInto(same, "i,j->ij", {a, a}); }),
            "invalid-argument: the output has elements that share memory: "
            "shape (2, 2), strides (1, 1)");
}

} // namespace
