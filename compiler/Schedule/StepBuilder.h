// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The walk over a contraction tree that makeSteps is.

#ifndef EINC_COMPILER_SCHEDULE_STEPBUILDER_H
#define EINC_COMPILER_SCHEDULE_STEPBUILDER_H

#include "compiler/Schedule/Buffers.h"
#include "compiler/Schedule/IntermediateLayout.h"
#include "compiler/Schedule/LabelLifetimes.h"
#include "compiler/Schedule/OpenProblem.h"
#include "compiler/Schedule/SplitSum.h"
#include "compiler/Schedule/StepWriter.h"

namespace einc {

class StepBuilder {
public:
  /// With open numbers the others are the example of `open`.
  StepBuilder(const ShapedEquation &equation, const ContractionTree &tree,
              const std::vector<TensorLayout> &operands,
              const TensorLayout &output, const StepOptions &options,
              OpenProblem *open = nullptr)
      : equation(equation), tree(tree), operandLayouts(operands),
        outputLayout(output), options(options), open(open),
        element(output.type), slots(equation.extents.size(), NoSlot) {
    if (open)
      openWorkspace.emplace(open->sizes);
  }

  Result<StepList> build();

private:
  /// An operand or an intermediate.
  struct Value {
    NormalizedTensor tensor;
    ElementType type = ElementType::F32;
    bool conjugate = false;
    uint32_t buffer = 0;
    /// Place in the workspace, of intermediates.
    bool isIntermediate = false;
    uint64_t offset = 0;
    int64_t bytes = 0;
    size_t place = 0; ///< in openWorkspace
  };

  Result<Success> addTensor(std::span<const LabelId> labels,
                            const TensorLayout &layout, const std::string &name,
                            NormalizedTensor &tensor, uint32_t &buffer);
  Result<Success> addArguments();
  void addEquations();
  void addFill(uint32_t plan, const Formula *condition = nullptr);
  Result<Success> addUnary(const Value &value, uint32_t plan);
  EincExpression workspaceBytes();
  Result<Success> checkMemory() const;

  // PairwiseSteps.cpp
  Result<Success> addPairwise(uint32_t s);
  Result<Success> sumAlone(Value &value, const Value &other,
                           std::span<const LabelId> kept, uint32_t plan);
  bool layOut(uint32_t s, std::span<StepLabel> labels,
              std::optional<IntermediateLayout> &layout) const;
  StepProblem problem(std::span<const StepLabel> labels, const Value *a,
                      const Value *b) const;
  Result<StepTarget> makeTarget(uint32_t s,
                                std::optional<IntermediateLayout> layout);
  KernelChoice choose(const StepProblem &problem);
  void mark(std::span<const LabelId> labels, uint32_t value);
  void mark(const NormalizedTensor &tensor, uint32_t value);

  // SplitSteps.cpp
  /// The kernel calls of a step: that of `choice`, or those of its parts.
  Result<Success> addStep(std::span<const StepLabel> labels,
                          const KernelChoice &choice, const Value *a,
                          const Value *b, const StepTarget &target);
  Result<Success> addSplit(std::span<const StepLabel> labels,
                           const SplitSum &split, const Value *a,
                           const Value *b, const StepTarget &target);

  std::vector<StepLabel> stepLabels(const NormalizedTensor *c, const Value *a,
                                    const Value *b);
  Result<Value> allocate(IntermediateLayout layout);
  void release(const Value &value);
  StepTarget outputTarget(uint32_t plan);
  StepTarget intermediateTarget(uint32_t plan, const Value &value);
  Diagnostic tooLarge(uint32_t plan) const;

  const ShapedEquation &equation;
  const ContractionTree &tree;
  const std::vector<TensorLayout> &operandLayouts;
  const TensorLayout &outputLayout;
  const StepOptions &options;
  OpenProblem *const open; ///< null: every number is known
  /// Of the output and of intermediates.
  const ElementType element;

  StepList list;
  StepWriter writer{list};
  WorkspaceAllocator workspace;
  std::optional<OpenWorkspace> openWorkspace;
  std::vector<Value> values;
  NormalizedTensor output;
  LabelLifetimes lifetimes;
  /// One entry a label: scratch of the passes over a step's labels.
  std::vector<uint32_t> slots;
  uint32_t outputBuffer = 0, scalarsBuffer = 0;
  uint32_t constantBuffer = NoSlot;
  /// Of operands and output, together.
  uint64_t operandBytes = 0, outputBytes = 0;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_STEPBUILDER_H
