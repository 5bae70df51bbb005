// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The runtime's way of failing in the compiler's terms.

#ifndef EINC_COMPILER_DRIVER_STATUSDIAGNOSTIC_H
#define EINC_COMPILER_DRIVER_STATUSDIAGNOSTIC_H

#include "compiler/Support/Diagnostic.h"
#include "runtime/Status.h"

namespace einc {

/// `status` must not be ok.
Diagnostic toDiagnostic(const runtime::Status &status);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_STATUSDIAGNOSTIC_H
