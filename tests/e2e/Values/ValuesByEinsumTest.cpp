// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Exact values: every row of values.jsonl through the public interface.

#include "einc/Einsum.h"
#include "tests/e2e/Values/ValueRows.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::tests;

namespace {

/// Every row through einsum, which plans, compiles, caches and allocates.
void checkEinsum(const ValueRowList &rows) {
  ASSERT_FALSE(rows.empty());
  for (const ValueRow &row : rows) {
    SCOPED_TRACE(row.describe());
    ValueBuffers buffers(row);
    std::vector<TensorView> views;
    for (size_t i = 0; i < row.operands.size(); ++i)
      views.emplace_back(
          buffers.addresses()[i],
          TensorType(row.type, row.operands[i].shape, row.operands[i].strides));
    Options options;
    options.accumulate = row.accumulate;
    Tensor result = einsum(row.equation, views, options);
    EXPECT_EQ(result.element(), row.resultType());
    EXPECT_EQ(result.shape(), IndexList(row.shape));
    EXPECT_EQ(row.mismatch(
                  loadElements(result.element(), result.data(), result.size())),
              "");
  }
}

TEST(ValuesByEinsum, OwnRows) { checkEinsum(ownRows()); }

TEST(ValuesByEinsum, SharedRows) {
  if (sharedRows().empty())
    GTEST_SKIP() << NoSharedRows;
  checkEinsum(sharedRows());
}

} // namespace
