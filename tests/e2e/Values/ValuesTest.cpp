// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Exact values: rows of values.jsonl through the public API, on every
/// processor level this host has, with one thread and with more.

#include "compiler/Reference/Reference.h"
#include "einc/Einsum.h"
#include "tests/conformance/Table.h"
#include "tests/e2e/Values/ValueRows.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <gtest/gtest.h>
#include <map>

using namespace einc;
using namespace einc::tests;

namespace {

/// The rows of one file that have a type of einc's.
struct Table {
  std::vector<ValueRow> rows;
  size_t otherTypes = 0;
};

Table readTable(const std::string &path) {
  Table table;
  for (ValueRow &row : readValueRows(path)) {
    if (row.elementType())
      table.rows.push_back(std::move(row));
    else
      ++table.otherTypes;
  }
  return table;
}

const Table &ownTable() {
  static const Table table =
      readTable(EINC_SOURCE_DIR "/tests/e2e/Values/values.jsonl");
  return table;
}

const Table &sharedTable() {
  static const Table table = readTable(conformance::sharedFile("values.jsonl"));
  return table;
}

void printCounts(const Table &table, const std::string &what) {
  std::map<std::string, unsigned> counts;
  for (const ValueRow &row : table.rows)
    ++counts[row.group()];
  std::printf("%zu rows %s:", table.rows.size(), what.c_str());
  for (const auto &[group, count] : counts)
    std::printf(" %s %u", group.c_str(), count);
  std::printf("; %zu rows have types without kernels\n", table.otherTypes);
}

std::vector<double> toDoubles(const Tensor &tensor) {
  if (tensor.element() == ElementType::F32)
    return {tensor.values<float>().begin(), tensor.values<float>().end()};
  return {tensor.values<double>().begin(), tensor.values<double>().end()};
}

bool sameBytes(const Tensor &a, const Tensor &b) {
  size_t bytes = size_t(a.size()) * elementBytes(a.element());
  return bytes == 0 || std::memcmp(a.data(), b.data(), bytes) == 0;
}

/// Compiles a row once and runs it with one, two and three threads.
void checkRow(const ValueRow &row, const std::string &cpu) {
  SCOPED_TRACE(row.id + ": einsum(\"" + row.equation + "\") " + row.dtype +
               " for " + cpu);
  ValueBuffers buffers(row, *row.elementType());
  std::vector<TensorType> types;
  for (const TensorView &view : buffers.views())
    types.push_back(view.type());
  Options options;
  options.cpu = cpu;
  Expression expression = compile(row.equation, types, options);
  ASSERT_EQ(expression.outputType().shape(), IndexList(row.shape));
  Tensor first = Tensor::zeros(row.shape, *row.elementType());
  expression.run(first, buffers.views(), {.threads = 1});
  EXPECT_EQ(row.mismatch(toDoubles(first)), "");
  for (unsigned threads : {2u, 3u}) {
    Tensor other = Tensor::zeros(row.shape, *row.elementType());
    expression.run(other, buffers.views(), {.threads = threads});
    EXPECT_TRUE(sameBytes(first, other)) << threads << " threads";
  }
}

void checkTable(const Table &table, const std::string &cpu) {
  ASSERT_FALSE(table.rows.empty());
  for (const ValueRow &row : table.rows)
    ASSERT_NO_THROW(checkRow(row, cpu)) << row.id;
  printCounts(table, "hold exactly for " + cpu);
}

/// Every row through einsum, which plans, compiles, caches and allocates.
void checkEinsum(const Table &table) {
  ASSERT_FALSE(table.rows.empty());
  for (const ValueRow &row : table.rows) {
    SCOPED_TRACE(row.id);
    ValueBuffers buffers(row, *row.elementType());
    Tensor result = einsum(row.equation, buffers.views());
    EXPECT_EQ(result.shape(), IndexList(row.shape));
    EXPECT_EQ(row.mismatch(toDoubles(result)), "");
  }
}

/// Rows against the reference: neither may be wrong alone.
void checkReference(const Table &table) {
  ASSERT_FALSE(table.rows.empty());
  for (const ValueRow &row : table.rows) {
    SCOPED_TRACE(row.id);
    ValueBuffers buffers(row, *row.elementType());
    std::vector<Shape> shapes;
    std::vector<ReferenceTensor> tensors;
    for (size_t i = 0; i < row.operands.size(); ++i) {
      shapes.push_back(row.operands[i].shape);
      tensors.push_back({buffers.views()[i].data(), *row.elementType(),
                         row.operands[i].shape, row.operands[i].strides});
    }
    Result<Equation> equation = parseEquation(row.equation);
    ASSERT_TRUE(equation) << equation.error().render();
    Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
    ASSERT_TRUE(shaped) << shaped.error().render();
    ReferenceOptions options;
    options.maxIterations = 1e8;
    Result<ReferenceResult> reference =
        evaluateReference(*shaped, tensors, nullptr, options);
    if (!reference) {
      std::printf("%s skipped: %s\n", row.id.c_str(),
                  reference.error().message.c_str());
      continue;
    }
    EXPECT_EQ(reference->shape, row.shape);
    EXPECT_EQ(row.mismatch(reference->values), "");
  }
}

bool hostRuns(const std::string &cpu) {
  if (cpu == "x86-64-v3")
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (cpu == "x86-64-v4")
    return __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512dq");
  return true;
}

class Values : public testing::TestWithParam<const char *> {
protected:
  void SetUp() override {
    if (!hostRuns(GetParam()))
      GTEST_SKIP() << "this host cannot run code for " << GetParam();
  }
};

TEST_P(Values, OwnRows) { checkTable(ownTable(), GetParam()); }

TEST_P(Values, SharedRows) {
  if (conformance::sharedFile("values.jsonl").empty())
    GTEST_SKIP() << "no conformance data beside the source tree";
  checkTable(sharedTable(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(CPU, Values,
                         testing::Values("native", "x86-64", "x86-64-v3",
                                         "x86-64-v4"),
                         [](const auto &info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(ValuesByEinsum, OwnRows) { checkEinsum(ownTable()); }

TEST(ValuesByEinsum, SharedRows) {
  if (conformance::sharedFile("values.jsonl").empty())
    GTEST_SKIP() << "no conformance data beside the source tree";
  checkEinsum(sharedTable());
}

TEST(ValuesByReference, OwnRows) { checkReference(ownTable()); }

TEST(ValuesByReference, SharedRows) {
  if (conformance::sharedFile("values.jsonl").empty())
    GTEST_SKIP() << "no conformance data beside the source tree";
  checkReference(sharedTable());
}

TEST(ValueRow, NoticesWrongValues) {
  ValueRow row;
  row.expected = {1, 2, 3};
  EXPECT_EQ(row.mismatch({1, 2, 3}), "");
  EXPECT_EQ(row.mismatch({1, 2, 4}), "element 2 is 4 instead of 3");
  EXPECT_EQ(row.mismatch({1, 2}), "2 elements instead of 3");
  row.checksum = 1 * 1 + 2 * 2 + 3 * 3;
  EXPECT_EQ(row.mismatch({1, 2, 3}), "");
  EXPECT_EQ(row.mismatch({1, 3, 2}), "the checksum is 13 instead of 14");
  EXPECT_EQ(row.mismatch({1, 2.5, 3}),
            "element 1 is 2.5, which no sum of products of whole numbers is");
}

} // namespace
