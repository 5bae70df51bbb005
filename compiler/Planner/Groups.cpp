// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Parentheses: each group becomes one value before anything around it is
/// planned. Groups are closed in the order of their closing parentheses, with a
/// stack, so that they may nest a million deep; a group costs what its own
/// labels cost.

#include "compiler/Planner/Searches.h"

#include <algorithm>
#include <set>

using namespace einc;

namespace {
class GroupPlanner {
public:
  GroupPlanner(const Network &network, const SearchOptions &options)
      : network(network), options(options), deadline(options.timeLimit),
        uses(network.countUses()), inside(network.extents.size(), 0),
        localLabel(network.extents.size(), 0) {}
  Result<ContractionTree> run();

private:
  std::span<const LabelId> labelsOf(uint32_t value) const;
  Result<uint32_t> contract(std::span<const uint32_t> items);
  Result<Success> search(std::span<const uint32_t> items,
                         std::span<const LabelId> labels,
                         std::span<const LabelId> kept);

  const Network &network;
  SearchOptions options;
  Deadline deadline;
  /// How many operands, live results of groups and outputs have each label;
  /// and how many items of the group at hand.
  std::vector<uint32_t> uses;
  std::vector<uint32_t> inside;
  /// The number of a label in the network of the group at hand.
  std::vector<LabelId> localLabel;
  /// Labels of the results of groups; empty for the steps inside them.
  std::vector<std::vector<LabelId>> results;
  ContractionTree tree;
  /// The searches that ran.
  std::set<std::string> methods;
};
} // namespace

std::span<const LabelId> GroupPlanner::labelsOf(uint32_t value) const {
  if (value < network.numOperands())
    return network.operand(value);
  return results[value - network.numOperands()];
}

/// Contracts the items of one group, and returns the result.
Result<uint32_t> GroupPlanner::contract(std::span<const uint32_t> items) {
  if (items.size() == 1)
    return items[0];
  std::vector<LabelId> labels;
  for (uint32_t item : items)
    for (LabelId label : labelsOf(item))
      if (inside[label]++ == 0)
        labels.push_back(label);
  std::sort(labels.begin(), labels.end());
  std::vector<LabelId> kept;
  for (LabelId label : labels) {
    if (uses[label] > inside[label])
      kept.push_back(label);
  }
  if (items.size() == 2) {
    tree.steps.push_back({items[0], items[1]});
  } else if (Result<Success> found = search(items, labels, kept); !found) {
    return std::move(found).error();
  }
  for (LabelId label : labels) {
    uses[label] -= inside[label];
    inside[label] = 0;
  }
  for (LabelId label : kept)
    ++uses[label];
  for (uint32_t item : items)
    if (item >= network.numOperands())
      results[item - network.numOperands()] = {};
  results.resize(tree.steps.size());
  results.back() = std::move(kept);
  return static_cast<uint32_t>(network.numOperands() + tree.steps.size() - 1);
}

/// Plans the group as a network with labels and values of its own.
Result<Success> GroupPlanner::search(std::span<const uint32_t> items,
                                     std::span<const LabelId> labels,
                                     std::span<const LabelId> kept) {
  Result<const NamedSearch *> chosen = chooseSearch(options, items.size());
  if (!chosen)
    return std::move(chosen).error();
  Network group;
  for (LabelId label : labels) {
    localLabel[label] = static_cast<LabelId>(group.extents.size());
    group.extents.push_back(network.extents[label]);
  }
  for (uint32_t item : items) {
    for (LabelId label : labelsOf(item))
      group.labels.push_back(localLabel[label]);
    group.start.push_back(static_cast<uint32_t>(group.labels.size()));
  }
  for (LabelId label : kept)
    group.output.push_back(localLabel[label]);

  SearchOptions groupOptions = options;
  groupOptions.timeLimit = deadline.remaining();
  ContractionTree found = (*chosen)->search(group, groupOptions);
  methods.insert((*chosen)->name);
  auto numItems = static_cast<uint32_t>(items.size());
  auto firstResult =
      static_cast<uint32_t>(network.numOperands() + tree.steps.size());
  auto outside = [&](uint32_t value) {
    return value < numItems ? items[value] : firstResult + value - numItems;
  };
  for (const ContractionTree::Step &step : found.steps)
    tree.steps.push_back({outside(step.lhs), outside(step.rhs)});
  return Success{};
}

Result<ContractionTree> GroupPlanner::run() {
  struct OpenGroup {
    uint32_t last;
    size_t firstItem;
  };
  // The items of the groups that are open, those of the innermost one on top.
  std::vector<uint32_t> items;
  std::vector<OpenGroup> open = {
      {static_cast<uint32_t>(network.numOperands()), 0}};
  auto group = network.groups.begin();
  for (uint32_t i = 0; i < network.numOperands(); ++i) {
    for (; group != network.groups.end() && group->first == i; ++group)
      open.push_back({group->last, items.size()});
    items.push_back(i);
    while (!open.empty() && open.back().last == i + 1) {
      size_t first = open.back().firstItem;
      Result<uint32_t> result = contract(std::span(items).subspan(first));
      if (!result)
        return std::move(result).error();
      items.resize(first);
      items.push_back(*result);
      open.pop_back();
    }
  }
  tree.method = "parentheses";
  for (const std::string &method : methods)
    tree.method += " + " + method;
  return std::move(tree);
}

Result<ContractionTree> einc::planGroups(const Network &network,
                                         const SearchOptions &options) {
  return GroupPlanner(network, options).run();
}
