// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Input: an equation, a line of shapes, a line of extents by label.

#include "tests/fuzz/Fuzz.h"

#include "compiler/Frontend/ShapeList.h"

using namespace einc;
using namespace einc::fuzz;

static void checkShapeList(std::string_view list) {
  Result<std::vector<Shape>> shapes = parseShapeList(list);
  if (!shapes)
    return checkDiagnostic(shapes.error(), list);
  std::string spelling;
  for (const Shape &shape : *shapes) {
    spelling += '(';
    for (int64_t extent : shape) {
      require(extent >= 0 || isOpenAxis(extent), "extents are not negative");
      if (!isOpenAxis(extent))
        spelling += std::to_string(extent);
      else
        spelling +=
            "?" + (hintOf(extent) ? std::to_string(hintOf(extent)) : "");
      spelling += ',';
    }
    // One number alone keeps no comma behind it.
    if (!shape.empty())
      spelling.pop_back();
    spelling += ')';
  }
  Result<std::vector<Shape>> again = parseShapeList(spelling);
  require(bool(again) && *again == *shapes, "both spellings mean the same");
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text = textOf(data, size);
  std::string_view list = takeLastLine(text);
  checkShapeList(takeLastLine(text));
  Result<DimList> dims = parseDims(list);
  if (!dims) {
    checkDiagnostic(dims.error(), list);
    return 0;
  }
  Result<Equation> equation = parseEquation(text);
  if (!equation)
    return 0;
  Result<std::vector<Shape>> shapes = shapesFromDims(*equation, *dims);
  if (!shapes) {
    // The place is in the list, or in the equation for what the list lacks.
    bool isMissing = shapes.error().message.starts_with("no extent is given");
    checkDiagnostic(shapes.error(), isMissing ? text : list);
    return 0;
  }
  require(shapes->size() == equation->operands.size(),
          "a shape for every operand");
  return 0;
}
