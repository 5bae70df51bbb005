// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Looks at a file before the dynamic linker does, which maps what headers
/// claim: a file that is cut off would end the process with SIGBUS.

#ifndef EINC_COMPILER_DRIVER_SHAREDLIBRARYCHECK_H
#define EINC_COMPILER_DRIVER_SHAREDLIBRARYCHECK_H

#include "compiler/Support/Result.h"

#include <span>

namespace einc {

/// Whether the bytes start as those of an ELF file do.
bool isELF(std::span<const uint8_t> bytes);

/// The whole of an ELF file: a shared library for this architecture all of
/// whose headers and contents lie in the file. Errors: BadArtifact,
/// UnsupportedTarget.
Result<Success> checkSharedLibrary(std::span<const uint8_t> bytes);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_SHAREDLIBRARYCHECK_H
