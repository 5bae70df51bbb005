// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Chooses a search and runs it.

#include "compiler/Planner/Search.h"

#include "compiler/Planner/Searches.h"

using namespace einc;

static constexpr NamedSearch searches[] = {
    {"optimal", MaxOptimalOperands, searchOptimal},
    {"greedy", SIZE_MAX, searchGreedy},
    {"left-to-right", SIZE_MAX, searchLeftToRight},
};

std::vector<std::string> einc::searchNames() {
  std::vector<std::string> names;
  for (const NamedSearch &search : searches)
    names.push_back(search.name);
  return names;
}

static Diagnostic invalid(std::string message) {
  Diagnostic error;
  error.kind = ErrorKind::InvalidArgument;
  error.message = std::move(message);
  return error;
}

Result<const NamedSearch *> einc::chooseSearch(const SearchOptions &options,
                                               size_t numOperands) {
  std::string known = "auto";
  for (const NamedSearch &search : searches) {
    bool takes = numOperands <= search.maxOperands;
    if (options.method == "auto" && takes)
      return &search;
    if (options.method == search.name) {
      if (takes)
        return &search;
      return invalid("search '" + options.method + "' takes up to " +
                     std::to_string(search.maxOperands) +
                     " operands, but there are " + std::to_string(numOperands) +
                     " to contract");
    }
    known += std::string(", ") + search.name;
  }
  return invalid("there is no search '" + options.method +
                 "'; there are: " + known);
}

static Result<ContractionTree> find(const Network &network,
                                    const SearchOptions &options) {
  if (network.numOperands() == 0)
    return invalid("there are no operands to contract");
  if (options.path)
    return treeFromPath(network, *options.path, options.pathForm);
  if (!network.groups.empty())
    return planGroups(network, options);
  Result<const NamedSearch *> chosen =
      chooseSearch(options, network.numOperands());
  if (!chosen)
    return std::move(chosen).error();
  ContractionTree tree;
  if (network.numOperands() > 1)
    tree = (*chosen)->search(network, options);
  tree.method = (*chosen)->name;
  // Greedy alone can be far worse than the order of the text.
  if (options.method == "auto" && tree.method == "greedy" &&
      leftToRightCost(network).log10Flops <
          treeCost(network, tree).log10Flops) {
    tree = searchLeftToRight(network, options);
    tree.method = "left-to-right";
  }
  return tree;
}

Result<ContractionTree> einc::findTree(const Network &network,
                                       const SearchOptions &options) {
  Deadline clock(std::nullopt);
  Result<ContractionTree> tree = find(network, options);
  if (tree)
    tree->seconds = clock.elapsed();
  return tree;
}
