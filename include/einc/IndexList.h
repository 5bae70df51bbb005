// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A short list of integers: the shape of a tensor, its strides, an index.

#ifndef EINC_INDEXLIST_H
#define EINC_INDEXLIST_H

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

namespace einc {

/// Up to eight integers lie in the list itself, so that views of ordinary rank
/// are copied without allocating.
///
///     IndexList shape = {3, 4};
///     shape[1];                              // 4
///     shape == std::vector<int64_t>{3, 4};   // true
class IndexList {
public:
  IndexList() = default;
  IndexList(std::initializer_list<int64_t> values)
      : IndexList(values.begin(), values.size()) {}
  IndexList(const std::vector<int64_t> &values)
      : IndexList(values.data(), values.size()) {}
  IndexList(std::span<const int64_t> values)
      : IndexList(values.data(), values.size()) {}
  /// `size` zeros.
  static IndexList zeros(size_t size) { return {nullptr, size}; }

  IndexList(const IndexList &other) : IndexList(other.data(), other.count) {}
  IndexList(IndexList &&other) noexcept
      : count(other.count), inlineValues(other.inlineValues),
        heapValues(std::move(other.heapValues)) {
    other.count = 0;
  }
  IndexList &operator=(IndexList other) noexcept {
    count = other.count;
    inlineValues = other.inlineValues;
    heapValues = std::move(other.heapValues);
    return *this;
  }

  size_t size() const { return count; }
  bool empty() const { return count == 0; }
  int64_t *data() { return count > InlineSize ? heapValues.get() : inlined(); }
  const int64_t *data() const { return const_cast<IndexList *>(this)->data(); }
  int64_t *begin() { return data(); }
  int64_t *end() { return data() + count; }
  const int64_t *begin() const { return data(); }
  const int64_t *end() const { return data() + count; }
  int64_t &operator[](size_t i) { return data()[i]; }
  int64_t operator[](size_t i) const { return data()[i]; }
  std::vector<int64_t> toVector() const { return {begin(), end()}; }

  friend bool operator==(const IndexList &lhs, const IndexList &rhs) {
    return lhs.count == rhs.count &&
           std::equal(lhs.begin(), lhs.end(), rhs.begin());
  }

private:
  static constexpr size_t InlineSize = 8;

  IndexList(const int64_t *values, size_t size) : count(size) {
    if (size > InlineSize)
      heapValues = std::make_unique<int64_t[]>(size);
    if (values)
      std::copy_n(values, size, data());
  }
  int64_t *inlined() { return inlineValues.data(); }

  size_t count = 0;
  std::array<int64_t, InlineSize> inlineValues = {};
  std::unique_ptr<int64_t[]> heapValues;
};

} // namespace einc

#endif // EINC_INDEXLIST_H
