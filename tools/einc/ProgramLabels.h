// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the parts of a compiled program are called, for messages.

#ifndef EINC_TOOLS_EINC_PROGRAMLABELS_H
#define EINC_TOOLS_EINC_PROGRAMLABELS_H

#include "compiler/Frontend/Equation.h"
#include "compiler/Frontend/ShapeInference.h"
#include "einc-c/Artifact.h"

#include <optional>

namespace einc {

/// Of a checked program, which must outlive it.
class ProgramLabels {
public:
  /// Error: BadArtifact if its equation is none, or has other operands.
  static Result<ProgramLabels> read(const EincProgram &program);

  const EincProgram &program() const { return *owner; }
  /// All variants have the same arguments.
  const EincArtifact &artifact() const { return *owner->variants[0].artifact; }
  const Equation &equation() const { return parsed; }
  uint32_t numOperands() const { return artifact().numArguments - 1; }

  /// "operand 0 ('A')", "the output ('C')".
  std::string argument(uint32_t number) const;
  /// "label 'j'", or "..." under an ellipsis.
  std::string label(uint32_t argument, uint32_t axis) const;
  /// "(3, n, 4)": open extents by name.
  std::string shape(uint32_t argument) const;

private:
  const EincProgram *owner = nullptr;
  Equation parsed;
};

} // namespace einc

#endif // EINC_TOOLS_EINC_PROGRAMLABELS_H
