// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/Arguments.h"
#include "compiler/CAPI/Handles.h"
#include "compiler/CAPI/Tensors.h"
#include "compiler/Frontend/ShapeInference.h"

#include <algorithm>

using namespace einc;
using namespace einc::capi;

static_assert(EINC_ELLIPSIS == InterleavedEllipsis);

static EincEquation *makeHandle(Result<Equation> parsed) {
  Equation equation = valueOrThrow(std::move(parsed));
  std::string text = equation.toString();
  return new EincEquation{std::move(equation), std::move(text)};
}

EincStatus eincEquationParse(const char *text, EincEquation **equation,
                             EincError **error) {
  return guarded(error, [&] {
    requirePointer(text, "text");
    requirePointer(equation, "equation");
    *equation = makeHandle(parseEquation(text));
  });
}

static std::vector<int64_t> toLabels(const EincLabels &list) {
  requireArray(list.labels, list.count, "labels of a list");
  return {list.labels, list.labels + list.count};
}

EincStatus eincEquationFromLabels(size_t numOperands,
                                  const EincLabels *operands,
                                  const EincLabels *output,
                                  EincEquation **equation, EincError **error) {
  return guarded(error, [&] {
    requireArray(operands, numOperands, "operands");
    requirePointer(equation, "equation");
    std::vector<std::vector<int64_t>> terms;
    terms.reserve(numOperands);
    for (size_t i = 0; i < numOperands; ++i)
      terms.push_back(toLabels(operands[i]));
    std::vector<int64_t> outputLabels;
    if (output)
      outputLabels = toLabels(*output);
    *equation =
        makeHandle(parseInterleaved(terms, output ? &outputLabels : nullptr));
  });
}

void eincEquationDestroy(EincEquation *equation) { delete equation; }

const char *eincEquationText(const EincEquation *equation) {
  return equation ? equation->text.c_str() : nullptr;
}

size_t eincEquationNumOperands(const EincEquation *equation) {
  return equation ? equation->equation.operands.size() : 0;
}

size_t eincEquationNumLabels(const EincEquation *equation) {
  return equation ? equation->equation.labels.size() : 0;
}

const char *eincEquationLabelName(const EincEquation *equation, size_t label) {
  return label < eincEquationNumLabels(equation)
             ? equation->equation.labels[label].c_str()
             : nullptr;
}

size_t eincEquationTermLabels(const EincEquation *handle, size_t number,
                              uint32_t *labels, size_t capacity,
                              int64_t *ellipsis) {
  if (ellipsis)
    *ellipsis = -1;
  if (!handle || number > handle->equation.operands.size())
    return 0;
  const Equation &equation = handle->equation;
  const Term &term = number < equation.operands.size()
                         ? equation.operands[number]
                         : equation.output;
  if (ellipsis)
    *ellipsis = term.ellipsis;
  if (labels)
    for (size_t i = 0; i < std::min<size_t>(term.numAxes, capacity); ++i)
      labels[i] = equation.begin(term)[i].label;
  return term.numAxes;
}

EincStatus eincEquationInferShape(const EincEquation *equation,
                                  size_t numOperands, const EincShape *shapes,
                                  size_t capacity, int64_t *extents,
                                  size_t *rank, EincError **error) {
  return guarded(error, [&] {
    requirePointer(equation, "equation");
    requireArray(extents, capacity, "extents");
    requirePointer(rank, "rank");
    std::vector<Shape> given = toShapes(numOperands, shapes);
    requireNoOpenExtents(given);
    ShapedEquation shaped =
        valueOrThrow(inferShapes(equation->equation, given));
    *rank = shaped.outputShape.size();
    if (*rank > capacity)
      throwError(ErrorKind::InvalidArgument,
                 "the result has " + std::to_string(*rank) +
                     " axes but there is room for " + std::to_string(capacity));
    std::copy(shaped.outputShape.begin(), shaped.outputShape.end(), extents);
  });
}
