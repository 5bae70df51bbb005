// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What identifies a kernel's code in every cache.

#ifndef EINC_COMPILER_DRIVER_KERNELKEY_H
#define EINC_COMPILER_DRIVER_KERNELKEY_H

#include "compiler/Schedule/Schedule.h"
#include "compiler/Support/SHA256.h"

namespace einc {

/// The SHA-256 of schedule text, target text, LLVM version and build id. That
/// is all that decides what code comes out: a schedule's text names its types,
/// a target's text the instruction sets that may be used.
using KernelKey = SHA256Digest;

/// The key in this build.
KernelKey kernelKey(std::string_view schedule, const Target &target);

/// The key in any build. No text holds a newline.
KernelKey kernelKey(std::string_view schedule, std::string_view target,
                    std::string_view llvmVersion, std::string_view buildId);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_KERNELKEY_H
