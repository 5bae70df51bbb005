// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc check`: is the equation right, and what shape does its output have?

#include "tools/einc/Commands.h"
#include "tools/einc/Problem.h"
#include "tools/einc/Report.h"

#include <nlohmann/json.hpp>

namespace einc {

/// "(3, 4), (4, 2) -> (3, 2)"; more than eight operands are counted.
static std::string shapesText(const Problem &problem) {
  std::string text;
  if (problem.shapes.size() > 8)
    text = std::to_string(problem.shapes.size()) + " operands";
  else
    for (const Shape &shape : problem.shapes)
      text += (text.empty() ? "" : ", ") + formatShape(shape);
  return text + " -> " + formatShape(openOutputShape(*problem.shaped));
}

int check(const CommandLine &line) {
  Result<Problem> problem = readProblem(line);
  if (!problem)
    return reportError(problem.error(), line.json);
  if (line.json) {
    nlohmann::ordered_json object = {{"outcome", "ok"}};
    if (problem->shaped) {
      auto shape = nlohmann::ordered_json::array();
      for (int64_t extent : openOutputShape(*problem->shaped))
        shape.push_back(isOpenAxis(extent) ? nlohmann::ordered_json()
                                           : nlohmann::ordered_json(extent));
      object["output_shape"] = shape;
    }
    printResult(object.dump() + "\n");
    return ExitOk;
  }
  printResult("ok: " + problem->equationText() + "\n");
  if (problem->shaped)
    printResult("shapes: " + shapesText(*problem) + "\n");
  return ExitOk;
}

} // namespace einc
