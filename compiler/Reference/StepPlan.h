// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The loop nests that evaluate an equation: one over all labels, or one for
/// each step of a contraction tree, and how many terms each sums.

#ifndef EINC_COMPILER_REFERENCE_STEPPLAN_H
#define EINC_COMPILER_REFERENCE_STEPPLAN_H

#include "compiler/Planner/ContractionTree.h"

namespace einc::reference {

/// result[resultLabels] = sum over the other labels of the product of values.
struct PlannedStep {
  std::vector<uint32_t> values; ///< numbered as in ContractionTree
  std::vector<LabelId> labels;  ///< distinct, without those of extent 1
  std::vector<LabelId> resultLabels;
  double iterations = 1; ///< product of the extents of `labels`
  double size = 1;       ///< elements of the result
  double summed = 1;     ///< product of the extents of those not in the result
};

/// Limit: "the reference would take 3e+10 iterations, more than ...".
Diagnostic exceedsLimit(double needed, const char *what, double limit);

/// One step over all operands.
PlannedStep planDirect(const ShapedEquation &equation);

/// The steps of `tree`. A label leaves after the last step that has it, unless
/// the output does. Errors: InvalidArgument for a tree that does not use every
/// value exactly once, Limit if the steps have more iterations together.
Result<std::vector<PlannedStep>> planSteps(const ShapedEquation &equation,
                                           const ContractionTree &tree,
                                           double maxIterations);

} // namespace einc::reference

#endif // EINC_COMPILER_REFERENCE_STEPPLAN_H
