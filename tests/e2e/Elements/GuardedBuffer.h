// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Memory between two pages that cannot be touched: a kernel that reads or
/// writes past an operand's end stops there.

#ifndef EINC_TESTS_E2E_ELEMENTS_GUARDEDBUFFER_H
#define EINC_TESTS_E2E_ELEMENTS_GUARDEDBUFFER_H

#include <cstddef>

namespace einc::tests {

class GuardedBuffer {
public:
  /// The bytes end at the upper guard page, or start `lead` bytes after the
  /// lower one.
  enum class Place { AtEnd, AtStart };
  GuardedBuffer(size_t bytes, Place place, size_t lead = 0);
  GuardedBuffer(const GuardedBuffer &) = delete;
  GuardedBuffer(GuardedBuffer &&other) noexcept;
  ~GuardedBuffer();

  void *data() const { return bytesBegin; }
  /// From now on a write stops the program too.
  void makeReadOnly();

private:
  char *mapping = nullptr;
  size_t mappedBytes = 0;
  char *bytesBegin = nullptr;
};

} // namespace einc::tests

#endif // EINC_TESTS_E2E_ELEMENTS_GUARDEDBUFFER_H
