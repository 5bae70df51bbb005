// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Names that generated headers may declare.

#ifndef EINC_COMPILER_DRIVER_CIDENTIFIER_H
#define EINC_COMPILER_DRIVER_CIDENTIFIER_H

#include <string_view>

namespace einc {

/// Whether `name` is an identifier of C11 and of C++ that a program may use:
/// ASCII, no keyword of either, not reserved ("_A", "a__b"), at most 200 bytes.
bool isCIdentifier(std::string_view name);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_CIDENTIFIER_H
