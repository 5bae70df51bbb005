// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Input: an equation, then a line of shapes. Parsing, spelling, shape
/// inference, and what is said about mistakes.

#include "tests/fuzz/Fuzz.h"

#include "compiler/Frontend/ShapeList.h"

#include <algorithm>

using namespace einc;
using namespace einc::fuzz;

/// What later stages take for granted.
static void checkShaped(const ShapedEquation &shaped,
                        const std::vector<Shape> &shapes) {
  require(shaped.labels.size() == shaped.extents.size(),
          "an extent for every label");
  require(shaped.numOperands() == shapes.size(), "a term for every operand");
  for (size_t i = 0; i < shapes.size(); ++i) {
    std::span<const LabelId> labels = shaped.operand(i);
    require(labels.size() == shapes[i].size(), "a label for every axis");
    for (size_t axis = 0; axis < labels.size(); ++axis) {
      require(labels[axis] < shaped.labels.size(), "labels exist");
      int64_t extent = shaped.extents[labels[axis]];
      if (isOpenAxis(shapes[i][axis])) {
        bool isListed = std::ranges::any_of(
            shaped.openExtents,
            [&](const OpenExtent &open) { return open.label == labels[axis]; });
        require(isListed, "labels of open axes are open");
        continue;
      }
      require(shapes[i][axis] == extent || shapes[i][axis] == 1,
              "an axis has its label's extent, or 1");
    }
  }
  require(shaped.outputLabels.size() == shaped.outputShape.size(),
          "a label for every axis of the output");
  for (size_t axis = 0; axis < shaped.outputLabels.size(); ++axis)
    require(shaped.outputShape[axis] ==
                shaped.extents[shaped.outputLabels[axis]],
            "the output has its labels' extents");
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text = textOf(data, size);
  std::string_view list = takeLastLine(text);
  Result<Equation> equation = parseEquation(text);
  if (!equation) {
    checkDiagnostic(equation.error(), text);
    return 0;
  }
  std::string spelling = equation->toString();
  Result<Equation> again = parseEquation(spelling);
  require(bool(again), "the spelling of an equation is one");
  require(again->toString() == spelling, "the spelling is canonical");
  require(again->operands.size() == equation->operands.size(),
          "the spelling keeps the operands");

  Result<std::vector<Shape>> shapes = parseShapeList(list);
  if (!shapes) {
    checkDiagnostic(shapes.error(), list);
    return 0;
  }
  Result<ShapedEquation> shaped = inferShapes(*equation, *shapes);
  if (!shaped) {
    checkDiagnostic(shaped.error(), text);
    return 0;
  }
  checkShaped(*shaped, *shapes);
  Result<ShapedEquation> alike = inferShapes(*again, *shapes);
  require(bool(alike) && alike->outputShape == shaped->outputShape,
          "the spelling means the same");
  return 0;
}
