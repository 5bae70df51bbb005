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
using JSON = nlohmann::json;

static std::string dump(const JSON &value) {
  return value.dump(-1, ' ', false, JSON::error_handler_t::replace);
}

/// A count: an integer where a double holds every integer, else the double.
static std::string count(double value) {
  if (value <= 0x1p53)
    return std::to_string(static_cast<int64_t>(value));
  return dump(std::min(value, std::numeric_limits<double>::max()));
}

/// Written piece by piece: a document of 600,000 steps would take gigabytes.
std::string einc::printPlanJSON(const Network &network,
                                const ContractionTree &tree) {
  EquationSpelling spelling(network);
  CostSum sum;
  std::string text = "{\"steps\":[";
  std::string path;
  for (TreeWalk walk(network, tree); walk.next();) {
    const PairwiseStep &step = walk.step();
    sum.add(walk.flops(), walk.size());
    std::string operands = dump(JSON::array_t{JSON(step.lhs), JSON(step.rhs)});
    const char *comma = walk.index() == 0 ? "" : ",";
    path.append(comma).append(operands);
    text.append(comma)
        .append("{\"operands\":")
        .append(operands)
        .append(",\"equation\":")
        .append(dump(spelling.step(step, walk.index())))
        .append(",\"flops\":")
        .append(count(step.flops))
        .append(",\"size\":")
        .append(count(step.size))
        .append("}");
  }
  TreeCost cost = sum.get();
  return text + "],\"ssa_path\":[" + path +
         "],\"log10_flops\":" + dump(cost.log10Flops) +
         ",\"log2_largest_intermediate\":" +
         dump(cost.log2LargestIntermediate) +
         ",\"left_to_right_log10_flops\":" +
         dump(leftToRightCost(network).log10Flops) +
         ",\"method\":" + dump(tree.method) +
         ",\"seconds\":" + dump(tree.seconds) + "}";
}
