// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/StepPlan.h"

#include <cstdio>

using namespace einc;
using namespace einc::reference;

namespace {

/// Collects distinct labels in the order of their first appearance. Labels of
/// extent 1 have no loop and are left out: what is left is 35 labels a step at
/// most, or the iterations exceed every limit.
class LabelSet {
public:
  explicit LabelSet(const ShapedEquation &equation)
      : extents(equation.extents), lastRound(equation.labels.size(), 0) {}
  void clear() {
    labels.clear();
    ++round;
  }
  /// Whether `label` is new.
  bool insert(LabelId label) {
    if (lastRound[label] == round || extents[label] == 1)
      return false;
    lastRound[label] = round;
    labels.push_back(label);
    return true;
  }
  std::vector<LabelId> labels;

private:
  const std::vector<int64_t> &extents;
  std::vector<uint32_t> lastRound;
  uint32_t round = 1;
};

/// Sets the costs of a step whose labels are complete. `kept` says whether a
/// label stays in the result.
template <typename Kept>
void finishStep(PlannedStep &step, const ShapedEquation &equation,
                Kept &&kept) {
  for (LabelId label : step.labels) {
    double extent = double(equation.extents[label]);
    step.iterations *= extent;
    if (kept(label)) {
      step.resultLabels.push_back(label);
      step.size *= extent;
    } else {
      step.summed *= extent;
    }
  }
}

Diagnostic badTree(const std::string &what) {
  Diagnostic error;
  error.kind = ErrorKind::InvalidArgument;
  error.message = "the contraction tree does not fit the equation: " + what;
  return error;
}

} // namespace

Diagnostic einc::reference::exceedsLimit(double needed, const char *what,
                                         double limit) {
  char text[128];
  std::snprintf(text, sizeof text,
                "the reference would take %.3g %s, more than its limit of %.3g",
                needed, what, limit);
  Diagnostic error;
  error.kind = ErrorKind::Limit;
  error.message = text;
  return error;
}

PlannedStep einc::reference::planDirect(const ShapedEquation &equation) {
  PlannedStep step;
  LabelSet set(equation);
  std::vector<bool> inOutput(equation.labels.size(), false);
  for (LabelId label : equation.outputLabels) {
    inOutput[label] = true;
    set.insert(label);
  }
  for (LabelId label : equation.operandLabels)
    set.insert(label);
  for (uint32_t i = 0; i < equation.numOperands(); ++i)
    step.values.push_back(i);
  step.labels = std::move(set.labels);
  finishStep(step, equation, [&](LabelId label) { return inOutput[label]; });
  return step;
}

Result<std::vector<PlannedStep>>
einc::reference::planSteps(const ShapedEquation &equation,
                           const ContractionTree &tree, double maxIterations) {
  size_t numOperands = equation.numOperands();
  size_t numValues = numOperands + tree.steps.size();
  if (tree.steps.size() + 1 != numOperands)
    return badTree(std::to_string(tree.steps.size()) + " steps for " +
                   std::to_string(numOperands) + " operands");

  // How many live values have a label; the output counts as one.
  std::vector<uint32_t> users(equation.labels.size(), 0);
  LabelSet set(equation);
  std::vector<std::vector<LabelId>> labels(numValues);
  for (size_t i = 0; i < numOperands; ++i) {
    set.clear();
    for (LabelId label : equation.operand(i))
      if (set.insert(label))
        ++users[label];
    labels[i] = set.labels;
  }
  set.clear();
  for (LabelId label : equation.outputLabels)
    if (set.insert(label))
      ++users[label];

  std::vector<bool> used(numValues, false);
  std::vector<PlannedStep> steps(tree.steps.size());
  double iterations = 0;
  for (size_t s = 0; s < steps.size(); ++s) {
    PlannedStep &step = steps[s];
    step.values = {tree.steps[s].lhs, tree.steps[s].rhs};
    set.clear();
    for (uint32_t value : step.values) {
      if (value >= numOperands + s || used[value])
        return badTree("step " + std::to_string(s) + " uses value " +
                       std::to_string(value));
      used[value] = true;
      for (LabelId label : labels[value]) {
        set.insert(label);
        --users[label];
      }
    }
    step.labels = set.labels;
    finishStep(step, equation,
               [&](LabelId label) { return users[label] != 0; });
    iterations += step.iterations;
    if (iterations > maxIterations)
      return exceedsLimit(iterations, "iterations", maxIterations);
    for (LabelId label : step.resultLabels)
      ++users[label];
    labels[numOperands + s] = step.resultLabels;
  }
  return steps;
}
