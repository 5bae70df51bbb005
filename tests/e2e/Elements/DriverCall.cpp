// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Elements/DriverCall.h"
#include "compiler/Frontend/ShapeInference.h"

using namespace einc;
using namespace einc::tests;

Result<CompiledPtr> einc::tests::compileCall(const std::string &text,
                                             std::vector<TensorLayout> operands,
                                             TensorLayout output,
                                             const std::string &cpu) {
  Result<Equation> equation = parseEquation(text);
  if (!equation)
    return std::move(equation).error();
  std::vector<Shape> shapes;
  for (const TensorLayout &operand : operands)
    shapes.push_back(operand.extents);
  Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
  if (!shaped)
    return std::move(shaped).error();
  if (output.strides.empty())
    output = TensorLayout::rowMajor(output.type, shaped->outputShape);
  Result<Machine> machine = machineForCPU(cpu);
  if (!machine)
    return std::move(machine).error();
  CompileOptions options;
  options.machine = *machine;
  return compileExpression(std::move(*shaped), std::move(operands),
                           std::move(output), options);
}

CallScalars::CallScalars(const CompiledExpression &compiled,
                         const Number &alpha, const Number &beta) {
  auto type = ElementType(compiled.executable->scalarType());
  storeElement(type, bytes, 0, alpha);
  storeElement(type, bytes, 1, beta);
}

Result<Success> einc::tests::runCall(const CompiledExpression &compiled,
                                     std::span<void *const> arguments,
                                     unsigned threads, const Number &alpha,
                                     const Number &beta) {
  CallScalars scalars(compiled, alpha, beta);
  runtime::RunOptions options;
  options.threads = threads;
  options.scalars = &scalars;
  return compiled.run(arguments.data(), options);
}

Result<ReferenceResult>
einc::tests::referenceOfCall(const CompiledExpression &compiled,
                             std::span<void *const> arguments) {
  const PlannedExpression &planned = compiled.planned;
  std::vector<ReferenceTensor> operands;
  for (size_t i = 0; i < planned.operands.size(); ++i)
    operands.push_back(toReference(planned.operands[i], arguments[i]));
  ReferenceOptions options;
  options.resultType = planned.output.type;
  return evaluateReference(planned.equation, operands, &planned.tree, options);
}

ReferenceTensor einc::tests::toReference(const TensorLayout &layout,
                                         const void *data) {
  return {data, layout.type, layout.extents, layout.strides, layout.conjugate};
}

bool einc::tests::hostRuns(const std::string &cpu) {
  Result<Machine> machine = machineForCPU(cpu);
  return machine && hostSupports(machine->target);
}
