// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/Arguments.h"
#include "compiler/API/ExpressionState.h"
#include "compiler/API/ResultType.h"
#include "compiler/API/Throw.h"
#include "compiler/Driver/MemoryLimit.h"

using namespace einc;

/// The layout as the schedules see it; strides that nothing uses are 0, so that
/// equal work looks equal.
static TensorLayout toLayout(const TensorType &type) {
  TensorLayout layout;
  layout.type = type.element();
  layout.conjugate = type.isConjugated();
  layout.extents = type.shape().toVector();
  layout.strides = type.strides().toVector();
  for (size_t i = 0; i < type.rank(); ++i)
    if (type.size() == 0 || layout.extents[i] == 1)
      layout.strides[i] = 0;
  return layout;
}

SearchOptions einc::searchOptions(const Options &options) {
  SearchOptions result;
  result.method = options.optimize;
  result.seed = options.seed;
  result.timeLimit = options.timeLimit;
  if (!options.path.empty())
    result.path = options.path;
  result.pathForm = options.ssaPath ? SearchOptions::PathForm::SSA
                                    : SearchOptions::PathForm::Linear;
  return result;
}

static CompileOptions compileOptions(const Options &options,
                                     uint64_t residentBytes) {
  CompileOptions result;
  result.search = searchOptions(options);
  result.machine = valueOrThrow(machineForCPU(options.cpu));
  result.maxMemoryBytes = options.maxMemory;
  if (options.maxMemory == 0 &&
      __builtin_add_overflow(availableMemoryBytes(), residentBytes,
                             &result.maxMemoryBytes))
    result.maxMemoryBytes = UINT64_MAX;
  if (options.diskCache)
    if (Result<DiskCacheOptions> disk =
            diskCacheOptions(options.cacheDirectory))
      result.diskCache = *std::move(disk);
  return result;
}

static void requireOutputFits(const TensorType &output,
                              const TensorType &expected) {
  if (output.element() != expected.element())
    throwError(ErrorKind::InvalidArgument,
               std::string("the output has elements of type ") +
                   elementName(output.element()) + " but the result has type " +
                   elementName(expected.element()));
  if (output.isConjugated())
    throwError(ErrorKind::InvalidArgument,
               "the output is conjugated, which only operands can be");
  if (!(output.shape() == expected.shape()))
    throwError(ErrorKind::InvalidArgument,
               "the output has shape " +
                   formatShapeAbridged(output.shape().toVector()) +
                   " but the equation's result has shape " +
                   formatShapeAbridged(expected.shape().toVector()));
  if (sharesElements(output))
    throwError(ErrorKind::InvalidArgument,
               "the output has elements that share memory: shape " +
                   formatShapeAbridged(output.shape().toVector()) +
                   ", strides " +
                   formatStridesAbridged(output.strides().toVector()));
}

ExpressionAccess::StatePtr
einc::compileEquation(Result<Equation> parsed,
                      std::span<const TensorType> operands,
                      const TensorType *givenOutput, const Options &options,
                      uint64_t residentBytes) {
  Equation equation = valueOrThrow(std::move(parsed));
  std::vector<Shape> shapes;
  std::vector<TensorLayout> layouts;
  for (const TensorType &operand : operands) {
    shapes.push_back(operand.shape().toVector());
    layouts.push_back(toLayout(operand));
  }
  ShapedEquation shaped = valueOrThrow(inferShapes(equation, shapes));
  if (operands.empty())
    throwError(ErrorKind::OperandCount, "no operands, expected one or more");

  std::vector<ElementType> types;
  for (const TensorType &operand : operands)
    types.push_back(operand.element());
  TensorType output(valueOrThrow(resultType(types, options.accumulate)),
                    IndexList(shaped.outputShape));
  if (givenOutput) {
    requireOutputFits(*givenOutput, output);
    output = *givenOutput;
  }
  TensorLayout outputLayout = toLayout(output);
  std::shared_ptr<const CompiledExpression> compiled =
      valueOrThrow(compileExpression(std::move(shaped), std::move(layouts),
                                     std::move(outputLayout),
                                     compileOptions(options, residentBytes)));
  return std::make_shared<const Expression::State>(
      Expression::State{std::move(compiled),
                        {operands.begin(), operands.end()},
                        std::move(output),
                        options.threads});
}
