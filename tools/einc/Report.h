// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How the program speaks: results on standard output, everything else on
/// standard error, mistakes as text or JSON.

#ifndef EINC_TOOLS_EINC_REPORT_H
#define EINC_TOOLS_EINC_REPORT_H

#include "compiler/Support/Diagnostic.h"
#include "tools/einc/CommandLine.h"

#include <string_view>

namespace einc {

/// Writes a result; flushed and checked by finishOutput().
void printResult(std::string_view text);

/// Returns `status`, or ExitIO after a message if standard output could not
/// take what was written.
int finishOutput(int status);

/// The exit status that a kind of mistake leads to.
ExitCode exitCodeOf(ErrorKind kind);

/// Shows a mistake: with `json` as one line on standard output, else as text
/// on standard error. Returns its exit status.
int reportError(const Diagnostic &error, bool json);

/// The same for a mistake in the use of the program.
int reportUsage(std::string_view message, bool json);

/// One line, "warning: ...", on standard error: the result is what it would be
/// without what the message is about.
void reportWarning(std::string_view message);

/// `error: ...`, `warning: ...` and `note: ...` in colours. Only for terminals.
std::string colorize(std::string_view rendered);

/// Whether standard error is a terminal that may be coloured.
bool useColor();

} // namespace einc

#endif // EINC_TOOLS_EINC_REPORT_H
