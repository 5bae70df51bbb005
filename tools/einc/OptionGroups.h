// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Options that several subcommands share, by what they are about.

#ifndef EINC_TOOLS_EINC_OPTIONGROUPS_H
#define EINC_TOOLS_EINC_OPTIONGROUPS_H

#include "tools/einc/Declarations.h"

namespace einc {

/// EQUATION, --shapes, --dims and --json.
void declareEquationAndShapes(CommandDeclaration &command, CommandLine &line);
/// --network, and how the order of contraction is found.
void declarePlanning(CommandDeclaration &command, CommandLine &line);
/// Types, processor, threads, memory.
void declareTyping(CommandDeclaration &command, CommandLine &line);
/// --emit, --output, --no-cache.
void declareEmitting(CommandDeclaration &command, CommandLine &line);
/// Where operands come from, and what is done beside running.
void declareRunning(CommandDeclaration &command, CommandLine &line);
/// What a compiled program is called with by `einc verify`.
void declareProgramCall(CommandDeclaration &command, CommandLine &line);
/// What `einc compile` makes, for which processors.
void declareCompiling(CommandDeclaration &command, CommandLine &line);
void declareBenching(CommandDeclaration &command, CommandLine &line);
void declareCaching(CommandDeclaration &command, CommandLine &line);

} // namespace einc

#endif // EINC_TOOLS_EINC_OPTIONGROUPS_H
