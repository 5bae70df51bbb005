// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A tensor network: a hypergraph whose vertices are operands and whose
/// hyperedges are labels with extents. What every search takes. Flat arrays,
/// made for 600,000 operands.

#ifndef EINC_COMPILER_PLANNER_NETWORK_H
#define EINC_COMPILER_PLANNER_NETWORK_H

#include "compiler/Frontend/ShapeInference.h"

#include <string>
#include <string_view>

namespace einc {

struct Network {
  /// Distinct labels of operand i, sorted by number:
  /// labels[start[i] .. start[i + 1]).
  std::vector<uint32_t> start = {0};
  std::vector<LabelId> labels;
  /// Distinct labels of the output, sorted.
  std::vector<LabelId> output;
  std::vector<int64_t> extents;
  /// Operands that must be contracted with each other first.
  std::vector<OperandGroup> groups;

  // For printing only; no search looks at what follows.

  /// Spelling of each label; empty: "0", "1", ...
  std::vector<std::string> names;
  /// The terms as they were written: every axis, in its order, repeated labels
  /// repeated. `writtenStart` empty: as in `labels` and `output`.
  std::vector<uint32_t> writtenStart;
  std::vector<LabelId> writtenLabels;
  std::vector<LabelId> writtenOutput;

  size_t numOperands() const { return start.size() - 1; }
  std::span<const LabelId> operand(size_t i) const {
    return {labels.data() + start[i], start[i + 1] - start[i]};
  }
  std::span<const LabelId> writtenOperand(size_t i) const {
    if (writtenStart.empty())
      return operand(i);
    return {writtenLabels.data() + writtenStart[i],
            writtenStart[i + 1] - writtenStart[i]};
  }
  std::span<const LabelId> writtenResult() const {
    return writtenStart.empty() ? output : writtenOutput;
  }
  /// For each label, the operands that have it, and the output as one more:
  /// while a contraction runs, the number of places that still need it.
  std::vector<uint32_t> countUses() const;

  static Network fromEquation(const ShapedEquation &equation);
};

/// A network file, a JSON object of
///
///     "inputs": [[0,1],[1,2]]   labels of each operand
///     "output": [0,2]           labels of the output
///     "extents": [3,4,2]        extent of each label
///
/// and any other keys ("name", "source", "best_known" ...), which are ignored.
/// The result holds the equation as if it had been written with the labels
/// "a" ... "z", "A" ... "Z", "l52", "l53" ..., so that it can be planned and
/// run. At most 64 MiB, 4,194,304 operands and as many labels.
/// Errors: InvalidArgument with the JSON path of the mistake, SizeOverflow,
/// Limit.
Result<ShapedEquation> parseNetworkJSON(std::string_view json);

} // namespace einc

#endif // EINC_COMPILER_PLANNER_NETWORK_H
