// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The operands of `einc run`: from .npy files, or random.

#ifndef EINC_TOOLS_EINC_OPERANDS_H
#define EINC_TOOLS_EINC_OPERANDS_H

#include "tools/einc/CommandLine.h"
#include "tools/einc/Npy.h"
#include "tools/einc/Problem.h"

namespace einc {

/// Operands whose layouts are known and whose elements are not there yet.
class Operands {
public:
  /// Opens the files, or takes the shapes that `problem` has. With files,
  /// `problem` gets its shapes from them. Errors: those of NpyFile::open,
  /// inferShapes and resultType; InvalidArgument for options that name more,
  /// fewer or other operands than there are.
  static Result<Operands> open(const CommandLine &line, Problem &problem);

  const std::vector<TensorLayout> &layouts() const { return allLayouts; }
  ElementType resultType() const { return type; }

  /// Reads or makes up the elements. Errors: IO, OutOfMemory.
  Result<std::vector<TensorData>> load() &&;

private:
  std::vector<NpyFile> files;
  std::vector<TensorLayout> allLayouts;
  ElementType type = ElementType::F32;
  uint64_t seed = 0;
};

} // namespace einc

#endif // EINC_TOOLS_EINC_OPERANDS_H
