// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Opens what `einc compile` wrote and a running process can use.

#ifndef EINC_COMPILER_DRIVER_LOADPROGRAM_H
#define EINC_COMPILER_DRIVER_LOADPROGRAM_H

#include "compiler/Driver/Program.h"

namespace einc {

/// The program in an artifact file or, with EINC_PROGRAM_SYMBOL, in a shared
/// library; the first bytes tell which it is. The kernels of a library are
/// functions perhaps; it is unloaded with the last reference. Code in either is
/// trusted, all else is checked. Errors, all with the file's name: those of
/// readProgramFile; BadArtifact (neither of the two, another ABI, damaged),
/// UnsupportedTarget (a library for another architecture), IO (a library that
/// the system does not load, with its reason).
Result<std::shared_ptr<const Program>> loadProgram(const std::string &path);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_LOADPROGRAM_H
