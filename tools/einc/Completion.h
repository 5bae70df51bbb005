// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Scripts that teach shells the subcommands and options.

#ifndef EINC_TOOLS_EINC_COMPLETION_H
#define EINC_TOOLS_EINC_COMPLETION_H

#include "tools/einc/Declarations.h"

namespace einc {

std::string bashCompletion(const std::vector<CommandDeclaration> &commands);
std::string zshCompletion(const std::vector<CommandDeclaration> &commands);
std::string fishCompletion(const std::vector<CommandDeclaration> &commands);

} // namespace einc

#endif // EINC_TOOLS_EINC_COMPLETION_H
