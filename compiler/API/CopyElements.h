// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Copies a view's elements to dense row-major memory.

#ifndef EINC_COMPILER_API_COPYELEMENTS_H
#define EINC_COMPILER_API_COPYELEMENTS_H

#include "einc/TensorView.h"

namespace einc {

/// `out` has room for `view.size()` elements of type `type`, to which they are
/// converted as convertNumber does.
void copyElements(const TensorView &view, ElementType type, void *out);

} // namespace einc

#endif // EINC_COMPILER_API_COPYELEMENTS_H
