// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The einc program. Nothing escapes from here: an exception is an internal
/// error with a message and a status of its own.

#include "tools/einc/Commands.h"
#include "tools/einc/Report.h"

#include <exception>
#include <new>

using namespace einc;

static int dispatch(int argc, const char *const *argv) {
  auto line = parseCommandLine(argc, argv);
  if (const int *status = std::get_if<int>(&line))
    return *status;
  const CommandLine &parsed = std::get<CommandLine>(line);
  switch (parsed.command) {
  case Command::Check:
    return check(parsed);
  case Command::Plan:
    return plan(parsed);
  case Command::Run:
    return parsed.runsProgram() ? runProgram(parsed) : run(parsed);
  case Command::Explain:
    return explain(parsed);
  case Command::Bench:
    return benchmark(parsed);
  case Command::Compile:
    return compileAhead(parsed);
  case Command::Cache:
    return cache(parsed);
  case Command::Verify:
    return verifyProgram(parsed);
  case Command::Completion:
    return completion(parsed);
  case Command::ManPage:
    return manPage(parsed);
  case Command::Dump:
    return dumpProgram(parsed);
  }
  return ExitInternal;
}

static bool wantsJSON(int argc, const char *const *argv) {
  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]) == "--json")
      return true;
  return false;
}

int main(int argc, char **argv) {
  int status = ExitInternal;
  try {
    status = dispatch(argc, argv);
  } catch (const std::bad_alloc &) {
    status = reportError(
        {.kind = ErrorKind::OutOfMemory, .message = "out of memory"},
        wantsJSON(argc, argv));
  } catch (const std::exception &exception) {
    status = reportError(
        {.kind = ErrorKind::Internal,
         .message = std::string("unexpected failure: ") + exception.what()},
        wantsJSON(argc, argv));
  }
  return finishOutput(status);
}
