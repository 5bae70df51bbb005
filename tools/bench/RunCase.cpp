// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/bench/RunCase.h"

#include "compiler/Frontend/ShapeList.h"

namespace einc::bench {

static std::function<void()> opponentOf(const ShapedEquation &equation,
                                        ElementType type,
                                        const OpenBLAS &openblas) {
  if (auto product = asMatrixProduct(equation))
    return product->k > 1 ? openblas.product(*product, type)
                          : std::function<void()>();
  // A matrix transposed.
  std::span<const LabelId> out = equation.outputLabels;
  if (equation.numOperands() == 1 && out.size() == 2 && out[0] != out[1] &&
      equation.operand(0).size() == 2 && equation.operand(0)[0] == out[1] &&
      equation.operand(0)[1] == out[0])
    return openblas.transposition(equation.extents[out[1]],
                                  equation.extents[out[0]], type);
  return {};
}

std::vector<void *> PreparedCase::arguments() const {
  std::vector<void *> pointers;
  for (const TensorData &tensor : tensors)
    pointers.push_back(tensor.elements.get());
  return pointers;
}

Result<ShapedEquation> shapeOf(const Case &item, std::vector<Shape> &shapes) {
  Result<Equation> equation = parseEquation(item.equation);
  if (!equation)
    return std::move(equation).error();
  Result<DimList> dims = parseDims(item.dims);
  if (!dims)
    return std::move(dims).error();
  Result<std::vector<Shape>> found = shapesFromDims(*equation, *dims);
  if (!found)
    return std::move(found).error();
  shapes = *std::move(found);
  return inferShapes(*equation, shapes);
}

Result<PreparedCase> prepareCase(const Case &item) {
  PreparedCase prepared;
  std::vector<Shape> shapes;
  Result<ShapedEquation> shaped = shapeOf(item, shapes);
  if (!shaped)
    return std::move(shaped).error();
  prepared.equation = *std::move(shaped);
  for (Shape &shape : shapes)
    prepared.operands.push_back(
        TensorLayout::rowMajor(item.type, std::move(shape)));
  prepared.output = TensorLayout::rowMajor(item.result.value_or(item.type),
                                           prepared.equation.outputShape);
  RandomFill random(1);
  auto add = [&](const TensorLayout &layout) -> Result<Success> {
    Result<TensorData> tensor = TensorData::allocate(layout);
    if (!tensor)
      return std::move(tensor).error();
    random.fill(*tensor);
    prepared.tensors.push_back(*std::move(tensor));
    return Success{};
  };
  for (const TensorLayout &layout : prepared.operands)
    if (auto added = add(layout); !added)
      return std::move(added).error();
  if (auto added = add(prepared.output); !added)
    return std::move(added).error();
  return prepared;
}

Result<Measurement> runCase(const Case &item, const RunSettings &settings) {
  Result<PreparedCase> prepared = prepareCase(item);
  if (!prepared)
    return std::move(prepared).error();
  std::function<void()> opponent;
  if (settings.openblas)
    opponent = opponentOf(prepared->equation, item.type, *settings.openblas);
  std::vector<void *> arguments = prepared->arguments();
  auto compiled = compileExpression(
      std::move(prepared->equation), std::move(prepared->operands),
      std::move(prepared->output), CompileOptions());
  if (!compiled)
    return std::move(compiled).error();
  return measure(**compiled, arguments.data(), settings.threads, settings.turns,
                 opponent);
}

} // namespace einc::bench
