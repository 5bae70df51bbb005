// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einsum-plan: one einsum.contract in, the steps of its plan out.

#include "compiler/IR/BindTypes.h"
#include "compiler/IR/Einsum.h"
#include "compiler/Passes/Passes.h"
#include "compiler/Passes/StepText.h"
#include "compiler/Planner/Search.h"
#include "compiler/Planner/TreeWalk.h"

#include "mlir/IR/Builders.h"

namespace einc::ir {
#define GEN_PASS_DEF_EINSUMPLAN
#include "compiler/Passes/Passes.h.inc"
} // namespace einc::ir

using namespace einc;
using namespace einc::ir;
using namespace mlir;

namespace {

class PlanPass : public ir::impl::EinsumPlanBase<PlanPass> {
public:
  using EinsumPlanBase::EinsumPlanBase;
  void runOnOperation() override;

private:
  LogicalResult plan(ContractOp op);
};

} // namespace

/// The type of a step's result, for the types its operands have.
static RankedTensorType stepType(StringRef equation, ValueRange inputs) {
  Result<TypedEquation> bound = bindTypes(equation, inputs.getTypes());
  if (!bound)
    return nullptr;
  Type first = inputs.front().getType();
  return RankedTensorType::get(bound->shaped.outputShape,
                               cast<RankedTensorType>(first).getElementType());
}

LogicalResult PlanPass::plan(ContractOp op) {
  Result<TypedEquation> bound =
      bindTypes(op.getEquation(), op.getInputs().getTypes());
  if (!bound)
    return op.emitError(bound.error().message);
  ShapedEquation &shaped = bound->shaped;
  for (int64_t &extent : shaped.extents)
    if (ShapedType::isDynamic(extent))
      extent = dynamicExtent;

  Network network = Network::fromEquation(shaped);
  SearchOptions options;
  options.method = optimize;
  options.seed = seed;
  Result<ContractionTree> tree = findTree(network, options);
  if (!tree)
    return op.emitError(tree.error().message);

  OpBuilder builder(op);
  if (network.numOperands() == 1) {
    auto step = PairwiseOp::create(builder, op.getLoc(), op.getType(),
                                   unaryText(network), op.getInputs(), nullptr,
                                   nullptr);
    op.replaceAllUsesWith(step.getResult());
    op.erase();
    return success();
  }
  SmallVector<Value> values(op.getInputs());
  values.reserve(2 * values.size());
  for (TreeWalk walk(network, *tree); walk.next();) {
    const PairwiseStep &step = walk.step();
    const bool last = walk.index() + 2 == network.numOperands();
    std::string equation = stepText(network, step, walk.index());
    Value inputs[] = {values[step.lhs], values[step.rhs]};
    RankedTensorType type = last ? op.getType() : stepType(equation, inputs);
    if (!type)
      return op.emitError("the step ") << equation << " has no type";
    values.push_back(PairwiseOp::create(builder, op.getLoc(), type, equation,
                                        inputs,
                                        builder.getF64FloatAttr(step.flops),
                                        builder.getF64FloatAttr(step.size)));
  }
  op.replaceAllUsesWith(values.back());
  op.erase();
  return success();
}

void PlanPass::runOnOperation() {
  if (dynamicExtent < 1) {
    getOperation()->emitError("dynamic-extent must be 1 or more");
    return signalPassFailure();
  }
  SmallVector<ContractOp> ops;
  getOperation()->walk([&](ContractOp op) { ops.push_back(op); });
  for (ContractOp op : ops)
    if (failed(plan(op)))
      return signalPassFailure();
}
