// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Scalars from and to elements, and alpha and beta of a run.

#ifndef EINC_COMPILER_API_SCALARS_H
#define EINC_COMPILER_API_SCALARS_H

#include "einc/Element.h"
#include "einc/Scalar.h"

#include <string>

namespace einc {

/// The element at an address, or its conjugate.
Scalar loadScalar(const void *address, ElementType type, bool conjugate);

/// Converts as convertNumber does. Throws InvalidArgument for a complex number
/// and a type that is not.
void storeScalar(const Scalar &value, ElementType type, void *address);

/// {alpha, beta} as kernels read them.
struct ScalarPair {
  alignas(16) unsigned char bytes[32];
};

/// `result`: the type of the result; the pair is of its compute type. Throws
/// InvalidArgument for a number that the result's type cannot hold.
ScalarPair makeScalarPair(ElementType result, const Scalar &alpha,
                          const Scalar &beta);

/// As numpy prints a scalar: "3", "0.5", "(1+2j)".
std::string scalarText(const Scalar &value);

} // namespace einc

#endif // EINC_COMPILER_API_SCALARS_H
