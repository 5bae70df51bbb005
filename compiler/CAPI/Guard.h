// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From exceptions to statuses and error objects: what every function that can
/// fail is wrapped in.

#ifndef EINC_COMPILER_CAPI_GUARD_H
#define EINC_COMPILER_CAPI_GUARD_H

#include "compiler/API/Throw.h"
#include "einc-c/einc.h"

#include <exception>

namespace einc::capi {

/// Makes *error, unless error is null, of the exception that is being handled,
/// and returns its status.
EincStatus reportException(EincError **error) noexcept;

/// Calls `function`; nothing that it throws leaves.
template <typename Function>
EincStatus guarded(EincError **error, Function function) noexcept {
  if (error)
    *error = nullptr;
  try {
    function();
    return EINC_OK;
  } catch (...) {
    return reportException(error);
  }
}

/// Throws InvalidArgument, "'equation' is null", if it is.
void requirePointer(const void *pointer, const char *name);

/// The same for an array of `count`, which may be null if that is 0.
inline void requireArray(const void *pointer, size_t count, const char *name) {
  if (count > 0)
    requirePointer(pointer, name);
}

} // namespace einc::capi

#endif // EINC_COMPILER_CAPI_GUARD_H
