// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A plan as JSON.

#include "compiler/Planner/PlanPrinter.h"
#include "compiler/Planner/StepEquation.h"
#include "compiler/Planner/TreeWalk.h"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace einc;
using JSON = nlohmann::ordered_json;

/// A count: an integer where a double holds every integer, else the double.
static JSON count(double value) {
  if (value <= 0x1p53)
    return static_cast<int64_t>(value);
  return std::min(value, std::numeric_limits<double>::max());
}

std::string einc::printPlanJSON(const Network &network,
                                const ContractionTree &tree) {
  EquationSpelling spelling(network);
  CostSum sum;
  JSON steps = JSON::array();
  JSON path = JSON::array();
  for (TreeWalk walk(network, tree); walk.next();) {
    const PairwiseStep &step = walk.step();
    sum.add(walk.flops(), walk.size());
    JSON operands = {step.lhs, step.rhs};
    path.push_back(operands);
    steps.push_back({{"operands", std::move(operands)},
                     {"equation", spelling.step(step, walk.index())},
                     {"flops", count(step.flops)},
                     {"size", count(step.size)}});
  }
  TreeCost cost = sum.get();
  JSON plan = {
      {"steps", std::move(steps)},
      {"ssa_path", std::move(path)},
      {"log10_flops", cost.log10Flops},
      {"log2_largest_intermediate", cost.log2LargestIntermediate},
      {"left_to_right_log10_flops", leftToRightCost(network).log10Flops},
      {"method", tree.method},
      {"seconds", tree.seconds},
  };
  return plan.dump(-1, ' ', false, JSON::error_handler_t::replace);
}
