// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From schedules to images: the whole of libeinc-compiler.so behind its table.

#ifndef EINC_COMPILER_CODEGEN_COMPILE_H
#define EINC_COMPILER_CODEGEN_COMPILE_H

#include "compiler/Codegen/CompileModule.h"
#include "compiler/Schedule/Schedule.h"

namespace einc {

/// Compiles each schedule to one image, in a module of its own: a kernel's code
/// depends on its schedule and target alone, whatever it is compiled with. Its
/// texts begin with a comment that names the schedule. Thread-safe. Errors:
/// InvalidArgument if a schedule makes no kernel for this target; Internal.
Result<std::vector<CompiledModule>>
compileKernels(std::span<const Schedule> schedules,
               const CodegenOptions &options);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_COMPILE_H
