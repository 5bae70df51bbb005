// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The functions that a program's header declares.

#ifndef EINC_COMPILER_CODEGEN_LINKENTRIES_H
#define EINC_COMPILER_CODEGEN_LINKENTRIES_H

#include "compiler/Codegen/LinkData.h"
#include "compiler/Support/Result.h"

namespace einc {

/// Adds `f`, `f_ws` and `f_workspace_bytes` or, for a program with open
/// strides, `f_strided`. With `byRuntime` they call eincRunProgram.
Result<Success> addEntries(LinkData &data, const EincProgram &program,
                           bool byRuntime);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_LINKENTRIES_H
