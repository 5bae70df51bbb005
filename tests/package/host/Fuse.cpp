// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "IR.h"

#include <algorithm>

namespace {

/// The einsum that computes one value of the old program.
class Tree {
public:
  Tree(const Program &program, const std::vector<unsigned> &uses)
      : program(program), uses(uses) {}

  /// Collects the terms of `root` with these labels for rows and columns.
  void add(size_t value, std::string rows, std::string columns, bool isRoot) {
    const Op &op = program.ops[value];
    const bool isInner = isRoot || uses[value] == 1;
    if (isInner && op.kind == OpKind::Transpose)
      return add(op.operands[0], columns, rows, false);
    if (isInner && op.kind == OpKind::Matmul) {
      const std::string inner = label();
      add(op.operands[0], rows, inner, false);
      add(op.operands[1], inner, columns, false);
      return;
    }
    terms += (terms.empty() ? "" : ", ") + rows + " " + columns;
    operands.push_back(value);
  }

  /// Words as labels: there may be any number of them.
  std::string label() { return "k" + std::to_string(numLabels++); }

  std::string terms;
  std::vector<size_t> operands;

private:
  const Program &program;
  const std::vector<unsigned> &uses;
  unsigned numLabels = 0;
};

} // namespace

Program fuse(const Program &program) {
  std::vector<unsigned> uses(program.ops.size(), 0);
  for (const Op &op : program.ops)
    for (size_t operand : op.operands)
      ++uses[operand];
  for (size_t result : program.results)
    uses[result] += 2; // has a place of its own, however it is used

  Program result;
  std::vector<size_t> places(program.ops.size(), SIZE_MAX);
  for (size_t i = 0; i < program.ops.size(); ++i) {
    Op op = program.ops[i];
    if (op.kind != OpKind::Tensor) {
      if (uses[i] < 2)
        continue; // part of another, or of nothing
      Tree tree(program, uses);
      tree.add(i, "row", "col", /*isRoot=*/true);
      op.kind = OpKind::Einsum;
      op.equation = tree.terms + " -> row col";
      op.operands = tree.operands;
      for (size_t &operand : op.operands)
        operand = places[operand];
    }
    places[i] = result.ops.size();
    result.ops.push_back(std::move(op));
  }
  for (size_t value : program.results)
    result.results.push_back(places[value]);
  return result;
}
