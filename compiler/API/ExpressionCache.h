// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Expressions that einsum compiled, by what they were compiled from.

#ifndef EINC_COMPILER_API_EXPRESSIONCACHE_H
#define EINC_COMPILER_API_EXPRESSIONCACHE_H

#include "compiler/API/ExpressionState.h"

#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace einc {

/// Bounded; what was used least recently leaves first. Thread-safe.
class ExpressionCache {
public:
  ExpressionCache(size_t maxExpressions, size_t maxBytes)
      : maxExpressions(maxExpressions), maxBytes(maxBytes) {}

  /// The cache of einsum and einsumInto. Never destroyed.
  static ExpressionCache &process();

  /// Null if there is none.
  ExpressionAccess::StatePtr find(std::string_view key);
  /// `bytes`: about what the expression takes. One that is larger than the
  /// whole cache is not kept.
  void insert(std::string key, ExpressionAccess::StatePtr state, size_t bytes);

  size_t size() const;

private:
  struct Item {
    std::string key;
    ExpressionAccess::StatePtr state;
    size_t bytes;
  };

  const size_t maxExpressions;
  const size_t maxBytes;
  mutable std::mutex mutex;
  /// Most recently used first.
  std::list<Item> items;
  /// The keys are those of `items`.
  std::unordered_map<std::string_view, std::list<Item>::iterator> places;
  size_t bytesHeld = 0;
};

} // namespace einc

#endif // EINC_COMPILER_API_EXPRESSIONCACHE_H
