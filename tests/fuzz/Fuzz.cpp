// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/fuzz/Fuzz.h"

#include "compiler/Support/Unicode.h"

#include <cstdio>
#include <cstdlib>

using namespace einc;

void fuzz::require(bool holds, const char *what) {
  if (holds)
    return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

std::string_view fuzz::takeLastLine(std::string_view &text) {
  size_t end = text.rfind('\n');
  if (end == text.npos)
    return {};
  std::string_view line = text.substr(end + 1);
  text = text.substr(0, end);
  return line;
}

void fuzz::checkDiagnostic(const Diagnostic &error, std::string_view text) {
  require(!error.message.empty(), "an error has a message");
  require(error.message.find('\n') == std::string::npos,
          "a message is one line");
  size_t previous = 0;
  for (const Position &position : error.positions) {
    require(position.byte <= text.size(), "a place lies in the text");
    require(previous <= position.byte, "places ascend");
    require(position.codePoint ==
                countCodePoints(text.substr(0, position.byte)),
            "bytes and code points agree");
    previous = position.byte;
  }
  require(error.positions.empty() == error.excerpt.empty(),
          "an excerpt for every place");
  std::string rendered = error.render();
  require(rendered.starts_with("error: ") && rendered.ends_with('\n'),
          "an error can be shown");
}
