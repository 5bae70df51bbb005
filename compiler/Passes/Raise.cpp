// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// linalg-to-einsum: trees of linalg operations become one einsum.contract
/// each.

#include "compiler/IR/Einsum.h"
#include "compiler/Passes/LinalgTerms.h"
#include "compiler/Passes/Passes.h"
#include "compiler/Passes/StepText.h"

#include "mlir/IR/Builders.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace einc::ir {
#define GEN_PASS_DEF_LINALGTOEINSUM
#include "compiler/Passes/Passes.h.inc"
} // namespace einc::ir

using namespace einc;
using namespace einc::ir;
using namespace mlir;

namespace {

class RaisePass : public ir::impl::LinalgToEinsumBase<RaisePass> {
public:
  using LinalgToEinsumBase::LinalgToEinsumBase;
  void runOnOperation() override;

private:
  void raise(Operation *root);
  llvm::DenseMap<Operation *, LinalgTerms> candidates;
  /// Operations that are part of a tree already, or gone.
  llvm::DenseSet<Operation *> taken;
};

/// A tree under construction: its leaves, and the operations it replaces.
class Tree {
public:
  Tree(Operation *root, const LinalgTerms &terms)
      : ops{root}, leaves(terms.inputs), resultLabels(terms.resultLoops),
        numLabels(terms.numLoops) {}

  size_t numLeaves() const { return leaves.size(); }
  const LinalgTerms::Input &leaf(size_t i) const { return leaves[i]; }
  /// Puts the inputs of `op`, whose result leaf `i` is, in its place.
  void expand(size_t i, Operation *op, const LinalgTerms &terms);
  /// Writes the equation before the root and erases what it replaces.
  void replace();

private:
  std::string equation() const;

  /// Consumers before producers.
  SmallVector<Operation *> ops;
  SmallVector<LinalgTerms::Input, 2> leaves;
  SmallVector<unsigned> resultLabels;
  unsigned numLabels;
};

} // namespace

void Tree::expand(size_t i, Operation *op, const LinalgTerms &terms) {
  SmallVector<unsigned> labelOfLoop(terms.numLoops, ~0u);
  for (auto [axis, loop] : llvm::enumerate(terms.resultLoops))
    labelOfLoop[loop] = leaves[i].loops[axis];
  for (unsigned &label : labelOfLoop)
    if (label == ~0u)
      label = numLabels++;
  SmallVector<LinalgTerms::Input, 2> inputs(terms.inputs);
  for (LinalgTerms::Input &input : inputs)
    for (unsigned &loop : input.loops)
      loop = labelOfLoop[loop];
  leaves.erase(leaves.begin() + i);
  leaves.insert(leaves.begin() + i, inputs.begin(), inputs.end());
  ops.push_back(op);
}

/// Letters in the order in which labels first stand in the equation.
std::string Tree::equation() const {
  SmallVector<std::string> letters(numLabels);
  uint32_t numLetters = 0;
  std::string text;
  auto append = [&](ArrayRef<unsigned> labels) {
    for (unsigned label : labels) {
      if (letters[label].empty())
        letters[label] = labelLetter(numLetters++);
      text += letters[label];
    }
  };
  for (auto [i, leaf] : llvm::enumerate(leaves)) {
    if (i != 0)
      text += ',';
    append(leaf.loops);
  }
  text += "->";
  append(resultLabels);
  return text;
}

void Tree::replace() {
  Operation *root = ops.front();
  OpBuilder builder(root);
  SmallVector<Value> inputs;
  for (const LinalgTerms::Input &leaf : leaves)
    inputs.push_back(leaf.value);
  Value result =
      ContractOp::create(builder, root->getLoc(), root->getResult(0).getType(),
                         equation(), inputs);
  root->getResult(0).replaceAllUsesWith(result);
  for (Operation *op : ops)
    op->erase();
}

void RaisePass::raise(Operation *root) {
  Tree tree(root, candidates[root]);
  SmallVector<Operation *> fused = {root};
  for (size_t i = 0; i < tree.numLeaves();) {
    Value value = tree.leaf(i).value;
    Operation *op = value.getDefiningOp();
    auto found = candidates.find(op);
    // In another block it may be computed more rarely than the root; in a graph
    // region it may depend on the root.
    if (found == candidates.end() || !value.hasOneUse() ||
        op->getBlock() != root->getBlock() || llvm::is_contained(fused, op) ||
        tree.numLeaves() + found->second.inputs.size() - 1 > maxOperands) {
      ++i;
      continue;
    }
    tree.expand(i, op, found->second);
    fused.push_back(op);
  }
  if (tree.numLeaves() < minOperands)
    return;
  for (Operation *op : fused) {
    taken.insert(op);
    candidates.erase(op); // The next operation may have its address.
  }
  tree.replace();
}

void RaisePass::runOnOperation() {
  // Consumers come first: whoever is not part of their tree is a root.
  SmallVector<Operation *> order;
  getOperation()->walk([&](Operation *op) {
    if (std::optional<LinalgTerms> terms = readTerms(op)) {
      candidates[op] = std::move(*terms);
      order.push_back(op);
    }
  });
  for (Operation *op : llvm::reverse(order))
    if (!taken.contains(op))
      raise(op);
  candidates.clear();
  taken.clear();
}
