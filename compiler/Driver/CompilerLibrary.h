// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Finds and loads libeinc-compiler.so, the only part of einc with LLVM in it.

#ifndef EINC_COMPILER_DRIVER_COMPILERLIBRARY_H
#define EINC_COMPILER_DRIVER_COMPILERLIBRARY_H

#include "compiler/Schedule/CompilerTable.h"
#include "compiler/Support/Result.h"

#include <span>

namespace einc {

/// Where the library is looked for, in order: the file $EINC_COMPILER, then
/// libeinc-compiler.so beside libeinc (beside the program, if libeinc is linked
/// statically), then in ../lib from there.
std::vector<std::string> compilerLibraryPaths();

/// Loads the first of `paths` that exists, and never closes it: LLVM does not
/// survive that. Errors: IO if there is none or it cannot be loaded,
/// BadArtifact if it has another table or other sources than `buildId`.
Result<const EincCompilerTable *>
loadCompilerLibrary(std::span<const std::string> paths,
                    std::string_view buildId);

/// The process's compiler: loaded on the first call, from then on at hand. A
/// failure is tried again by the next call.
Result<const EincCompilerTable *> processCompiler();

} // namespace einc

#endif // EINC_COMPILER_DRIVER_COMPILERLIBRARY_H
