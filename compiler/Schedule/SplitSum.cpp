// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which sums are cut, and where.

#include "compiler/Schedule/SplitSum.h"

#include <algorithm>
#include <cstdlib>

namespace einc {

namespace {

/// Grains that keep a few threads busy.
constexpr int64_t minSplitGrains = 8;
/// Parts of a sum, for machines of some dozens of cores.
constexpr int64_t mostParts = 64;
/// A part sums at least so many terms for each result: the result costs a
/// store, a load and an addition more.
constexpr int64_t leastTerms = 1024;
/// Results of one part, which stay in a cache until they are added.
constexpr double mostResults = 1 << 14;

/// The label to cut: the one of largest stride that has enough indices, so that
/// a part is one piece of memory; else the longest.
size_t labelToCut(std::span<const StepLabel> labels) {
  constexpr int64_t enough = 16;
  size_t best = labels.size();
  auto stride = [](const StepLabel &label) {
    return std::abs(label.strides[RoleA]);
  };
  auto isBetter = [&](const StepLabel &a, const StepLabel &b) {
    bool manyA = a.extent >= enough, manyB = b.extent >= enough;
    if (manyA != manyB)
      return manyA;
    return manyA ? stride(a) > stride(b) : a.extent > b.extent;
  };
  for (size_t i = 0; i < labels.size(); ++i)
    if (!labels[i].in[RoleC] &&
        (best == labels.size() || isBetter(labels[i], labels[best])))
      best = i;
  return best;
}

} // namespace

std::optional<SplitSum> chooseSplit(std::span<const StepLabel> labels,
                                    const KernelChoice &choice) {
  if (choice.grains == 0 || choice.grains >= minSplitGrains)
    return std::nullopt;
  double results = 1, terms = 1;
  for (const StepLabel &label : labels)
    (label.in[RoleC] ? results : terms) *= double(label.extent);
  if (results > mostResults || results * terms < 16 * double(ThreadWork) ||
      terms < 4 * double(leastTerms))
    return std::nullopt;
  size_t cut = labelToCut(labels);
  if (cut == labels.size())
    return std::nullopt;
  const int64_t extent = labels[cut].extent;
  double others = terms / double(extent);
  int64_t shortest = std::max<int64_t>(
      {1, int64_t(double(leastTerms) / others), extent / mostParts});
  if (extent / shortest < 2)
    return std::nullopt;
  // Parts of one length need one kernel call less. Extents are the caller's
  // numbers: the search for a divisor must end.
  constexpr int64_t mostTried = 4096;
  int64_t longest = std::min({2 * shortest, extent / 2, shortest + mostTried});
  for (int64_t length = shortest; length <= longest; ++length)
    if (extent % length == 0)
      return SplitSum{cut, extent / length, length, 0};
  // Whole vectors, where parts are longer than some.
  int64_t length = shortest < 256 ? shortest : (shortest + 63) / 64 * 64;
  if (2 * length > extent)
    return std::nullopt;
  return SplitSum{cut, extent / length, length, extent % length};
}

} // namespace einc
