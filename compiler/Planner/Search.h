// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Network in, contraction tree out. Searches are interchangeable functions of
/// one signature; `auto` chooses among them.

#ifndef EINC_COMPILER_PLANNER_SEARCH_H
#define EINC_COMPILER_PLANNER_SEARCH_H

#include "compiler/Planner/ContractionTree.h"

#include <optional>

namespace einc {

struct SearchOptions {
  /// "auto", or the name of a search from searchNames().
  std::string method = "auto";
  /// Equal seeds give equal trees, on every machine, where no time limit cuts
  /// a search short. 0: ties are broken from left to right.
  uint64_t seed = 0;
  /// Wall-clock budget in seconds. A search that runs out of time returns its
  /// best tree so far, or completes the one it has in the cheapest way: there
  /// is always a tree, even with a budget of 0.
  std::optional<double> timeLimit;
  /// A path forced by the caller; `method` and groups are then ignored.
  /// Linear: opt_einsum's form, positions in the shrinking list of operands
  /// (the result goes to the end). SSA: value numbers; the result of entry s
  /// is value n + s. An entry of three operands or more contracts them left to
  /// right as it lists them. An entry of one operand contracts nothing: its
  /// result is the operand, at the end of the list or with a new number.
  enum class PathForm { Linear, SSA };
  std::optional<std::vector<std::vector<uint32_t>>> path;
  PathForm pathForm = PathForm::Linear;
};

/// One search, over a network without groups and with at least two operands.
/// It minimises flops.
using Search = ContractionTree (*)(const Network &, const SearchOptions &);

/// The registered searches: "optimal" (dynamic programming over subsets, up to
/// 10 operands), "greedy", "left-to-right".
std::vector<std::string> searchNames();

/// Plans: an explicit path, else groups from the inside out (each planned as a
/// network of its own), else the chosen search. `auto` is "optimal" where that
/// takes the network (or group), else "greedy".
/// Errors: InvalidArgument (no operands, unknown method, more operands than it
/// can take, a path that is no path; the message says which step and why).
Result<ContractionTree> findTree(const Network &network,
                                 const SearchOptions &options);

} // namespace einc

#endif // EINC_COMPILER_PLANNER_SEARCH_H
