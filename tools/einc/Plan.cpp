// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc plan`: the order of contraction and its cost.

#include "compiler/Planner/PlanPrinter.h"
#include "tools/einc/Commands.h"
#include "tools/einc/Problem.h"
#include "tools/einc/Report.h"

#include <nlohmann/json.hpp>

namespace einc {

/// What open extents were planned for: "i as 64, k as 128".
static std::string openText(const ShapedEquation &equation) {
  std::string text;
  for (const OpenExtent &open : equation.openExtents)
    text += (text.empty() ? "" : ", ") + equation.labels[open.label] + " as " +
            std::to_string(equation.extents[open.label]);
  return "\n  open extents are planned for: " + text + "\n";
}

static std::string withOpenExtents(const std::string &plan,
                                   const ShapedEquation &equation) {
  auto object = nlohmann::ordered_json::parse(plan);
  auto &extents = object["open_extents"] = nlohmann::ordered_json::object();
  for (const OpenExtent &open : equation.openExtents)
    extents[equation.labels[open.label]] = equation.extents[open.label];
  return object.dump();
}

int plan(const CommandLine &line) {
  Result<Problem> problem = readProblem(line);
  if (!problem)
    return reportError(problem.error(), line.json);
  Network network = Network::fromEquation(*problem->shaped);
  Result<ContractionTree> tree = findTree(network, searchOptions(line));
  if (!tree)
    return reportError(tree.error(), line.json);
  std::string text = line.json ? printPlanJSON(network, *tree)
                               : printPlanTable(network, *tree);
  const bool isOpen = !problem->shaped->openExtents.empty();
  if (line.json && isOpen)
    text = withOpenExtents(text, *problem->shaped);
  if (!text.ends_with('\n'))
    text += '\n';
  if (!line.json && isOpen)
    text += openText(*problem->shaped);
  printResult(text);
  return ExitOk;
}

} // namespace einc
