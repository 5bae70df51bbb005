// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Counts, for each label, the live values that have it.

#include "compiler/Schedule/LabelLifetimes.h"

namespace einc {

LabelLifetimes findLifetimes(std::span<const NormalizedTensor> operands,
                             const NormalizedTensor &output,
                             const ContractionTree &tree,
                             std::vector<uint32_t> &slots) {
  const size_t numOperands = operands.size(), numLabels = slots.size();
  LabelLifetimes lifetimes;
  lifetimes.results.resize(tree.steps.size());
  lifetimes.summedBy.assign(numLabels, NoSlot);
  lifetimes.consumers.assign(numOperands + tree.steps.size(), NoSlot);

  // Live values that have the label; the output is one that never dies.
  std::vector<uint32_t> uses(numLabels, 0);
  for (const NormalizedTensor &operand : operands)
    for (const StridedAxis &axis : operand.axes)
      ++uses[axis.label];
  for (const StridedAxis &axis : output.axes)
    ++uses[axis.label];

  for (uint32_t s = 0; s < tree.steps.size(); ++s) {
    std::vector<LabelId> &result = lifetimes.results[s];
    // `slots` marks the labels seen in this step.
    auto see = [&](LabelId label) {
      --uses[label];
      if (slots[label] == NoSlot) {
        slots[label] = 0;
        result.push_back(label);
      }
    };
    for (uint32_t value : {tree.steps[s].lhs, tree.steps[s].rhs}) {
      lifetimes.consumers[value] = s;
      if (value < numOperands)
        for (const StridedAxis &axis : operands[value].axes)
          see(axis.label);
      else
        for (LabelId label : lifetimes.results[value - numOperands])
          see(label);
    }
    std::erase_if(result, [&](LabelId label) {
      slots[label] = NoSlot;
      if (uses[label] == 0) {
        lifetimes.summedBy[label] = s;
        return true;
      }
      ++uses[label];
      return false;
    });
  }
  return lifetimes;
}

} // namespace einc
