// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A path that the caller wrote down -> contraction tree.

#include "compiler/Planner/Searches.h"

#include <bit>

using namespace einc;

namespace {
/// A list from which elements are removed by position, each in log n steps: a
/// Fenwick tree (Fenwick, "A new data structure for cumulative frequency
/// tables", 1994) that counts the elements left in front of each place.
class ShrinkingList {
public:
  explicit ShrinkingList(size_t capacity) : counts(capacity + 1, 0) {}

  size_t size() const { return numLeft; }
  void insert(size_t place) { add(place, 1); }
  void erase(size_t place) { add(place, -1); }
  /// The place of the element at `position` of those left.
  size_t find(size_t position) const {
    size_t node = 0;
    for (size_t step = std::bit_floor(counts.size()); step != 0; step /= 2) {
      if (node + step < counts.size() &&
          static_cast<size_t>(counts[node + step]) <= position) {
        node += step;
        position -= static_cast<size_t>(counts[node]);
      }
    }
    return node;
  }

private:
  void add(size_t place, int32_t change) {
    numLeft += static_cast<size_t>(static_cast<ptrdiff_t>(change));
    for (size_t node = place + 1; node < counts.size(); node += node & -node)
      counts[node] += change;
  }

  std::vector<int32_t> counts;
  size_t numLeft = 0;
};

/// Path entries name *items*: the operands, then one result an entry. Entries
/// of one operand or of more than two make items differ from tree values.
class PathReader {
public:
  PathReader(const Network &network, size_t numEntries,
             SearchOptions::PathForm form);
  /// Reads the next entry. Error: InvalidArgument.
  Result<Success> read(const std::vector<uint32_t> &entry);
  Result<ContractionTree> finish();

private:
  /// The item that an entry's number means.
  Result<size_t> findItem(uint32_t number) const;
  Diagnostic error(const std::string &what) const;

  size_t numOperands;
  bool linear;
  size_t entryNumber = 0;
  /// The tree value of each item, and the entry that used it up.
  std::vector<uint32_t> values;
  std::vector<size_t> usedBy;
  ShrinkingList left;
  ContractionTree tree;
};
} // namespace

constexpr size_t Unused = SIZE_MAX;

PathReader::PathReader(const Network &network, size_t numEntries,
                       SearchOptions::PathForm form)
    : numOperands(network.numOperands()),
      linear(form == SearchOptions::PathForm::Linear),
      left(numOperands + numEntries) {
  for (size_t i = 0; i < numOperands; ++i) {
    values.push_back(static_cast<uint32_t>(i));
    usedBy.push_back(Unused);
    left.insert(i);
  }
  tree.method = "path";
}

Diagnostic PathReader::error(const std::string &what) const {
  Diagnostic error;
  error.kind = ErrorKind::InvalidArgument;
  error.message = "path step " + std::to_string(entryNumber) + " " + what;
  return error;
}

static std::string countOperands(size_t count) {
  return std::to_string(count) + (count == 1 ? " operand" : " operands");
}

Result<size_t> PathReader::findItem(uint32_t number) const {
  std::string text = std::to_string(number);
  if (linear) {
    if (number >= left.size())
      return error("names position " + text + ", but " +
                   countOperands(left.size()) +
                   (left.size() == 1 ? " is left" : " are left"));
    return left.find(number);
  }
  if (number >= values.size())
    return error("names value " + text + ", which no step before it makes");
  if (usedBy[number] != Unused && usedBy[number] != entryNumber)
    return error("names value " + text + ", which step " +
                 std::to_string(usedBy[number]) + " has used up");
  return size_t{number};
}

Result<Success> PathReader::read(const std::vector<uint32_t> &entry) {
  if (entry.empty())
    return error("names no operand");
  std::vector<size_t> items;
  items.reserve(entry.size());
  for (uint32_t number : entry) {
    Result<size_t> item = findItem(number);
    if (!item)
      return std::move(item).error();
    if (usedBy[*item] == entryNumber)
      return error((linear ? "names position " : "names value ") +
                   std::to_string(number) + " twice");
    usedBy[*item] = entryNumber;
    items.push_back(*item);
  }
  uint32_t result = values[items[0]];
  for (size_t i = 1; i < items.size(); ++i) {
    tree.steps.push_back({result, values[items[i]]});
    result = static_cast<uint32_t>(numOperands + tree.steps.size() - 1);
  }
  for (size_t item : items)
    left.erase(item);
  left.insert(values.size());
  values.push_back(result);
  usedBy.push_back(Unused);
  ++entryNumber;
  return Success{};
}

Result<ContractionTree> PathReader::finish() {
  if (left.size() == 1)
    return std::move(tree);
  Diagnostic error;
  error.kind = ErrorKind::InvalidArgument;
  error.message = "the path leaves " + countOperands(left.size()) +
                  "; it has to contract them all into one";
  return error;
}

Result<ContractionTree>
einc::treeFromPath(const Network &network,
                   const std::vector<std::vector<uint32_t>> &path,
                   SearchOptions::PathForm form) {
  PathReader reader(network, path.size(), form);
  for (const std::vector<uint32_t> &entry : path)
    if (Result<Success> read = reader.read(entry); !read)
      return std::move(read).error();
  return reader.finish();
}
