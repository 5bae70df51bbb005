// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/ExpressionCache.h"

using namespace einc;

ExpressionCache &ExpressionCache::process() {
  static ExpressionCache &cache =
      *new ExpressionCache(/*maxExpressions=*/256, /*maxBytes=*/64 << 20);
  return cache;
}

ExpressionAccess::StatePtr ExpressionCache::find(std::string_view key) {
  std::lock_guard lock(mutex);
  auto place = places.find(key);
  if (place == places.end())
    return nullptr;
  items.splice(items.begin(), items, place->second);
  return items.front().state;
}

void ExpressionCache::insert(std::string key, ExpressionAccess::StatePtr state,
                             size_t bytes) {
  bytes += 2 * key.size();
  if (bytes > maxBytes)
    return;
  // Freed after the lock is.
  std::list<Item> dropped;
  std::lock_guard lock(mutex);
  if (places.contains(key))
    return;
  items.push_front({std::move(key), std::move(state), bytes});
  places.emplace(items.front().key, items.begin());
  bytesHeld += bytes;
  while (items.size() > maxExpressions || bytesHeld > maxBytes) {
    bytesHeld -= items.back().bytes;
    places.erase(items.back().key);
    dropped.splice(dropped.begin(), items, std::prev(items.end()));
  }
}

size_t ExpressionCache::size() const {
  std::lock_guard lock(mutex);
  return items.size();
}
