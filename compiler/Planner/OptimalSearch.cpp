// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The cheapest tree of all, outer products included, by dynamic programming
/// over subsets of operands: the best tree of a subset is the best way to split
/// it in two (Selinger et al., "Access path selection in a relational database
/// management system", 1979, in the bushy form of Vance and Maier, "Rapid bushy
/// join-order optimization with Cartesian products", 1996). 3^n / 2 splits, so
/// about 30,000 for ten operands; no time limit is needed.

#include "compiler/Planner/Searches.h"
#include "compiler/Planner/WideDouble.h"

#include <algorithm>
#include <bit>

using namespace einc;

namespace {
using Subset = uint32_t;

/// Labels that the same operands have, as one: they live and die together.
struct LabelClass {
  Subset operands;
  bool inOutput;
  WideDouble extent;
};

/// The best tree of a subset: fewest flops, then smallest largest intermediate.
struct Best {
  WideDouble flops;
  WideDouble largest;
  /// The part that holds the subset's first operand; 0: one operand only.
  Subset lhs = 0;
};

class OptimalSearch {
public:
  explicit OptimalSearch(const Network &network);
  ContractionTree run();

private:
  void split(Subset whole);
  uint32_t emit(Subset whole, ContractionTree &tree) const;

  uint32_t numOperands;
  std::vector<LabelClass> classes;
  /// By subset.
  std::vector<Best> best;
};
} // namespace

/// Whether the intermediate `part` has summed a label over `operands` already.
/// A single operand still has all its labels.
static bool isSummedIn(Subset operands, Subset part) {
  return (operands & ~part) == 0 && !std::has_single_bit(part);
}

OptimalSearch::OptimalSearch(const Network &network)
    : numOperands(static_cast<uint32_t>(network.numOperands())),
      best(size_t{1} << numOperands) {
  // The first operand has the highest bit. Counting up then meets splits that
  // take the last operand apart first, and among equals the first one wins:
  // where nothing is gained, the order is left to right.
  std::vector<Subset> operandsOf(network.extents.size(), 0);
  for (uint32_t i = 0; i < numOperands; ++i)
    for (LabelId label : network.operand(i))
      operandsOf[label] |= Subset{1} << (numOperands - 1 - i);

  constexpr Subset OutputBit = Subset{1} << 31;
  for (LabelId label : network.output)
    operandsOf[label] |= OutputBit;
  std::vector<LabelId> labels(network.labels);
  std::sort(labels.begin(), labels.end(), [&](LabelId a, LabelId b) {
    return std::pair(operandsOf[a], a) < std::pair(operandsOf[b], b);
  });
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  for (size_t i = 0; i < labels.size();) {
    Subset operands = operandsOf[labels[i]];
    WideProduct extent;
    for (; i < labels.size() && operandsOf[labels[i]] == operands; ++i)
      extent.multiply(network.extents[labels[i]]);
    classes.push_back(
        {operands & ~OutputBit, (operands & OutputBit) != 0, extent.get()});
  }
}

void OptimalSearch::split(Subset whole) {
  WideDouble size(1);
  std::vector<LabelClass> summed;
  bool sumsNothing = false;
  for (const LabelClass &labels : classes) {
    if (labels.inOutput || (labels.operands & ~whole) != 0)
      size = (labels.operands & whole) != 0 ? size * labels.extent : size;
    else {
      summed.push_back(labels);
      sumsNothing |= !(WideDouble(0) < labels.extent);
    }
  }
  // A step costs no less than its result has elements, unless it sums over an
  // extent of 0.
  WideDouble least = sumsNothing ? WideDouble(0) : size;
  Best &result = best[whole];
  Subset others = whole & ~std::bit_floor(whole);
  for (Subset rhs = others & -others; rhs != 0; rhs = (rhs - others) & others) {
    Subset lhs = whole & ~rhs;
    WideDouble parts = best[lhs].flops + best[rhs].flops;
    if (result.lhs != 0 && result.flops < parts + least)
      continue;
    WideDouble flops = size;
    bool sums = false;
    for (const LabelClass &labels : summed) {
      if (isSummedIn(labels.operands, lhs) || isSummedIn(labels.operands, rhs))
        continue;
      flops = flops * labels.extent;
      sums = true;
    }
    if (sums)
      flops = flops * WideDouble(2);
    flops = parts + flops;
    WideDouble largest = std::max({best[lhs].largest, best[rhs].largest, size});
    if (result.lhs == 0 || flops < result.flops ||
        (!(result.flops < flops) && largest < result.largest))
      result = {flops, largest, lhs};
  }
}

/// Recurses as deep as there are operands: ten.
uint32_t OptimalSearch::emit(Subset whole, ContractionTree &tree) const {
  Subset lhs = best[whole].lhs;
  if (lhs == 0)
    return numOperands - std::bit_width(whole);
  uint32_t left = emit(lhs, tree);
  uint32_t right = emit(whole & ~lhs, tree);
  tree.steps.push_back({left, right});
  return numOperands + static_cast<uint32_t>(tree.steps.size()) - 1;
}

ContractionTree OptimalSearch::run() {
  // Every proper part of a subset is a smaller number.
  for (Subset whole = 1; whole < best.size(); ++whole)
    if (!std::has_single_bit(whole))
      split(whole);
  ContractionTree tree;
  emit(static_cast<Subset>(best.size() - 1), tree);
  return tree;
}

ContractionTree einc::searchOptimal(const Network &network,
                                    const SearchOptions &) {
  return OptimalSearch(network).run();
}
