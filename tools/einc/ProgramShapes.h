// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The extents of one call of a compiled program.

#ifndef EINC_TOOLS_EINC_PROGRAMSHAPES_H
#define EINC_TOOLS_EINC_PROGRAMSHAPES_H

#include "tools/einc/CommandLine.h"
#include "tools/einc/ProgramLabels.h"

namespace einc {

/// Open numbers from the shapes that operands have.
class ProgramShapes {
public:
  explicit ProgramShapes(const ProgramLabels &labels);

  /// Errors: RankMismatch, ExtentMismatch.
  Result<Success> add(uint32_t operand, const Shape &shape);
  /// From --shapes or --dims, if one is there. Errors: InvalidArgument, those
  /// of the lists and of add().
  Result<Success> addGiven(const CommandLine &line);
  /// What the program was planned for, for all that is not known yet.
  void addHints();

  /// Of an argument, once all is known.
  Shape shape(uint32_t argument) const;
  /// -1: not known, or a stride.
  std::vector<int64_t> numbers;

private:
  Result<Success> addDims(const std::string &text);

  const ProgramLabels &labels;
  /// The operand that gave a number first.
  std::vector<uint32_t> givers;
};

} // namespace einc

#endif // EINC_TOOLS_EINC_PROGRAMSHAPES_H
