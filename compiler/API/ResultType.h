// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which type a result has.

#ifndef EINC_COMPILER_API_RESULTTYPE_H
#define EINC_COMPILER_API_RESULTTYPE_H

#include "compiler/Support/Result.h"
#include "einc/ElementType.h"

#include <span>

namespace einc {

/// What all operands promote to, or `accumulate` where it is given. Error:
/// UnsupportedType for an `accumulate` that is not I32 or I64, or operands
/// that are not of integer types or bool and no wider.
Result<ElementType> resultType(std::span<const ElementType> operands,
                               std::optional<ElementType> accumulate);

} // namespace einc

#endif // EINC_COMPILER_API_RESULTTYPE_H
