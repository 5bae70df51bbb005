// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The searches by name, and the two ways in which a caller forces an order.
/// Users of the planner call findTree (Search.h).

#ifndef EINC_COMPILER_PLANNER_SEARCHES_H
#define EINC_COMPILER_PLANNER_SEARCHES_H

#include "compiler/Planner/Search.h"

#include <chrono>

namespace einc {

/// A search and what it can take.
struct NamedSearch {
  const char *name;
  size_t maxOperands;
  Search search;
};

/// The largest network that "optimal" takes, and "auto" gives to it.
constexpr size_t MaxOptimalOperands = 10;

ContractionTree searchOptimal(const Network &network,
                              const SearchOptions &options);
ContractionTree searchGreedy(const Network &network,
                             const SearchOptions &options);
ContractionTree searchLeftToRight(const Network &network,
                                  const SearchOptions &options);

/// The search that `options.method` means for a network of this many operands.
/// Errors: as of findTree.
Result<const NamedSearch *> chooseSearch(const SearchOptions &options,
                                         size_t numOperands);

/// The tree of an explicit path. Errors: InvalidArgument.
Result<ContractionTree>
treeFromPath(const Network &network,
             const std::vector<std::vector<uint32_t>> &path,
             SearchOptions::PathForm form);

/// Plans each group of the network from the inside out as a network of its own.
/// Errors: those of chooseSearch.
Result<ContractionTree> planGroups(const Network &network,
                                   const SearchOptions &options);

/// Measures a search and its budget.
class Deadline {
public:
  explicit Deadline(std::optional<double> limitSeconds) : limit(limitSeconds) {}
  double elapsed() const {
    return std::chrono::duration<double>(Clock::now() - begin).count();
  }
  bool passed() const { return limit && elapsed() >= *limit; }
  /// What is left of the budget.
  std::optional<double> remaining() const {
    if (!limit)
      return std::nullopt;
    double left = *limit - elapsed();
    return left > 0 ? left : 0;
  }

private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin = Clock::now();
  std::optional<double> limit;
};

} // namespace einc

#endif // EINC_COMPILER_PLANNER_SEARCHES_H
