// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Input: a network file, then a line with a path as --path takes it. Reading
/// both, planning, and printing the plan.

#include "tests/fuzz/Fuzz.h"

#include "compiler/Planner/PlanPrinter.h"
#include "compiler/Planner/Search.h"
#include "tools/einc/Values.h"

#include <nlohmann/json.hpp>

using namespace einc;
using namespace einc::fuzz;

static void checkPlan(const Network &network, const SearchOptions &options) {
  Result<ContractionTree> tree = findTree(network, options);
  if (!tree)
    return checkDiagnostic(tree.error(), "");
  require(bool(checkTree(network, *tree)), "a plan is complete");
  TreeCost cost = treeCost(network, *tree);
  require(cost.flops >= 0 && cost.largestIntermediate >= 0, "costs are known");
  require(printPlanTable(network, *tree).ends_with('\n'), "plans are shown");
  require(nlohmann::json::accept(printPlanJSON(network, *tree)),
          "a plan's JSON is JSON");
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text = textOf(data, size);
  std::string_view pathText = takeLastLine(text);
  Result<ShapedEquation> equation = parseNetworkJSON(text);
  if (!equation) {
    checkDiagnostic(equation.error(), "");
    return 0;
  }
  Network network = Network::fromEquation(*equation);
  // Larger networks only take longer.
  if (network.numOperands() > 12 || network.labels.size() > 64)
    return 0;
  for (const char *method : {"auto", "greedy", "left-to-right"}) {
    SearchOptions options;
    options.method = method;
    checkPlan(network, options);
  }
  Parsed<PathArgument> path = parsePath(pathText);
  if (auto *given = std::get_if<PathArgument>(&path)) {
    SearchOptions options;
    options.path = given->steps;
    options.pathForm = given->ssa ? SearchOptions::PathForm::SSA
                                  : SearchOptions::PathForm::Linear;
    checkPlan(network, options);
  }
  return 0;
}
