// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a shape says that the extent of an axis is given with each call: by a
/// number far below any mistake. "?" and "?64" as text.

#ifndef EINC_COMPILER_SUPPORT_OPENAXIS_H
#define EINC_COMPILER_SUPPORT_OPENAXIS_H

#include <cstdint>
#include <limits>

namespace einc {

/// Larger hints say nothing more.
constexpr int64_t MaxHint = int64_t(1) << 62;

/// An axis of any extent; `hint`, from 1 to MaxHint, is what it likely is, 0:
/// nobody knows.
constexpr int64_t openAxis(int64_t hint = 0) {
  return std::numeric_limits<int64_t>::min() + hint;
}
constexpr bool isOpenAxis(int64_t extent) {
  return extent <= std::numeric_limits<int64_t>::min() + MaxHint;
}
/// Of an open axis; 0: there is none.
constexpr int64_t hintOf(int64_t extent) {
  return extent - std::numeric_limits<int64_t>::min();
}

} // namespace einc

#endif // EINC_COMPILER_SUPPORT_OPENAXIS_H
