// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Formats error messages.

#include "runtime/Status.h"

#include <cstdarg>
#include <cstdio>

using namespace einc::runtime;

Status Status::error(StatusCode code, const char *format, ...) noexcept {
  Status status;
  status.statusCode = code;
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(status.text, sizeof(status.text), format, arguments);
  va_end(arguments);
  return status;
}
