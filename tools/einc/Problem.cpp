// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Command line -> equation and shapes.

#include "tools/einc/Problem.h"

#include "compiler/Frontend/ShapeList.h"
#include "compiler/Planner/Network.h"
#include "tools/einc/Input.h"

namespace einc {

/// At most `limit` code points of UTF-8 text.
static std::string abridge(const std::string &text, size_t limit) {
  size_t codePoints = 0;
  for (size_t i = 0; i < text.size(); ++i)
    if ((uint8_t(text[i]) & 0xC0) != 0x80 && codePoints++ == limit)
      return text.substr(0, i) + "...";
  return text;
}

std::string Problem::equationText() const {
  if (!equation)
    return "network of " + std::to_string(shapes.size()) + " operands";
  return abridge(equation->toString(), 60);
}

static Result<Problem> readNetwork(const std::string &file) {
  Result<std::string> text = readText(file);
  if (!text)
    return std::move(text).error();
  Result<ShapedEquation> shaped = parseNetworkJSON(*text);
  if (!shaped)
    return std::move(shaped).error();
  Problem problem;
  for (size_t i = 0; i < shaped->numOperands(); ++i) {
    Shape &shape = problem.shapes.emplace_back();
    for (LabelId label : shaped->operand(i))
      shape.push_back(shaped->extents[label]);
  }
  problem.shaped = *std::move(shaped);
  return problem;
}

static Result<std::vector<Shape>> readShapes(const CommandLine &line,
                                             const Equation &equation) {
  Result<std::string> text =
      readArgument(line.dims ? *line.dims : *line.shapes);
  if (!text)
    return std::move(text).error();
  if (!line.dims)
    return parseShapeList(*text);
  Result<DimList> dims = parseDims(*text);
  if (!dims)
    return std::move(dims).error();
  return shapesFromDims(equation, *dims);
}

Result<Problem> readProblem(const CommandLine &line) {
  if (line.network)
    return readNetwork(*line.network);
  Result<std::string> text = readArgument(*line.equation);
  if (!text)
    return std::move(text).error();
  Result<Equation> equation = parseEquation(*text);
  if (!equation)
    return std::move(equation).error();
  Problem problem;
  problem.equation = *std::move(equation);
  if (!line.shapes && !line.dims)
    return problem;
  Result<std::vector<Shape>> shapes = readShapes(line, *problem.equation);
  if (!shapes)
    return std::move(shapes).error();
  problem.shapes = *std::move(shapes);
  Result<ShapedEquation> shaped =
      inferShapes(*problem.equation, problem.shapes);
  if (!shaped)
    return std::move(shaped).error();
  problem.shaped = *std::move(shaped);
  return problem;
}

SearchOptions searchOptions(const CommandLine &line) {
  SearchOptions options;
  options.method = line.optimize;
  options.seed = line.seed;
  options.timeLimit = line.timeLimit;
  if (line.path) {
    options.path = line.path->steps;
    options.pathForm = line.path->ssa ? SearchOptions::PathForm::SSA
                                      : SearchOptions::PathForm::Linear;
  }
  return options;
}

} // namespace einc
