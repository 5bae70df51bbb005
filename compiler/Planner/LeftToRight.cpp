// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The order left to right, which every plan is measured against.

#include "compiler/Planner/Searches.h"
#include "compiler/Planner/TreeWalk.h"

#include <bit>

using namespace einc;

ContractionTree einc::searchLeftToRight(const Network &network,
                                        const SearchOptions &) {
  ContractionTree tree;
  auto numOperands = static_cast<uint32_t>(network.numOperands());
  uint32_t result = 0;
  for (uint32_t i = 1; i < numOperands; ++i) {
    tree.steps.push_back({result, i});
    result = numOperands + i - 1;
  }
  return tree;
}

namespace {
/// The product of the extents of a changing set of labels. A tree of partial
/// products: changing the set takes log n multiplications and no division, so
/// that products of up to 53 bits are exact and extents of 0 do no harm.
class LabelSet {
public:
  explicit LabelSet(const std::vector<int64_t> &extents)
      : extents(extents), width(std::bit_ceil(extents.size() + 1)),
        products(2 * width, WideDouble(1)) {}

  void insert(LabelId label) {
    set(label, WideDouble(static_cast<double>(extents[label])));
  }
  void erase(LabelId label) { set(label, WideDouble(1)); }
  WideDouble product() const { return products[1]; }

private:
  void set(LabelId label, WideDouble factor) {
    size_t node = width + label;
    products[node] = factor;
    while (node /= 2)
      products[node] = products[2 * node] * products[2 * node + 1];
  }

  const std::vector<int64_t> &extents;
  size_t width;
  /// Node i is the product of nodes 2i and 2i + 1; node 1 is the root.
  std::vector<WideDouble> products;
};
} // namespace

TreeCost einc::leftToRightCost(const Network &network) {
  CostSum sum;
  LabelSet labels(network.extents);
  // Uses by operands that have not been reached, and by the output.
  std::vector<uint32_t> uses = network.countUses();
  for (size_t i = 0; i < network.numOperands(); ++i) {
    for (LabelId label : network.operand(i)) {
      labels.insert(label);
      --uses[label];
    }
    if (i == 0)
      continue;
    // Labels end where their last use is; those that only operand 0 has are
    // summed by the first step.
    bool sums = false;
    WideDouble all = labels.product();
    for (size_t last : {i == 1 ? 0 : i, i}) {
      for (LabelId label : network.operand(last)) {
        if (uses[label] == 0) {
          labels.erase(label);
          sums = true;
        }
      }
    }
    sum.add(sums ? all * WideDouble(2) : all, labels.product());
  }
  return sum.get();
}
