// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Contraction tree -> step list: each pairwise step normalised, classified,
/// scheduled and turned into kernel calls over buffers.

#ifndef EINC_COMPILER_SCHEDULE_STEPS_H
#define EINC_COMPILER_SCHEDULE_STEPS_H

#include "compiler/Planner/ContractionTree.h"
#include "compiler/Schedule/Schedule.h"
#include "einc-c/Artifact.h"

#include <memory>

namespace einc {

/// Type and layout of a tensor; strides in elements, any sign, 0 allowed.
struct TensorLayout {
  ElementType type = ElementType::F32;
  Shape extents;
  std::vector<int64_t> strides;
  /// Read as the complex conjugate; operands of complex types only.
  bool conjugate = false;

  /// Dense, row-major.
  static TensorLayout rowMajor(ElementType type, Shape extents);
};

/// An expression's steps before its kernels exist: the artifact's arrays, with
/// EincStep::kernel an index into `schedules`.
struct StepList {
  std::vector<Schedule> schedules; ///< distinct
  std::vector<EincToken> tokens;
  std::vector<EincBuffer> buffers;
  std::vector<EincPointer> pointers;
  std::vector<EincExpression> params;
  std::vector<EincStep> steps;
  EincExpression workspaceBytes = {0, 0};
  uint32_t numCounters = 0;
  /// Open extents in the equation's order, then perhaps strides.
  uint32_t numOpenNumbers = 0;
  /// What the schedules were chosen for.
  std::vector<int64_t> openExamples;
  /// What {1, 0} constants point to; kept alive with the list.
  std::vector<std::shared_ptr<const void>> constants;
  /// For printing. Equation of each plan step, as it runs: "jk,kl->jl".
  std::vector<std::string> planSteps;
  /// For printing. Label groups of each step, outermost loop first, folded
  /// labels together: "m(i=64) n(j=512) k(kl=32)".
  std::vector<std::string> groups;
};

struct StepOptions {
  Machine machine;
  /// Operands, output and workspace together; 0: unlimited. Not of steps with
  /// open numbers, which need what a call makes them.
  uint64_t maxMemoryBytes = 0;
  /// The strides of operands and output are open numbers too, after the open
  /// extents: those of operand 0, ..., of the output; layouts have no strides.
  bool openStrides = false;
};

/// Arguments are the operands in order, then the output, to whose type all of
/// theirs promote; {alpha, beta} are of its compute type. `tree` must pass
/// checkTree; one operand needs no steps. Buffers: the arguments, {alpha,
/// beta}, then constants and workspace.
///
/// Open extents of the equation are open numbers of the steps, in its order;
/// `operands` and `output` have the extents it plans for there, and are dense
/// and row-major if any of theirs is open. The steps are right for all open
/// extents from 0 on. Errors: Limit (more memory than
/// allowed, a tensor of 2^63 bytes or more), UnsupportedType, InvalidArgument
/// (a layout that does not fit the equation).
Result<StepList> makeSteps(const ShapedEquation &equation,
                           const ContractionTree &tree,
                           const std::vector<TensorLayout> &operands,
                           const TensorLayout &output,
                           const StepOptions &options);

/// One line a step: plan step, kernel, grains, pointers, params; loops indent.
std::string printSteps(const StepList &list);

/// The same of an artifact that passed runtime::checkArtifact.
std::string printSteps(const EincArtifact &artifact);

/// "(e0 * 4)": open numbers are e0, e1, ..., loop counters c0, c1, ...
std::string printExpression(const EincArtifact &artifact,
                            EincExpression expression);

/// One line a step: its equation, label groups with extents, schedule text.
std::string printSchedules(const StepList &list);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_STEPS_H
