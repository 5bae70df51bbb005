// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which labels the results of a tree's steps have, once axes of extent 1 are
/// gone. (The plan counts a label until its last operand, even one that only
/// broadcasts; a step sums it as soon as nothing else walks along it.)

#ifndef EINC_COMPILER_SCHEDULE_LABELLIFETIMES_H
#define EINC_COMPILER_SCHEDULE_LABELLIFETIMES_H

#include "compiler/Schedule/LabelGroups.h"

namespace einc {

struct LabelLifetimes {
  /// Labels of the result of each step: those of lhs, then those of rhs.
  std::vector<std::vector<LabelId>> results;
  /// For each label, the step that sums it; NoSlot if the output has it.
  std::vector<uint32_t> summedBy;
  /// For each value, the step that uses it; NoSlot for the last.
  std::vector<uint32_t> consumers;
};

/// Linear in the labels touched. `operands` and `output` are normalised,
/// `slots` as for normalizeTensor.
LabelLifetimes findLifetimes(std::span<const NormalizedTensor> operands,
                             const NormalizedTensor &output,
                             const ContractionTree &tree,
                             std::vector<uint32_t> &slots);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_LABELLIFETIMES_H
