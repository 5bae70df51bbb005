// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einsum-to-linalg: each step becomes a linalg operation over the loops of its
/// labels, those of the output first.

#include "compiler/IR/BindTypes.h"
#include "compiler/IR/Einsum.h"
#include "compiler/Passes/LinalgBuilder.h"
#include "compiler/Passes/Passes.h"

namespace einc::ir {
#define GEN_PASS_DEF_EINSUMTOLINALG
#include "compiler/Passes/Passes.h.inc"
} // namespace einc::ir

using namespace einc;
using namespace einc::ir;
using namespace mlir;

namespace {

class ToLinalgPass : public ir::impl::EinsumToLinalgBase<ToLinalgPass> {
public:
  using EinsumToLinalgBase::EinsumToLinalgBase;
  void getDependentDialects(DialectRegistry &registry) const override {
    LinalgBuilder::insertDialects(registry);
  }
  void runOnOperation() override;
};

/// Lowers one operation of one operand or two.
class Lowering {
public:
  Lowering(LinalgBuilder &build, const TypedEquation &bound)
      : build(build), shaped(bound.shaped) {}

  Value lower(ValueRange inputs);

private:
  void addTerm(Value value, std::span<const LabelId> labels);
  void numberLoops();
  OpFoldResult extentOf(LabelId label);
  Value repeatLabels(Value value);

  LinalgBuilder &build;
  const ShapedEquation &shaped;
  /// Operands without the axes they broadcast along.
  SmallVector<LinalgTerm> terms;
  /// Labels of the loops: those of the output, each once, then the summed.
  SmallVector<LabelId> loops;
  size_t numOutputLoops = 0;
};

} // namespace

/// Adds an operand. Axes of extent 1 whose label is larger elsewhere go.
void Lowering::addTerm(Value value, std::span<const LabelId> labels) {
  llvm::ArrayRef<int64_t> shape =
      cast<RankedTensorType>(value.getType()).getShape();
  SmallVector<unsigned> dropped;
  LinalgTerm term;
  for (auto [axis, label] : llvm::enumerate(labels)) {
    if (shape[axis] == 1 && shaped.extents[label] != 1)
      dropped.push_back(axis);
    else
      term.labels.push_back(label);
  }
  term.value = dropped.empty() ? value : build.dropUnitAxes(value, dropped);
  terms.push_back(std::move(term));
}

void Lowering::numberLoops() {
  auto add = [&](LabelId label) {
    if (!llvm::is_contained(loops, label))
      loops.push_back(label);
  };
  llvm::for_each(shaped.outputLabels, add);
  numOutputLoops = loops.size();
  for (const LinalgTerm &term : terms)
    llvm::for_each(term.labels, add);
}

/// A number, or the extent of an axis that has the label.
OpFoldResult Lowering::extentOf(LabelId label) {
  if (!ShapedType::isDynamic(shaped.extents[label]))
    return build.index(shaped.extents[label]);
  for (const LinalgTerm &term : terms)
    for (auto [axis, other] : llvm::enumerate(term.labels))
      if (other == label)
        return build.extent(term.value, axis);
  llvm_unreachable("a dynamic label stands in some operand");
}

/// `value` has each label of the output once; labels that stand there again
/// make diagonals, with zeros around them.
Value Lowering::repeatLabels(Value value) {
  SmallVector<OpFoldResult> sizes;
  SmallVector<unsigned> firstAxis;
  SmallVector<LabelId> seen;
  SmallVector<unsigned> axisOfSeen;
  for (auto [axis, label] : llvm::enumerate(shaped.outputLabels)) {
    sizes.push_back(extentOf(label));
    auto found = llvm::find(seen, label);
    if (found == seen.end()) {
      seen.push_back(label);
      axisOfSeen.push_back(axis);
      firstAxis.push_back(axis);
    } else {
      firstAxis.push_back(axisOfSeen[found - seen.begin()]);
    }
  }
  return build.spreadDiagonal(value, sizes, axisOfSeen, firstAxis);
}

Value Lowering::lower(ValueRange inputs) {
  for (auto [i, input] : llvm::enumerate(inputs))
    addTerm(build.toSignless(input), shaped.operand(i));
  numberLoops();
  SmallVector<OpFoldResult> sizes;
  for (size_t i = 0; i < numOutputLoops; ++i)
    sizes.push_back(extentOf(loops[i]));
  Value result = build.sumOfProducts(terms, loops, sizes);
  if (numOutputLoops != shaped.outputLabels.size())
    result = repeatLabels(result);
  return result;
}

static LogicalResult lower(Operation *op, StringRef equation) {
  Result<TypedEquation> bound = bindTypes(equation, op->getOperandTypes());
  if (!bound)
    return op->emitError(bound.error().message);
  LinalgBuilder build(op);
  Value result = Lowering(build, *bound).lower(op->getOperands());
  op->getResult(0).replaceAllUsesWith(
      build.toType(result, op->getResult(0).getType()));
  op->erase();
  return success();
}

void ToLinalgPass::runOnOperation() {
  SmallVector<std::pair<Operation *, StringRef>> todo;
  getOperation()->walk([&](Operation *op) {
    if (auto step = dyn_cast<PairwiseOp>(op))
      todo.push_back({op, step.getEquation()});
    else if (auto contract = dyn_cast<ContractOp>(op))
      if (contract.getInputs().size() <= 2)
        todo.push_back({op, contract.getEquation()});
  });
  for (auto [op, equation] : todo)
    if (failed(lower(op, equation)))
      return signalPassFailure();
}
