// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/IR/BindTypes.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace einc;
using namespace einc::ir;
using mlir::RankedTensorType;
using mlir::ShapedType;

/// The label of an axis, or nothing under an ellipsis. `rank` fits the term.
static const Axis *axisLabel(const Equation &equation, const Term &term,
                             size_t axis, size_t rank) {
  if (term.ellipsis < 0)
    return equation.begin(term) + axis;
  const size_t before = term.ellipsis;
  const size_t after = term.numAxes - before;
  if (axis < before)
    return equation.begin(term) + axis;
  if (axis >= rank - after)
    return equation.end(term) - (rank - axis);
  return nullptr;
}

/// Shape inference takes numbers. 1 goes with every extent of another operand,
/// so it stands for a dynamic one, but where the label stands in the term a
/// second time: extents of a diagonal are equal, 1 or not.
static Shape withoutDynamicExtents(const Equation &equation, const Term &term,
                                   llvm::ArrayRef<int64_t> shape) {
  Shape result(shape.begin(), shape.end());
  const bool fits = term.ellipsis < 0 ? shape.size() == term.numAxes
                                      : shape.size() >= term.numAxes;
  std::vector<std::pair<LabelId, int64_t>> known;
  for (size_t axis = 0; fits && axis < shape.size(); ++axis)
    if (const Axis *label = axisLabel(equation, term, axis, shape.size()))
      if (!ShapedType::isDynamic(shape[axis]))
        known.push_back({label->label, shape[axis]});
  std::sort(known.begin(), known.end());
  for (size_t axis = 0; axis < shape.size(); ++axis) {
    if (!ShapedType::isDynamic(shape[axis]))
      continue;
    result[axis] = 1;
    const Axis *label =
        fits ? axisLabel(equation, term, axis, shape.size()) : nullptr;
    if (!label)
      continue;
    auto found = std::lower_bound(known.begin(), known.end(),
                                  std::pair(label->label, int64_t(0)));
    if (found != known.end() && found->first == label->label)
      result[axis] = found->second;
  }
  return result;
}

Result<TypedEquation> ir::bindTypes(llvm::StringRef text,
                                    mlir::TypeRange types) {
  TypedEquation result;
  Result<Equation> equation = parseEquation({text.data(), text.size()});
  if (!equation)
    return std::move(equation).error();
  result.equation = std::move(*equation);

  std::vector<Shape> shapes;
  for (auto [i, type] : llvm::enumerate(types)) {
    llvm::ArrayRef<int64_t> shape =
        llvm::cast<RankedTensorType>(type).getShape();
    result.anyDynamic |= ShapedType::isDynamicShape(shape);
    if (i < result.equation.operands.size())
      shapes.push_back(withoutDynamicExtents(
          result.equation, result.equation.operands[i], shape));
    else
      shapes.emplace_back(shape.begin(), shape.end());
  }
  Result<ShapedEquation> shaped = inferShapes(result.equation, shapes);
  if (!shaped)
    return std::move(shaped).error();
  result.shaped = std::move(*shaped);
  if (!result.anyDynamic)
    return result;

  // A label without a number other than 1 is dynamic if an axis of it is. (One
  // that a diagonal says is 1 counts as dynamic too, which is right, if vague.)
  ShapedEquation &bound = result.shaped;
  std::vector<bool> dynamic(bound.extents.size());
  for (auto [i, type] : llvm::enumerate(types)) {
    llvm::ArrayRef<int64_t> shape =
        llvm::cast<RankedTensorType>(type).getShape();
    for (auto [axis, label] : llvm::enumerate(bound.operand(i)))
      if (ShapedType::isDynamic(shape[axis]) && shapes[i][axis] == 1)
        dynamic[label] = bound.extents[label] == 1;
  }
  for (auto [label, extent] : llvm::enumerate(bound.extents))
    if (dynamic[label])
      extent = ShapedType::kDynamic;
  for (auto [axis, label] : llvm::enumerate(bound.outputLabels))
    if (dynamic[label])
      bound.outputShape[axis] = ShapedType::kDynamic;
  return result;
}
