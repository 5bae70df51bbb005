// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/ExpressionCache.h"

#include <gtest/gtest.h>

using namespace einc;

/// A state that nothing runs, told apart by its number of threads.
static ExpressionAccess::StatePtr makeState(unsigned number) {
  return std::make_shared<const ExpressionAccess::State>(
      ExpressionAccess::State{
          nullptr, {}, TensorType(ElementType::F32, {}), number});
}

TEST(ExpressionCache, FindsWhatWasInserted) {
  ExpressionCache cache(/*maxExpressions=*/4, /*maxBytes=*/1000);
  EXPECT_EQ(cache.find("a"), nullptr);
  cache.insert("a", makeState(1), 10);
  cache.insert(std::string("a\0b", 3), makeState(2), 10);
  EXPECT_EQ(cache.find("a")->threads, 1u);
  EXPECT_EQ(cache.find(std::string("a\0b", 3))->threads, 2u);
  // The first one stays.
  cache.insert("a", makeState(3), 10);
  EXPECT_EQ(cache.find("a")->threads, 1u);
  EXPECT_EQ(cache.size(), 2u);
}

TEST(ExpressionCache, DropsTheLeastRecentlyUsed) {
  ExpressionCache cache(/*maxExpressions=*/3, /*maxBytes=*/1000);
  for (const char *key : {"a", "b", "c"})
    cache.insert(key, makeState(1), 10);
  EXPECT_NE(cache.find("a"), nullptr);
  cache.insert("d", makeState(1), 10);
  EXPECT_EQ(cache.find("b"), nullptr);
  for (const char *key : {"a", "c", "d"})
    EXPECT_NE(cache.find(key), nullptr) << key;
  EXPECT_EQ(cache.size(), 3u);
}

TEST(ExpressionCache, CountsBytes) {
  ExpressionCache cache(/*maxExpressions=*/100, /*maxBytes=*/1000);
  cache.insert("a", makeState(1), 400);
  cache.insert("b", makeState(1), 400);
  cache.insert("c", makeState(1), 400);
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_EQ(cache.size(), 2u);
  // Too large on its own: nothing else is dropped for it.
  cache.insert("d", makeState(1), 2000);
  EXPECT_EQ(cache.find("d"), nullptr);
  EXPECT_EQ(cache.size(), 2u);
  // Room is given back.
  cache.insert("e", makeState(1), 900);
  EXPECT_EQ(cache.size(), 1u);
  cache.insert("f", makeState(1), 50);
  EXPECT_EQ(cache.size(), 2u);
}

TEST(ExpressionCache, ADroppedExpressionLivesOnInItsUsers) {
  ExpressionCache cache(/*maxExpressions=*/1, /*maxBytes=*/1000);
  cache.insert("a", makeState(7), 10);
  auto held = cache.find("a");
  cache.insert("b", makeState(8), 10);
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_EQ(held->threads, 7u);
}
