// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Plan.h"
#include "compiler/API/Arguments.h"
#include "compiler/API/ExpressionState.h"
#include "compiler/API/PlanAccess.h"
#include "compiler/API/Throw.h"
#include "compiler/Planner/PlanPrinter.h"
#include "compiler/Planner/StepEquation.h"
#include "einc/Einsum.h"

#include <ostream>

using namespace einc;

/// What the table and the JSON are printed from, when they are asked for.
struct Plan::Details {
  Network network;
  ContractionTree tree;
};

Plan PlanAccess::make(Network network, ContractionTree tree) {
  Plan result;
  TreeCost cost = treeCost(network, tree);
  result.flops = cost.flops;
  result.largestIntermediate = cost.largestIntermediate;
  result.leftToRightFlops = leftToRightCost(network).flops;
  result.method = tree.method;
  result.seconds = tree.seconds;
  EquationSpelling spelling(network);
  for (const PairwiseStep &step : analyzeTree(network, tree))
    result.steps.push_back({{step.lhs, step.rhs},
                            spelling.step(step, result.steps.size()),
                            step.flops,
                            step.size});
  result.details = std::make_shared<const Plan::Details>(
      Plan::Details{std::move(network), std::move(tree)});
  return result;
}

std::string Plan::str() const {
  return details ? orOutOfMemory([&] {
    return printPlanTable(details->network, details->tree);
  })
                 : "";
}

std::string Plan::json() const {
  return details ? orOutOfMemory([&] {
    return printPlanJSON(details->network, details->tree);
  })
                 : "";
}

std::ostream &einc::operator<<(std::ostream &stream, const Plan &plan) {
  return stream << plan.str();
}

std::vector<std::array<uint32_t, 2>> Plan::path() const {
  return orOutOfMemory([&] {
    // The list that is left is sorted by value number, so that a value's place
    // in it is how many values below are left: sums over a Fenwick tree.
    const size_t numValues = 2 * steps.size() + 1;
    std::vector<uint32_t> tree(numValues + 1);
    auto add = [&](size_t value, uint32_t amount) {
      for (size_t i = value + 1; i <= numValues; i += i & -i)
        tree[i] += amount;
    };
    auto place = [&](size_t value) {
      uint32_t count = 0;
      for (size_t i = value; i > 0; i -= i & -i)
        count += tree[i];
      return count;
    };
    const size_t numOperands = steps.size() + 1;
    for (size_t i = 0; i < numOperands; ++i)
      add(i, 1);
    std::vector<std::array<uint32_t, 2>> result;
    result.reserve(steps.size());
    for (size_t i = 0; i < steps.size(); ++i) {
      auto [lhs, rhs] = steps[i].operands;
      result.push_back({place(lhs), place(rhs)});
      add(lhs, UINT32_MAX); // -1
      add(rhs, UINT32_MAX);
      add(numOperands + i, 1);
    }
    return result;
  });
}

Plan einc::planEquation(const Equation &equation, std::span<const Shape> shapes,
                        const Options &options) {
  requireNoOpenExtents(shapes);
  Network network =
      Network::fromEquation(valueOrThrow(inferShapes(equation, shapes)));
  ContractionTree tree =
      valueOrThrow(findTree(network, searchOptions(options)));
  return PlanAccess::make(std::move(network), std::move(tree));
}

Plan einc::plan(std::string_view text, std::span<const IndexList> shapeLists,
                const Options &options) {
  return orOutOfMemory([&] {
    Equation equation = valueOrThrow(parseEquation(text));
    std::vector<Shape> shapes;
    for (const IndexList &shape : shapeLists)
      shapes.push_back(shape.toVector());
    return planEquation(equation, shapes, options);
  });
}
