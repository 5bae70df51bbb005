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
  /// Spelling of each label for printing; empty: "0", "1", ...
  std::vector<std::string> names;
  /// Operands that must be contracted with each other first.
  std::vector<OperandGroup> groups;

  size_t numOperands() const { return start.size() - 1; }
  std::span<const LabelId> operand(size_t i) const {
    return {labels.data() + start[i], start[i + 1] - start[i]};
  }

  static Network fromEquation(const ShapedEquation &equation);
};

/// A network file (shared format: name, inputs, output, extents as JSON).
/// The result holds the equation as if it had been written with one label a
/// number, so that it can be planned and run. Errors: IO, InvalidArgument with
/// the JSON path of the mistake.
Result<ShapedEquation> parseNetworkJSON(std::string_view json);

} // namespace einc

#endif // EINC_COMPILER_PLANNER_NETWORK_H
