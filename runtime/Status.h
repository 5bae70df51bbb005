// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How the runtime reports failure: a code and one line of text, held by value
/// so that neither success nor failure allocates.

#ifndef EINC_RUNTIME_STATUS_H
#define EINC_RUNTIME_STATUS_H

#include <cstddef>

namespace einc::runtime {

enum class StatusCode : unsigned {
  Ok = 0,
  BadArtifact,       ///< The artifact is damaged or of another ABI.
  OutOfMemory,       ///< An allocation failed; nothing was changed.
  InvalidArgument,   ///< An extent, option or workspace does not fit.
  Limit,             ///< The artifact asks for more than is allowed.
  UnsupportedTarget, ///< The system refuses to run generated code.
  Internal           ///< A defect of einc.
};

class [[nodiscard]] Status {
public:
  Status() noexcept : statusCode(StatusCode::Ok) { text[0] = 0; }

  /// A printf-style message; what does not fit is cut off.
  [[gnu::format(printf, 2, 3)]] static Status
  error(StatusCode code, const char *format, ...) noexcept;

  bool ok() const noexcept { return statusCode == StatusCode::Ok; }
  explicit operator bool() const noexcept { return ok(); }
  StatusCode code() const noexcept { return statusCode; }
  /// One line without a full stop; empty if ok().
  const char *message() const noexcept { return text; }

private:
  StatusCode statusCode;
  char text[156];
};

} // namespace einc::runtime

#endif // EINC_RUNTIME_STATUS_H
