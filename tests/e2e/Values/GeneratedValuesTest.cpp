// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Equations of thousands of operands, run. The values of generated.tsv wrap in
/// 64-bit integers; where they stay small they hold in f32 and f64 too. Floats
/// also run with operands whose products stay small.

#include "einc/Einsum.h"
#include "tests/conformance/GeneratedEquation.h"
#include "tests/conformance/Table.h"

#include <cstdio>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace einc;

namespace {

/// w(k, r, c) of generated.tsv.
int64_t weight(int64_t k, int64_t r, int64_t c) {
  return 2 * ((7 * k + 3 * r + 5 * c) % 11 - 5);
}

/// An element of operand k as generated.tsv has it.
int64_t tableElement(const std::string &rule, int64_t k, int64_t r, int64_t c) {
  int64_t one = rule == "star"                        ? c == 0
                : rule == "same" || rule == "scalars" ? 1
                                                      : r == c;
  return weight(k, r, c) + one;
}

/// An element that keeps products small: operand 0 has all weights, each row
/// of the others has a single 1.
int64_t smallElement(const std::vector<int64_t> &shape, int64_t k, int64_t r,
                     int64_t c) {
  if (k == 0)
    return weight(k + 3, r, c) + 1;
  return shape.size() < 2 || c == (r + k) % shape[1];
}

using Matrix = std::vector<std::vector<int64_t>>;

template <typename Element>
Matrix makeMatrix(const std::vector<int64_t> &shape, Element &&element) {
  int64_t rows = shape.empty() ? 1 : shape[0];
  int64_t columns = shape.size() < 2 ? 1 : shape[1];
  Matrix matrix;
  for (int64_t r = 0; r < rows; ++r) {
    matrix.emplace_back();
    for (int64_t c = 0; c < columns; ++c)
      matrix.back().push_back(element(r, c));
  }
  return matrix;
}

Matrix multiply(const Matrix &a, const Matrix &b) {
  Matrix c(a.size(), std::vector<int64_t>(b[0].size()));
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j)
      for (size_t k = 0; k < b[0].size(); ++k)
        c[i][k] += a[i][j] * b[j][k];
  return c;
}

/// The row-major result of a rule, from left to right.
std::vector<int64_t> evaluateRule(const std::string &rule,
                                  const std::vector<Matrix> &operands) {
  Matrix value = operands[0];
  std::vector<int64_t> result;
  bool byRow = rule == "star" || rule == "same" || rule == "scalars";
  if (byRow) {
    result.assign(value.size(), 1);
    for (const Matrix &operand : operands)
      for (size_t r = 0; r < result.size(); ++r) {
        int64_t sum = 0;
        for (int64_t element : operand[r])
          sum += element;
        result[r] *= sum;
      }
    return result;
  }
  for (size_t k = 1; k < operands.size(); ++k)
    value = multiply(value, operands[k]);
  if (rule == "ring") {
    int64_t trace = 0;
    for (size_t i = 0; i < value.size(); ++i)
      trace += value[i][i];
    return {trace};
  }
  for (const std::vector<int64_t> &row : value)
    result.insert(result.end(), row.begin(), row.end());
  return result;
}

template <typename T>
std::vector<int64_t> run(const conformance::GeneratedEquation &equation,
                         const std::vector<Matrix> &operands) {
  std::vector<Tensor> tensors;
  for (size_t k = 0; k < operands.size(); ++k) {
    tensors.push_back(Tensor::zeros(equation.shapes[k], elementTypeOf<T>));
    T *next = tensors.back().values<T>().data();
    for (const std::vector<int64_t> &row : operands[k])
      for (int64_t element : row)
        *next++ = T(element);
  }
  std::vector<TensorView> views(tensors.begin(), tensors.end());
  Tensor result = einsum(equation.text, views);
  std::vector<int64_t> values;
  for (T value : result.values<T>())
    values.push_back(int64_t(value));
  return values;
}

bool isSmall(const std::vector<int64_t> &values) {
  for (int64_t value : values)
    if (value <= -(1 << 24) || value >= 1 << 24)
      return false;
  return true;
}

void checkRule(const std::string &rule, uint32_t n) {
  SCOPED_TRACE(rule + " of " + std::to_string(n));
  conformance::GeneratedEquation equation = conformance::generate(rule, n);
  std::vector<Matrix> operands;
  for (size_t k = 0; k < equation.shapes.size(); ++k)
    operands.push_back(
        makeMatrix(equation.shapes[k], [&](int64_t r, int64_t c) {
          return smallElement(equation.shapes[k], int64_t(k), r, c);
        }));
  std::vector<int64_t> expected = evaluateRule(rule, operands);
  ASSERT_TRUE(isSmall(expected));
  EXPECT_EQ(run<float>(equation, operands), expected);
  EXPECT_EQ(run<double>(equation, operands), expected);
}

TEST(GeneratedValues, Chain) { checkRule("chain", 5000); }
TEST(GeneratedValues, Ring) { checkRule("ring", 5000); }
TEST(GeneratedValues, Star) { checkRule("star", 5000); }
TEST(GeneratedValues, Same) { checkRule("same", 5000); }
TEST(GeneratedValues, Scalars) { checkRule("scalars", 5000); }
TEST(GeneratedValues, Nest) { checkRule("nest", 5000); }
TEST(GeneratedValues, Words) { checkRule("words", 5000); }

/// All rows but mistakes in 64-bit integers, those that fit in floats too.
TEST(GeneratedValues, SharedRows) {
  std::string path = conformance::sharedFile("generated.tsv");
  if (path.empty())
    GTEST_SKIP() << "no conformance data beside the source tree";
  size_t held = 0;
  size_t heldInFloats = 0;
  for (const conformance::Row &row : conformance::readTable(path)) {
    const std::string &id = row["id"];
    if (row["outcome"] != "ok") {
      std::printf("%s skipped: it is a mistake\n", id.c_str());
      continue;
    }
    auto expected =
        nlohmann::json::parse(row["values_i64"]).get<std::vector<int64_t>>();
    SCOPED_TRACE(id);
    const std::string &rule = row["rule"];
    conformance::GeneratedEquation equation =
        conformance::generate(rule, uint32_t(std::stoul(row["n"])));
    std::vector<Matrix> operands;
    for (size_t k = 0; k < equation.shapes.size(); ++k)
      operands.push_back(
          makeMatrix(equation.shapes[k], [&](int64_t r, int64_t c) {
            return tableElement(rule, int64_t(k), r, c);
          }));
    EXPECT_EQ(run<int64_t>(equation, operands), expected);
    ++held;
    if (!isSmall(expected))
      continue;
    EXPECT_EQ(run<float>(equation, operands), expected);
    EXPECT_EQ(run<double>(equation, operands), expected);
    ++heldInFloats;
  }
  std::printf("%zu rows hold exactly, %zu in floats too\n", held, heldInFloats);
  EXPECT_GE(held, 10u);
  EXPECT_GE(heldInFloats, 4u);
}

} // namespace
