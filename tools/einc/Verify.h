// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// --verify: the result beside that of the naive formula.

#ifndef EINC_TOOLS_EINC_VERIFY_H
#define EINC_TOOLS_EINC_VERIFY_H

#include "compiler/Reference/Reference.h"
#include "tools/einc/TensorData.h"

namespace einc {

/// Errors: Limit if the naive formula would take too long.
Result<Comparison> verify(const ShapedEquation &equation,
                          const ContractionTree &tree,
                          const std::vector<TensorData> &operands,
                          const TensorData &output);

/// "max error 1.2e-07, bound 4.8e-06: ok", or where it is wrong.
std::string describe(const Comparison &comparison, const Shape &shape);

} // namespace einc

#endif // EINC_TOOLS_EINC_VERIFY_H
