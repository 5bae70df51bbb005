// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From schedules to images: the whole of libeinc-compiler.so behind its table.

#ifndef EINC_COMPILER_CODEGEN_COMPILE_H
#define EINC_COMPILER_CODEGEN_COMPILE_H

#include "compiler/Codegen/CompileModule.h"
#include "compiler/Schedule/Schedule.h"

namespace einc {

/// Compiles one kernel a schedule, in one module; images[i] is schedules[i]'s.
/// Thread-safe. Errors: InvalidArgument if a schedule makes no kernel for this
/// target; Internal.
Result<CompiledModule> compileKernels(std::span<const Schedule> schedules,
                                      const CompileOptions &options);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_COMPILE_H
