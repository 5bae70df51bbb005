// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The passes of the einsum dialect, and their pipeline.

#ifndef EINC_COMPILER_PASSES_PASSES_H
#define EINC_COMPILER_PASSES_PASSES_H

#include "mlir/Pass/Pass.h"

namespace einc::ir {

#define GEN_PASS_DECL
#include "compiler/Passes/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/Passes/Passes.h.inc"

/// Registers `einsum-optimize`: linalg-to-einsum for trees of three operands or
/// more (two have one order), einsum-plan, einsum-to-linalg, canonicalize.
void registerEinsumPipelines();

} // namespace einc::ir

#endif // EINC_COMPILER_PASSES_PASSES_H
