// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Planned steps, one loop nest after the other.

#ifndef EINC_COMPILER_REFERENCE_EVALUATE_H
#define EINC_COMPILER_REFERENCE_EVALUATE_H

#include "compiler/Reference/Reference.h"
#include "compiler/Reference/StepPlan.h"

namespace einc::reference {

/// What to evaluate: checked, without an extent of 0.
struct Evaluation {
  const ShapedEquation &equation;
  std::span<const ReferenceTensor> operands;
  std::span<const PlannedStep> steps;
  /// Those that absolute values take: their intermediates are rounded as the
  /// checked result's are. None: no magnitudes are wanted.
  std::span<const PlannedStep> magnitudeSteps;
};

/// Sets values, or integers, and magnitudes of `result`, whose type is set.
void evaluate(const Evaluation &evaluation, ReferenceResult &result);

/// Bytes of a number that `type` is computed in.
double numberBytes(ElementType type);

} // namespace einc::reference

#endif // EINC_COMPILER_REFERENCE_EVALUATE_H
