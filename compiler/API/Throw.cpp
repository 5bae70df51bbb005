// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/Throw.h"

using namespace einc;

void einc::throwError(const Diagnostic &diagnostic) {
  throw Error(diagnostic.kind, diagnostic.message, diagnostic.positions,
              diagnostic.render());
}

void einc::throwError(ErrorKind kind, std::string message, std::string note) {
  Diagnostic diagnostic;
  diagnostic.kind = kind;
  diagnostic.message = std::move(message);
  if (!note.empty())
    diagnostic.notes.push_back(std::move(note));
  throwError(diagnostic);
}
