// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "IR.h"

#include <einc/Einsum.h>

#include <ostream>

namespace {

std::vector<einc::IndexList> shapes(const Program &program, const Op &op) {
  std::vector<einc::IndexList> result;
  for (size_t operand : op.operands)
    result.push_back(program.ops[operand].shape);
  return result;
}

/// Whole numbers, no two rows alike.
einc::Tensor makeInput(const Op &op) {
  einc::Tensor tensor = einc::Tensor::zeros(op.shape);
  int64_t next = int64_t(op.name[0]);
  for (double &value : tensor.values<double>())
    value = double(next++ * 5 % 11 - 5);
  return tensor;
}

} // namespace

void print(std::ostream &stream, const Program &program) {
  const char *names[] = {"tensor", "matmul", "transpose", "einsum"};
  for (const Op &op : program.ops) {
    stream << "  " << op.name << " = " << names[size_t(op.kind)];
    for (size_t operand : op.operands)
      stream << " " << program.ops[operand].name;
    stream << " : " << op.shape[0] << "x" << op.shape[1] << "\n";
    if (op.kind != OpKind::Einsum)
      continue;
    einc::Plan plan = einc::plan(op.equation, shapes(program, op));
    stream << "    " << op.equation << "\n    " << plan.flops
           << " flops, from left to right " << plan.leftToRightFlops << "\n";
  }
}

void execute(std::ostream &stream, const Program &program) {
  std::vector<einc::Tensor> values;
  for (const Op &op : program.ops) {
    std::vector<einc::TensorView> operands;
    for (size_t operand : op.operands)
      operands.push_back(values[operand]);
    switch (op.kind) {
    case OpKind::Tensor:
      values.push_back(makeInput(op));
      break;
    case OpKind::Matmul:
      values.push_back(einc::einsum("ij,jk->ik", operands));
      break;
    case OpKind::Transpose:
      values.push_back(einc::einsum("ij->ji", operands));
      break;
    case OpKind::Einsum:
      values.push_back(einc::einsum(op.equation, operands));
    }
  }
  for (size_t result : program.results)
    stream << program.ops[result].name << " = " << values[result] << "\n";
}
