// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the parser says about a string it refuses. Each function describes one
/// mistake at `byte`: what stands there, what would be right, and a guess at
/// what was meant.

#ifndef EINC_COMPILER_FRONTEND_EQUATIONERRORS_H
#define EINC_COMPILER_FRONTEND_EQUATIONERRORS_H

#include "compiler/Frontend/Equation.h"

namespace einc {

/// Which rules hold at the place of a mistake.
struct SyntaxContext {
  bool named;
  bool inOutput;
};

Diagnostic syntaxError(std::string_view text, size_t byte, std::string message);

/// A character that is no label and has no meaning in an equation.
Diagnostic unexpectedCharacter(std::string_view text, size_t byte,
                               SyntaxContext context);

/// A '-' that is not followed by '>'.
Diagnostic brokenArrow(std::string_view text, size_t byte,
                       SyntaxContext context);

/// Dots that are not three in a row.
Diagnostic strayDots(std::string_view text, size_t byte);

/// `found` stands where only a separator may.
Diagnostic afterGroup(std::string_view text, size_t byte,
                      std::string_view found);

/// The output label at `axes[index]` is in no input.
Diagnostic unknownOutputLabel(const Equation &equation, uint32_t index);

/// Adds a note if some label looks like an arrow, a comma, an ellipsis, a
/// parenthesis or a space, for such an equation rarely means what it says.
void noteLookalikes(const Equation &equation, Diagnostic &diagnostic);

/// "label 'k'", or "label 3" in the interleaved form.
std::string labelName(const Equation &equation, LabelId label);

} // namespace einc

#endif // EINC_COMPILER_FRONTEND_EQUATIONERRORS_H
