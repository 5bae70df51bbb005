// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which options go together.

#ifndef EINC_TOOLS_EINC_CONFLICTS_H
#define EINC_TOOLS_EINC_CONFLICTS_H

#include "tools/einc/CommandLine.h"

namespace einc {

/// What is missing or does not go together, as a message; empty if nothing.
std::string findConflict(const CommandLine &line);

} // namespace einc

#endif // EINC_TOOLS_EINC_CONFLICTS_H
