// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The equation and shapes that a command line names.

#ifndef EINC_TOOLS_EINC_PROBLEM_H
#define EINC_TOOLS_EINC_PROBLEM_H

#include "compiler/Frontend/ShapeInference.h"
#include "compiler/Planner/Search.h"
#include "tools/einc/CommandLine.h"

#include <optional>

namespace einc {

struct Problem {
  /// Absent for a network file.
  std::optional<Equation> equation;
  /// Absent for `einc check` without shapes, and until readShapes() for files.
  std::optional<ShapedEquation> shaped;
  std::vector<Shape> shapes;

  /// The equation for people: canonical, at most 60 characters of it.
  std::string equationText() const;
};

/// Reads equation, shapes, dims or network file, as far as they are given.
Result<Problem> readProblem(const CommandLine &line);

/// The options of the search that the command line asks for.
SearchOptions searchOptions(const CommandLine &line);

} // namespace einc

#endif // EINC_TOOLS_EINC_PROBLEM_H
