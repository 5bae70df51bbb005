// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/IndexList.h"

#include <gtest/gtest.h>

using namespace einc;

/// 1, 4, 9, ...
static std::vector<int64_t> squares(size_t count) {
  std::vector<int64_t> result;
  for (size_t i = 1; i <= count; ++i)
    result.push_back(static_cast<int64_t>(i * i));
  return result;
}

TEST(IndexList, HoldsAnyNumberOfIntegers) {
  // Eight is the last number that needs no allocation.
  for (size_t count : {0, 1, 7, 8, 9, 64}) {
    std::vector<int64_t> values = squares(count);
    IndexList list(values);
    EXPECT_EQ(list.size(), count);
    EXPECT_EQ(list.empty(), count == 0);
    EXPECT_EQ(list.toVector(), values);
    EXPECT_EQ(list, IndexList(std::span<const int64_t>(values)));
    for (size_t i = 0; i < count; ++i)
      EXPECT_EQ(list[i], values[i]);
  }
}

TEST(IndexList, CopiesAreIndependent) {
  for (size_t count : {3, 8, 9, 20}) {
    IndexList list(squares(count));
    IndexList copy = list;
    copy[0] = -5;
    EXPECT_EQ(list[0], 1);
    EXPECT_NE(copy, list);
    IndexList assigned;
    assigned = copy;
    EXPECT_EQ(assigned, copy);
    assigned = IndexList{7};
    EXPECT_EQ(assigned, (IndexList{7}));
    assigned = std::move(copy);
    EXPECT_EQ(assigned[0], -5);
    EXPECT_EQ(assigned.size(), count);
  }
}

TEST(IndexList, MovedFromIsEmpty) {
  for (size_t count : {3, 9}) {
    IndexList list(squares(count));
    IndexList taken = std::move(list);
    EXPECT_EQ(taken.toVector(), squares(count));
    EXPECT_EQ(list.size(), 0u);
    EXPECT_TRUE(list.toVector().empty());
  }
}

TEST(IndexList, ComparesNumbersAndLength) {
  EXPECT_EQ((IndexList{2, 3}), (IndexList{2, 3}));
  EXPECT_NE((IndexList{2, 3}), (IndexList{3, 2}));
  EXPECT_NE((IndexList{2, 3}), (IndexList{2, 3, 0}));
  EXPECT_EQ(IndexList::zeros(9), IndexList(std::vector<int64_t>(9)));
}
