// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Results, mistakes, colours and exit codes.

#include "tools/einc/Report.h"

#include "compiler/Support/Printable.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace einc {

void printResult(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

int finishOutput(int status) {
  if (std::fflush(stdout) == 0 && !std::ferror(stdout))
    return status;
  std::fprintf(stderr, "error: cannot write to standard output: %s\n",
               std::strerror(errno));
  return status == ExitOk ? ExitIO : status;
}

ExitCode exitCodeOf(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::Limit:
  case ErrorKind::OutOfMemory:
    return ExitLimit;
  case ErrorKind::IO:
    return ExitIO;
  case ErrorKind::Internal:
    return ExitInternal;
  default:
    return ExitBadInput;
  }
}

/// Writes to standard error.
static void printMessage(std::string text) {
  if (useColor())
    text = colorize(text);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int reportError(const Diagnostic &error, bool json) {
  if (!json) {
    printMessage(error.render());
    return exitCodeOf(error.kind);
  }
  nlohmann::ordered_json codePoints = nlohmann::ordered_json::array();
  nlohmann::ordered_json bytes = nlohmann::ordered_json::array();
  for (const Position &position : error.positions) {
    codePoints.push_back(position.codePoint);
    bytes.push_back(position.byte);
  }
  nlohmann::ordered_json object = {{"outcome", kindName(error.kind)},
                                   {"position", std::move(codePoints)},
                                   {"position_bytes", std::move(bytes)},
                                   {"message", error.message},
                                   {"notes", error.notes}};
  // Messages may quote bytes of the input that are no UTF-8.
  printResult(object.dump(-1, ' ', false,
                          nlohmann::ordered_json::error_handler_t::replace) +
              "\n");
  return exitCodeOf(error.kind);
}

void reportWarning(std::string_view message) {
  printMessage("warning: " + printable(message) + "\n");
}

int reportUsage(std::string_view message, bool json) {
  if (json) {
    nlohmann::ordered_json object = {
        {"outcome", "usage"},
        {"position", nlohmann::ordered_json::array()},
        {"position_bytes", nlohmann::ordered_json::array()},
        {"message", message},
        {"notes", nlohmann::ordered_json::array()}};
    printResult(object.dump(-1, ' ', false,
                            nlohmann::ordered_json::error_handler_t::replace) +
                "\n");
    return ExitUsage;
  }
  printMessage("error: " + printable(message) + "\n" +
               "note: see 'einc --help' and 'einc COMMAND --help'\n");
  return ExitUsage;
}

std::string colorize(std::string_view rendered) {
  std::string text;
  while (!rendered.empty()) {
    size_t end = std::min(rendered.find('\n'), rendered.size() - 1);
    std::string_view line = rendered.substr(0, end + 1);
    rendered.remove_prefix(end + 1);
    if (line.starts_with("error:"))
      text += "\033[1;31merror:\033[0m";
    else if (line.starts_with("warning:"))
      text += "\033[1;35mwarning:\033[0m";
    else if (line.starts_with("note:"))
      text += "\033[1;36mnote:\033[0m";
    else {
      text += line;
      continue;
    }
    text += line.substr(line.find(':') + 1);
  }
  return text;
}

bool useColor() {
  const char *noColor = std::getenv("NO_COLOR");
  const char *terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) && !(noColor && *noColor) &&
         !(terminal && std::strcmp(terminal, "dumb") == 0);
}

} // namespace einc
