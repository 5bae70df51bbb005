// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Spells the equations of a plan.

#ifndef EINC_COMPILER_PLANNER_STEPEQUATION_H
#define EINC_COMPILER_PLANNER_STEPEQUATION_H

#include "compiler/Planner/ContractionTree.h"

namespace einc {

/// Writes terms with the names of a network's labels: `jk,kl->jl`, or with
/// spaces between names where the network has names of several characters:
/// `batch dim,dim->batch`. The axes under an ellipsis are `...` again.
/// Operands and output are written as the user did, intermediates with their
/// labels in order of number.
class EquationSpelling {
public:
  explicit EquationSpelling(const Network &network);

  /// The whole equation.
  std::string equation() const;
  /// Step `index` of a tree; its result is the output if it is the last one.
  std::string step(const PairwiseStep &step, size_t index) const;

private:
  std::string term(std::span<const LabelId> labels) const;
  std::string operand(uint32_t value, std::span<const LabelId> labels) const;

  const Network &network;
  /// Every name is one letter.
  bool compact = true;
};

} // namespace einc

#endif // EINC_COMPILER_PLANNER_STEPEQUATION_H
