// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Results for people.

#ifndef EINC_TOOLS_EINC_TENSORTEXT_H
#define EINC_TOOLS_EINC_TENSORTEXT_H

#include "tools/einc/TensorData.h"

namespace einc {

/// The tensor as numpy prints it, with a newline.
std::string tensorText(const TensorData &tensor);

} // namespace einc

#endif // EINC_TOOLS_EINC_TENSORTEXT_H
