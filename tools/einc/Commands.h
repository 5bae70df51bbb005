// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The subcommands. Each reports its own mistakes and returns the exit status.

#ifndef EINC_TOOLS_EINC_COMMANDS_H
#define EINC_TOOLS_EINC_COMMANDS_H

#include "tools/einc/CommandLine.h"

namespace einc {

int check(const CommandLine &line);
int plan(const CommandLine &line);
int run(const CommandLine &line);
int explain(const CommandLine &line);
int benchmark(const CommandLine &line);
int compileAhead(const CommandLine &line);
int cache(const CommandLine &line);
int completion(const CommandLine &line);
int manPage(const CommandLine &line);
/// `einc run` of a file that `einc compile` made.
int runProgram(const CommandLine &line);
int verifyProgram(const CommandLine &line);
int dumpProgram(const CommandLine &line);

} // namespace einc

#endif // EINC_TOOLS_EINC_COMMANDS_H
