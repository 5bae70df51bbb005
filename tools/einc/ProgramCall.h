// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What a compiled program is called with: tensors that fit it, and the open
/// numbers that follow from them.

#ifndef EINC_TOOLS_EINC_PROGRAMCALL_H
#define EINC_TOOLS_EINC_PROGRAMCALL_H

#include "tools/einc/Preparation.h"
#include "tools/einc/ProgramLabels.h"

namespace einc {

struct ProgramCall {
  Tensors tensors;
  std::vector<int64_t> openNumbers;
  /// Of the operands.
  std::vector<Shape> shapes;

  /// Operands from the files of the command line; else random ones of the
  /// shapes it gives, or of the program's own. Open extents that nobody gives
  /// are what the program was planned for. Errors: InvalidArgument,
  /// RankMismatch and ExtentMismatch, which name operand, axis and label; those
  /// of NpyFile::open; Limit.
  static Result<ProgramCall> make(const CommandLine &line,
                                  const ProgramLabels &labels);
};

} // namespace einc

#endif // EINC_TOOLS_EINC_PROGRAMCALL_H
