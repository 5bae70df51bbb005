// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From the compiler's results to the API's exceptions: the only place where
/// einc throws.

#ifndef EINC_COMPILER_API_THROW_H
#define EINC_COMPILER_API_THROW_H

#include "compiler/Support/Result.h"

namespace einc {

[[noreturn]] void throwError(const Diagnostic &diagnostic);
/// An error with a message and at most one note.
[[noreturn]] void throwError(ErrorKind kind, std::string message,
                             std::string note = "");

template <typename T> T valueOrThrow(Result<T> result) {
  if (!result)
    throwError(result.error());
  return std::move(*result);
}

/// Calls `function`; what the standard library throws for lack of memory
/// becomes an einc::Error.
template <typename Function> auto orOutOfMemory(Function function) {
  try {
    return function();
  } catch (const std::bad_alloc &) {
    throwError(ErrorKind::OutOfMemory, "out of memory");
  } catch (const std::length_error &) {
    throwError(ErrorKind::OutOfMemory, "out of memory");
  }
}

} // namespace einc

#endif // EINC_COMPILER_API_THROW_H
