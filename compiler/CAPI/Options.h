// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// C's options as C++'s. All of it throws.

#ifndef EINC_COMPILER_CAPI_OPTIONS_H
#define EINC_COMPILER_CAPI_OPTIONS_H

#include "einc-c/einc.h"
#include "einc/Options.h"

namespace einc::capi {

/// Null: the defaults.
Options toOptions(const EincOptions *given);

/// Run options, and the executor that they may point to.
struct ReadRunOptions {
  RunOptions options;
  Executor executor;

  explicit ReadRunOptions(const EincRunOptions *given);
  ReadRunOptions(const ReadRunOptions &) = delete;
  ReadRunOptions &operator=(const ReadRunOptions &) = delete;
};

} // namespace einc::capi

#endif // EINC_COMPILER_CAPI_OPTIONS_H
