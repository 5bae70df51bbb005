// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Texts that lie in files or come from standard input.

#ifndef EINC_TOOLS_EINC_INPUT_H
#define EINC_TOOLS_EINC_INPUT_H

#include "compiler/Support/Result.h"

#include <string>

namespace einc {

/// The whole of a file, "-" being standard input. Errors: IO; Limit above
/// 256 MiB.
Result<std::string> readText(const std::string &path);

/// The text of an argument: what FILE holds for "@FILE", standard input for
/// "-", else the argument itself. One line end at the end of a file is not
/// part of the text.
Result<std::string> readArgument(const std::string &argument);

} // namespace einc

#endif // EINC_TOOLS_EINC_INPUT_H
