// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One pass over all axes of all operands; every label remembers the first
/// axis that decided its extent.

#include "compiler/Frontend/ShapeInference.h"
#include "compiler/Frontend/ShapeErrors.h"

#include <limits>
#include <optional>

using namespace einc;

namespace {

class Binder {
public:
  Binder(const Equation &equation, std::span<const Shape> shapes)
      : equation(equation), shapes(shapes), errors(equation, shapes) {}

  Result<ShapedEquation> run() {
    if (std::optional<Diagnostic> error = checkRanks())
      return std::move(*error);
    makeLabels();
    for (uint32_t i = 0; i < shapes.size(); ++i)
      if (std::optional<Diagnostic> error = bindOperand(i))
        return std::move(*error);
    if (std::optional<Diagnostic> error = bindOutput())
      return std::move(*error);
    for (LabelId label : openLabels)
      shaped.openExtents.push_back({label, hints[label] != 0});
    shaped.groups = equation.groups;
    return std::move(shaped);
  }

private:
  static constexpr uint32_t none = std::numeric_limits<uint32_t>::max();

  uint32_t numNamed() const {
    return static_cast<uint32_t>(equation.labels.size());
  }

  /// Counts the axes under each ellipsis on the way.
  std::optional<Diagnostic> checkRanks() {
    if (equation.operands.size() != shapes.size() || shapes.empty())
      return errors.operandCount();
    size_t total = 0;
    for (uint32_t i = 0; i < shapes.size(); ++i) {
      const Term &term = equation.operands[i];
      size_t rank = shapes[i].size();
      if (term.ellipsis >= 0 ? rank < term.numAxes : rank != term.numAxes)
        return errors.rankMismatch(i);
      total += rank;
      if (total > std::numeric_limits<int32_t>::max())
        return errors.tooManyAxes();
      auto hidden = static_cast<uint32_t>(rank - term.numAxes);
      if (hidden > 0 && firstHidden == none)
        firstHidden = i;
      numHidden = std::max(numHidden, hidden);
      for (uint32_t axis = 0; axis < rank; ++axis)
        if (shapes[i][axis] < 0 && !isOpenAxis(shapes[i][axis]))
          return errors.negativeExtent({i, axis, 0});
    }
    if (firstHidden != none && equation.output.ellipsis < 0)
      return errors.droppedEllipsis(firstHidden);
    shaped.operandLabels.reserve(total);
    return std::nullopt;
  }

  void makeLabels() {
    shaped.labels = equation.labels;
    for (uint32_t i = 0; i < numHidden; ++i)
      shaped.labels.push_back(".." + std::to_string(i));
    shaped.extents.assign(shaped.labels.size(), 1);
    decidedBy.assign(shaped.labels.size(), {none, 0, 0});
    firstAxes.assign(shaped.labels.size(), {none, 0, 0});
    hints.assign(shaped.labels.size(), 0);
    seenIn.assign(numNamed(), {none, 0, 0});
    shaped.operandStart.reserve(shapes.size() + 1);
    shaped.operandStart.push_back(0);
  }

  std::optional<Diagnostic> bindOperand(uint32_t operand) {
    const Term &term = equation.operands[operand];
    const Axis *named = equation.begin(term);
    auto rank = static_cast<uint32_t>(shapes[operand].size());
    uint32_t hidden = rank - term.numAxes;
    uint32_t hiddenBegin = hidden > 0 ? term.ellipsis : rank;
    for (uint32_t axis = 0, entry = 0; axis < rank; ++axis) {
      OperandAxis place{operand, axis, entry};
      bool underEllipsis = axis >= hiddenBegin && axis < hiddenBegin + hidden;
      std::optional<Diagnostic> error =
          underEllipsis
              ? bindHidden(place, numHidden - hidden + axis - hiddenBegin)
              : bindNamed(place, named[entry++].label);
      if (error)
        return error;
    }
    shaped.operandStart.push_back(
        static_cast<uint32_t>(shaped.operandLabels.size()));
    return std::nullopt;
  }

  std::optional<Diagnostic> bindNamed(OperandAxis place, LabelId label) {
    shaped.operandLabels.push_back(label);
    int64_t extent = shapes[place.operand][place.axis];
    if (std::optional<Diagnostic> error = bindOpen(place, label, false))
      return error;
    OperandAxis &seen = seenIn[label];
    if (seen.operand == place.operand) {
      if (!isOpenAxis(extent) && shapes[place.operand][seen.axis] != extent)
        return errors.diagonalMismatch(seen, place);
      return std::nullopt;
    }
    seen = place;
    if (!agrees(place, label, extent))
      return errors.extentMismatch(decidedBy[label], place);
    return std::nullopt;
  }

  std::optional<Diagnostic> bindHidden(OperandAxis place, uint32_t hiddenAxis) {
    LabelId label = numNamed() + hiddenAxis;
    shaped.operandLabels.push_back(label);
    if (std::optional<Diagnostic> error = bindOpen(place, label, true))
      return error;
    if (!agrees(place, label, shapes[place.operand][place.axis]))
      return errors.ellipsisMismatch(decidedBy[label], place);
    return std::nullopt;
  }

  /// An open extent never broadcasts: the first axis of a label says whether
  /// all are open. The first hint is the only one.
  std::optional<Diagnostic> bindOpen(OperandAxis place, LabelId label,
                                     bool hidden) {
    const int64_t extent = shapes[place.operand][place.axis];
    OperandAxis &first = firstAxes[label];
    bool isFirst = first.operand == none;
    if (isFirst)
      first = place;
    bool open = isOpenAxis(extent);
    if (open != isOpenAxis(shapes[first.operand][first.axis]))
      return errors.openMismatch(first, place, hidden);
    if (!open)
      return std::nullopt;
    if (isFirst) {
      openLabels.push_back(label);
      shaped.extents[label] = DefaultOpenExtent;
    }
    if (int64_t hint = hintOf(extent)) {
      if (hints[label] != 0 && hints[label] != hint)
        return errors.hintMismatch(decidedBy[label], place, hidden);
      if (hints[label] == 0)
        decidedBy[label] = place;
      shaped.extents[label] = hints[label] = hint;
    }
    return std::nullopt;
  }

  /// The first extent that is not 1 decides; all others are it or 1.
  bool agrees(OperandAxis place, LabelId label, int64_t extent) {
    if (extent == 1 || isOpenAxis(extent))
      return true;
    if (decidedBy[label].operand != none)
      return shaped.extents[label] == extent;
    decidedBy[label] = place;
    shaped.extents[label] = extent;
    return true;
  }

  std::optional<Diagnostic> bindOutput() {
    const Term &output = equation.output;
    const Axis *named = equation.begin(output);
    for (uint32_t i = 0; i <= output.numAxes; ++i) {
      if (output.ellipsis >= 0 && i == static_cast<uint32_t>(output.ellipsis))
        for (uint32_t axis = 0; axis < numHidden; ++axis)
          shaped.outputLabels.push_back(numNamed() + axis);
      if (i < output.numAxes)
        shaped.outputLabels.push_back(named[i].label);
    }
    for (LabelId label : shaped.outputLabels)
      shaped.outputShape.push_back(shaped.extents[label]);
    Shape least = shaped.outputShape;
    // What nobody has said is too much for nobody.
    for (size_t i = 0; i < least.size(); ++i)
      if (isUnknown(shaped.outputLabels[i]))
        least[i] = 1;
    if (tooLarge(least))
      return errors.sizeOverflow(shaped.outputShape);
    return std::nullopt;
  }

  /// An open label without a hint.
  bool isUnknown(LabelId label) const {
    return firstAxes[label].operand != none && hints[label] == 0 &&
           isOpenAxis(shapes[firstAxes[label].operand][firstAxes[label].axis]);
  }

  /// 2^63 elements or more; an extent of 0 makes any shape small.
  static bool tooLarge(const Shape &shape) {
    int64_t elements = 1;
    bool overflow = false;
    for (int64_t extent : shape) {
      if (extent == 0)
        return false;
      overflow |= __builtin_mul_overflow(elements, extent, &elements);
    }
    return overflow;
  }

  const Equation &equation;
  std::span<const Shape> shapes;
  ShapeErrors errors;
  /// The axis that decided each label's extent, or gave its hint.
  std::vector<OperandAxis> decidedBy;
  /// The first axis of each named label in the operand that had it last.
  std::vector<OperandAxis> seenIn;
  /// The first axis of each label.
  std::vector<OperandAxis> firstAxes;
  /// Of open labels; 0: none was given.
  std::vector<int64_t> hints;
  std::vector<LabelId> openLabels;
  /// Axes under the widest ellipsis, and the first operand that has any.
  uint32_t numHidden = 0;
  uint32_t firstHidden = none;
  ShapedEquation shaped;
};

} // namespace

Shape einc::openOutputShape(const ShapedEquation &equation) {
  std::vector<int64_t> axes(equation.labels.size(), 0);
  for (const OpenExtent &open : equation.openExtents)
    axes[open.label] =
        openAxis(open.hasHint ? equation.extents[open.label] : 0);
  Shape shape = equation.outputShape;
  for (size_t i = 0; i < shape.size(); ++i)
    if (isOpenAxis(axes[equation.outputLabels[i]]))
      shape[i] = axes[equation.outputLabels[i]];
  return shape;
}

Result<ShapedEquation> einc::inferShapes(const Equation &equation,
                                         std::span<const Shape> shapes) {
  return Binder(equation, shapes).run();
}
