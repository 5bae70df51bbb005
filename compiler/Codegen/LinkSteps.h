// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// An artifact's steps as straight code.

#ifndef EINC_COMPILER_CODEGEN_LINKSTEPS_H
#define EINC_COMPILER_CODEGEN_LINKSTEPS_H

#include "compiler/Codegen/LinkData.h"
#include "compiler/Codegen/LinkExpressions.h"

namespace einc {

/// What a call of an artifact needs of workspace: intermediates, then the
/// scratch of its kernels. A multiple of 64.
Result<Number> emitWorkspaceBytes(LinkExpressions &expressions,
                                  const EincArtifact &artifact,
                                  llvm::IRBuilder<> &b);

/// An internal function i32(ptr arguments..., i64 numbers..., ptr workspace)
/// that runs the steps on the calling thread and returns an EincResult. Nothing
/// is written before every number without loop counters is known to be one.
Result<llvm::Function *> emitSteps(LinkData &data, const EincArtifact &artifact,
                                   const std::string &name);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_LINKSTEPS_H
