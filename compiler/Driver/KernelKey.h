// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What identifies a kernel's code in every cache.

#ifndef EINC_COMPILER_DRIVER_KERNELKEY_H
#define EINC_COMPILER_DRIVER_KERNELKEY_H

#include "compiler/Schedule/Schedule.h"
#include "compiler/Support/SHA256.h"

namespace einc {

/// The SHA-256 of schedule text, target text, LLVM version and build id.
using KernelKey = SHA256Digest;

KernelKey kernelKey(std::string_view schedule, const Target &target);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_KERNELKEY_H
