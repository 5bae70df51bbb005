// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Contracts the pair that shrinks the network most, again and again. The
/// measure, size(result) - size(lhs) - size(rhs), is that of opt_einsum's
/// greedy path (Smith and Gray, "opt_einsum", JOSS 3(26), 2018). What is left
/// then shares no label and is joined by outer products, smallest first.
///
/// A label of many operands would make quadratically many pairs. Each operand
/// is therefore paired only with a bounded number of the others: the smallest,
/// and those next to it when they are ordered by size and labels, so that
/// operands of equal labels, the cheapest pairs of all, stand side by side.

#include "compiler/Planner/Searches.h"
#include "compiler/Planner/WideDouble.h"

#include <algorithm>
#include <queue>
#include <set>
#include <tuple>

using namespace einc;

namespace {
/// How many neighbours a value is paired with, for each of its labels.
constexpr size_t MaxNeighbours = 16;

struct Value {
  std::vector<LabelId> labels;
  WideDouble size;
  /// Of the labels.
  uint64_t hash = 0;
  uint32_t firstOperand = 0;
  bool live = true;
};

/// By size, then equal labels together.
struct SizeOrder {
  const std::vector<Value> *values;
  bool operator()(uint32_t a, uint32_t b) const {
    const Value &left = (*values)[a], &right = (*values)[b];
    if (left.size < right.size || right.size < left.size)
      return left.size < right.size;
    return std::tie(left.hash, a) < std::tie(right.hash, b);
  }
};

struct Candidate {
  WideDouble growth;
  uint64_t tieBreak;
  uint32_t lhs;
  uint32_t rhs;
  /// The best one on top of a heap.
  friend bool operator<(const Candidate &a, const Candidate &b) {
    if (a.growth < b.growth || b.growth < a.growth)
      return b.growth < a.growth;
    return std::tie(b.tieBreak, b.lhs, b.rhs) <
           std::tie(a.tieBreak, a.lhs, a.rhs);
  }
};

class GreedySearch {
public:
  GreedySearch(const Network &network, const SearchOptions &options);
  ContractionTree run();

private:
  using Holders = std::set<uint32_t, SizeOrder>;

  void addValue(std::vector<LabelId> labels, uint32_t firstOperand);
  bool isNeeded(LabelId label, uint32_t holders) const {
    return inOutput[label] || this->holders[label].size() > holders;
  }
  template <typename Visit>
  void forEachKept(uint32_t lhs, uint32_t rhs, Visit visit) const;
  void propose(uint32_t lhs, uint32_t rhs);
  void proposeFirstPairs();
  void proposeNeighbours(uint32_t value);
  uint32_t contract(uint32_t lhs, uint32_t rhs);
  void addStep(uint32_t lhs, uint32_t rhs);
  void joinBySize();
  void joinLeftToRight();
  bool outOfTime();

  const Network &network;
  uint64_t seed;
  Deadline deadline;
  std::vector<bool> inOutput;
  /// Operands and results, numbered as in the tree.
  std::vector<Value> values;
  /// The live values that have a label.
  std::vector<Holders> holders;
  std::priority_queue<Candidate> candidates;
  /// The last value for which a value was proposed as a neighbour.
  std::vector<uint32_t> proposedFor;
  ContractionTree tree;
};
} // namespace

/// The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", 2014).
static uint64_t mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

GreedySearch::GreedySearch(const Network &network, const SearchOptions &options)
    : network(network), seed(options.seed), deadline(options.timeLimit),
      inOutput(network.extents.size(), false),
      holders(network.extents.size(), Holders(SizeOrder{&values})) {
  for (LabelId label : network.output)
    inOutput[label] = true;
  size_t numOperands = network.numOperands();
  values.reserve(2 * numOperands - 1);
  proposedFor.assign(2 * numOperands - 1, UINT32_MAX);
  tree.steps.reserve(numOperands - 1);
  for (size_t i = 0; i < numOperands; ++i) {
    std::span<const LabelId> labels = network.operand(i);
    addValue({labels.begin(), labels.end()}, static_cast<uint32_t>(i));
  }
}

void GreedySearch::addValue(std::vector<LabelId> labels,
                            uint32_t firstOperand) {
  auto number = static_cast<uint32_t>(values.size());
  WideProduct size;
  uint64_t hash = 0;
  for (LabelId label : labels) {
    size.multiply(network.extents[label]);
    hash = mix(hash ^ label);
  }
  values.push_back({std::move(labels), size.get(), hash, firstOperand, true});
  for (LabelId label : values.back().labels)
    holders[label].insert(holders[label].end(), number);
}

/// The labels that the result of a contraction keeps.
template <typename Visit>
void GreedySearch::forEachKept(uint32_t lhs, uint32_t rhs, Visit visit) const {
  const std::vector<LabelId> &left = values[lhs].labels;
  const std::vector<LabelId> &right = values[rhs].labels;
  auto l = left.begin(), r = right.begin();
  while (l != left.end() || r != right.end()) {
    bool inLeft = l != left.end() && (r == right.end() || *l <= *r);
    bool inRight = r != right.end() && (l == left.end() || *r <= *l);
    LabelId label = inLeft ? *l : *r;
    l += inLeft;
    r += inRight;
    if (isNeeded(label, inLeft + inRight))
      visit(label);
  }
}

/// What a pair costs does not change while both are there: whether the result
/// keeps a label depends on there being a third value that has it, and while
/// two values that do not have it go, their result has it.
void GreedySearch::propose(uint32_t lhs, uint32_t rhs) {
  if (values[rhs].firstOperand < values[lhs].firstOperand)
    std::swap(lhs, rhs);
  WideProduct size;
  forEachKept(lhs, rhs,
              [&](LabelId label) { size.multiply(network.extents[label]); });
  WideDouble growth = size.get() - values[lhs].size - values[rhs].size;
  uint64_t pair = uint64_t{std::min(lhs, rhs)} << 32 | std::max(lhs, rhs);
  candidates.push({growth, seed == 0 ? pair : mix(pair ^ mix(seed)), lhs, rhs});
}

void GreedySearch::proposeFirstPairs() {
  std::vector<uint64_t> pairs;
  for (const Holders &set : holders) {
    for (auto first = set.begin(); first != set.end(); ++first) {
      auto second = std::next(first);
      for (size_t n = 0; n < MaxNeighbours && second != set.end(); ++n) {
        pairs.push_back(uint64_t{std::min(*first, *second)} << 32 |
                        std::max(*first, *second));
        ++second;
      }
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (uint64_t pair : pairs)
    propose(static_cast<uint32_t>(pair >> 32), static_cast<uint32_t>(pair));
}

void GreedySearch::proposeNeighbours(uint32_t value) {
  auto proposeOnce = [&](uint32_t other) {
    if (other == value || proposedFor[other] == value)
      return;
    proposedFor[other] = value;
    propose(value, other);
  };
  for (LabelId label : values[value].labels) {
    const Holders &set = holders[label];
    auto smallest = set.begin();
    for (size_t n = 0; n < MaxNeighbours / 2 && smallest != set.end(); ++n)
      proposeOnce(*smallest++);
    auto above = set.find(value);
    auto below = above++;
    for (size_t n = 0; n < MaxNeighbours / 4 && above != set.end(); ++n)
      proposeOnce(*above++);
    for (size_t n = 0; n < MaxNeighbours / 4 && below != set.begin(); ++n)
      proposeOnce(*--below);
  }
}

uint32_t GreedySearch::contract(uint32_t lhs, uint32_t rhs) {
  std::vector<LabelId> kept;
  forEachKept(lhs, rhs, [&](LabelId label) { kept.push_back(label); });
  for (uint32_t value : {lhs, rhs}) {
    for (LabelId label : values[value].labels)
      holders[label].erase(value);
    values[value].live = false;
    values[value].labels = {};
  }
  addStep(lhs, rhs);
  addValue(std::move(kept), values[lhs].firstOperand);
  return static_cast<uint32_t>(values.size() - 1);
}

void GreedySearch::addStep(uint32_t lhs, uint32_t rhs) {
  tree.steps.push_back({lhs, rhs});
}

/// Reading the clock costs as much as a small step.
bool GreedySearch::outOfTime() {
  return tree.steps.size() % 64 == 0 && deadline.passed();
}

void GreedySearch::joinBySize() {
  SizeOrder order{&values};
  auto later = [order](uint32_t a, uint32_t b) { return order(b, a); };
  std::priority_queue<uint32_t, std::vector<uint32_t>, decltype(later)> queue(
      later);
  for (uint32_t i = 0; i < values.size(); ++i)
    if (values[i].live)
      queue.push(i);
  while (queue.size() > 1) {
    uint32_t lhs = queue.top();
    queue.pop();
    uint32_t rhs = queue.top();
    queue.pop();
    if (values[rhs].firstOperand < values[lhs].firstOperand)
      std::swap(lhs, rhs);
    queue.push(contract(lhs, rhs));
  }
}

/// The way out when time is up: looks at no label.
void GreedySearch::joinLeftToRight() {
  std::vector<std::pair<uint32_t, uint32_t>> live;
  for (uint32_t i = 0; i < values.size(); ++i)
    if (values[i].live)
      live.push_back({values[i].firstOperand, i});
  std::sort(live.begin(), live.end());
  uint32_t result = live.front().second;
  for (size_t i = 1; i < live.size(); ++i) {
    addStep(result, live[i].second);
    result =
        static_cast<uint32_t>(network.numOperands() + tree.steps.size() - 1);
  }
}

ContractionTree GreedySearch::run() {
  bool late = deadline.passed();
  if (!late)
    proposeFirstPairs();
  while (!late && !candidates.empty()) {
    Candidate best = candidates.top();
    candidates.pop();
    if (!values[best.lhs].live || !values[best.rhs].live)
      continue;
    uint32_t result = contract(best.lhs, best.rhs);
    proposeNeighbours(result);
    late = outOfTime();
  }
  if (late)
    joinLeftToRight();
  else
    joinBySize();
  return std::move(tree);
}

ContractionTree einc::searchGreedy(const Network &network,
                                   const SearchOptions &options) {
  return GreedySearch(network, options).run();
}
