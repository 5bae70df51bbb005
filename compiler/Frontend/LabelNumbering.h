// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From spellings to label numbers, and from label numbers to the output. Used
/// by every form of an equation, whatever its labels are made of.

#ifndef EINC_COMPILER_FRONTEND_LABELNUMBERING_H
#define EINC_COMPILER_FRONTEND_LABELNUMBERING_H

#include "compiler/Frontend/Equation.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace einc {

struct LabelNumbering {
  /// Label of each key.
  std::vector<LabelId> ids;
  /// For each label the first key that is it, and its rank among all labels.
  std::vector<uint32_t> firstUse;
  std::vector<uint32_t> sortRank;
};

/// Numbers keys in the order of their first use: for "b", "a", "b" the ids are
/// 0, 1, 0 and the ranks 1, 0. Sorts instead of hashing: the ranks are needed
/// anyway, and no choice of keys can make it slow.
template <typename Key>
LabelNumbering numberLabels(const std::vector<Key> &keys) {
  std::vector<std::pair<Key, uint32_t>> sorted;
  sorted.reserve(keys.size());
  for (const Key &key : keys)
    sorted.emplace_back(key, static_cast<uint32_t>(sorted.size()));
  std::sort(sorted.begin(), sorted.end());

  LabelNumbering result;
  // At first, ids holds for each key the first key equal to it.
  result.ids.resize(keys.size());
  for (size_t i = 0, first = 0; i < sorted.size(); ++i) {
    if (sorted[i].first != sorted[first].first)
      first = i;
    result.ids[sorted[i].second] = sorted[first].second;
  }
  for (uint32_t i = 0; i < result.ids.size(); ++i) {
    if (result.ids[i] == i) {
      result.ids[i] = static_cast<LabelId>(result.firstUse.size());
      result.firstUse.push_back(i);
    } else {
      result.ids[i] = result.ids[result.ids[i]];
    }
  }
  result.sortRank.resize(result.firstUse.size());
  uint32_t rank = 0;
  for (const auto &[key, use] : sorted)
    if (LabelId id = result.ids[use]; result.firstUse[id] == use)
      result.sortRank[id] = rank++;
  return result;
}

/// The same for letters, of which there are few: a table finds them, and
/// walking the table sorts them, in time linear in the keys.
LabelNumbering numberLetters(const std::vector<char32_t> &letters);

/// Completes an equation whose operands, axes (those of a written output last)
/// and sortRank are set. A written output is checked: returns the index in
/// Equation::axes of the first output label that no input has. An unwritten one
/// is made: the ellipsis, if an input has one, then every label that occurs
/// once, sorted.
std::optional<uint32_t> resolveOutput(Equation &equation);

} // namespace einc

#endif // EINC_COMPILER_FRONTEND_LABELNUMBERING_H
