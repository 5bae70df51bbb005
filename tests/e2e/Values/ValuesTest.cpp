// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Exact values: every row of values.jsonl on every processor level this host
/// has, with one, two and three threads, and by the reference.

#include "tests/e2e/Elements/DriverCall.h"
#include "tests/e2e/Values/ValueRows.h"

#include <algorithm>
#include <cstdio>
#include <gtest/gtest.h>
#include <map>

using namespace einc;
using namespace einc::tests;

namespace {

void printCounts(const ValueRowList &rows, const std::string &what) {
  std::map<std::string, unsigned> counts;
  for (const ValueRow &row : rows) {
    ++counts[row.group()];
    ++counts[elementName(row.type)];
  }
  std::printf("%zu rows %s:", rows.size(), what.c_str());
  for (const auto &[name, count] : counts)
    std::printf(" %s %u", name.c_str(), count);
  std::printf("\n");
}

std::vector<TensorLayout> layoutsOf(const ValueRow &row) {
  std::vector<TensorLayout> layouts;
  for (const ValueOperand &operand : row.operands)
    layouts.push_back({row.type, operand.shape, operand.strides});
  return layouts;
}

/// Compiles a row once and runs it with one, two and three threads.
void checkRow(const ValueRow &row, const std::string &cpu) {
  SCOPED_TRACE(row.describe() + " for " + cpu);
  ValueBuffers buffers(row);
  Result<CompiledPtr> compiled = compileCall(
      row.equation, layoutsOf(row), {row.resultType(), row.shape, {}}, cpu);
  if (!compiled) {
    ADD_FAILURE() << compiled.error().render();
    return;
  }
  const TensorLayout &output = (*compiled)->planned.output;
  ASSERT_EQ(output.extents, row.shape);
  int64_t count = 1;
  for (int64_t extent : row.shape)
    count *= extent;
  size_t bytes = size_t(count) * elementBytes(output.type);
  std::vector<char> first;
  for (unsigned threads : {1u, 2u, 3u}) {
    GuardedBuffer memory(bytes, GuardedBuffer::Place::AtEnd);
    char *data = static_cast<char *>(memory.data());
    std::fill_n(data, bytes, char(0x5A));
    std::vector<void *> arguments = buffers.addresses();
    arguments.push_back(data);
    Result<Success> done = runCall(**compiled, arguments, threads);
    ASSERT_TRUE(done) << done.error().render();
    if (threads == 1) {
      EXPECT_EQ(row.mismatch(loadElements(output.type, data, count)), "");
      first.assign(data, data + bytes);
    } else {
      EXPECT_TRUE(std::equal(first.begin(), first.end(), data))
          << threads << " threads";
    }
  }
}

void checkRows(const ValueRowList &rows, const std::string &cpu) {
  ASSERT_FALSE(rows.empty());
  for (const ValueRow &row : rows)
    checkRow(row, cpu);
  printCounts(rows, "for " + cpu);
}

/// The numbers of a reference as the type holds them: of halves, the sums are
/// rounded once.
std::vector<Number> numbersOf(const ReferenceResult &reference) {
  std::vector<Number> numbers(reference.integers.begin(),
                              reference.integers.end());
  size_t step = isComplex(reference.type) ? 2 : 1;
  for (size_t i = 0; i < reference.values.size(); i += step)
    numbers.push_back(
        rounded(reference.type, {reference.values[i],
                                 step == 2 ? reference.values[i + 1] : 0}));
  return numbers;
}

/// Rows against the reference: neither may be wrong alone.
void checkReference(const ValueRowList &rows) {
  ASSERT_FALSE(rows.empty());
  for (const ValueRow &row : rows) {
    SCOPED_TRACE(row.describe());
    ValueBuffers buffers(row);
    std::vector<TensorLayout> layouts = layoutsOf(row);
    std::vector<Shape> shapes;
    std::vector<ReferenceTensor> tensors;
    for (size_t i = 0; i < layouts.size(); ++i) {
      shapes.push_back(layouts[i].extents);
      tensors.push_back(toReference(layouts[i], buffers.addresses()[i]));
    }
    Result<Equation> equation = parseEquation(row.equation);
    ASSERT_TRUE(equation) << equation.error().render();
    Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
    ASSERT_TRUE(shaped) << shaped.error().render();
    ReferenceOptions options;
    options.maxIterations = 1e8;
    options.resultType = row.resultType();
    Result<ReferenceResult> reference =
        evaluateReference(*shaped, tensors, nullptr, options);
    if (!reference) {
      std::printf("%s skipped: %s\n", row.id.c_str(),
                  reference.error().message.c_str());
      continue;
    }
    EXPECT_EQ(reference->shape, row.shape);
    EXPECT_EQ(row.mismatch(numbersOf(*reference)), "");
  }
}

class Values : public testing::TestWithParam<const char *> {
protected:
  void SetUp() override {
    if (!hostRuns(GetParam()))
      GTEST_SKIP() << "this host cannot run code for " << GetParam();
  }
};

TEST_P(Values, OwnRows) { checkRows(ownRows(), GetParam()); }

TEST_P(Values, SharedRows) {
  if (sharedRows().empty())
    GTEST_SKIP() << NoSharedRows;
  checkRows(sharedRows(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(CPU, Values,
                         testing::Values("x86-64", "x86-64-v3", "x86-64-v4"),
                         [](const auto &info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(ValuesByReference, OwnRows) { checkReference(ownRows()); }

TEST(ValuesByReference, SharedRows) {
  if (sharedRows().empty())
    GTEST_SKIP() << NoSharedRows;
  checkReference(sharedRows());
}

TEST(ValueRows, CoverEveryType) {
  for (const ValueRowList *rows : {&ownRows(), &sharedRows()}) {
    std::map<ElementType, unsigned> counts;
    for (const ValueRow &row : *rows)
      ++counts[row.type];
    for (size_t i = 0; i < NumElementTypes && !rows->empty(); ++i)
      EXPECT_GE(counts[ElementType(i)], 10u) << elementName(ElementType(i));
  }
}

TEST(ValueRow, NoticesWrongValues) {
  ValueRow row;
  row.expected = {1, 2, 3};
  EXPECT_EQ(row.mismatch({1, 2, 3}), "");
  EXPECT_EQ(row.mismatch({1, 2, 4}), "element 2 is 4 instead of 3");
  EXPECT_EQ(row.mismatch({1, 2}), "2 elements instead of 3");
  row.checksums = {1 * 1 + 2 * 2 + 3 * 3, 0};
  EXPECT_EQ(row.mismatch({1, 2, 3}), "");
  EXPECT_EQ(row.mismatch({1, 3, 2}), "the checksum is 13 instead of 14");
  EXPECT_EQ(row.mismatch({1, 2.5, 3}),
            "element 1 is 2.5, which no sum of products of whole numbers is");
}

TEST(ValueRow, NoticesWrongValuesOfEveryType) {
  for (size_t i = 0; i < NumElementTypes; ++i) {
    ValueRow row;
    row.type = ElementType(i);
    SCOPED_TRACE(elementName(row.type));
    bool complex = isComplex(row.type);
    row.expected = {1, 0, complex ? Number(2, 3) : Number(1)};
    std::vector<Number> values = row.expected;
    EXPECT_EQ(row.mismatch(values), "");
    values[1] = complex ? Number(0, 1) : Number(1);
    EXPECT_NE(row.mismatch(values), "");
    row.checksums = {complex ? 1 + 3 * 2 : 1 + 3, complex ? 3 * 3 : 0};
    EXPECT_NE(row.mismatch(values), "");
    EXPECT_EQ(row.mismatch(row.expected), "");
  }
}

TEST(ValueRow, ReadsLongIntegers) {
  // One more than 2^53, and its negative less one.
  ValueRow row;
  row.type = ElementType::I64;
  row.expected = {(int64_t(1) << 53) + 1};
  EXPECT_NE(row.mismatch({int64_t(1) << 53}), "");
}

} // namespace
