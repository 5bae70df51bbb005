// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Prints tensors the way numpy does: the fewest digits that tell a number from
/// its neighbours, at most eight after the point; one format for all numbers;
/// lines of 75 columns; long axes abridged.

#include "compiler/API/NumberFormat.h"
#include "einc/TensorView.h"

#include <optional>
#include <ostream>

using namespace einc;

static constexpr int64_t AbridgeAbove = 1000;
static constexpr int64_t EdgeItems = 3;
static constexpr size_t LineWidth = 75;

namespace {

/// Walks the elements that are shown, in row-major order.
class ShownElements {
public:
  explicit ShownElements(const TensorView &view)
      : view(view), abridged(view.size() > AbridgeAbove),
        index(IndexList::zeros(view.rank())) {}

  Scalar value() const { return view.readScalar(index); }
  bool isAbridged(size_t axis) const {
    return abridged && view.shape()[axis] > 2 * EdgeItems;
  }
  /// Whether elements before this one are left out along `axis`.
  bool followsGap(size_t axis) const {
    return isAbridged(axis) && index[axis] == view.shape()[axis] - EdgeItems;
  }
  /// Steps on; returns the outermost axis that moved, or none at the end.
  std::optional<size_t> next() {
    for (size_t axis = view.rank(); axis-- > 0;) {
      ++index[axis];
      if (isAbridged(axis) && index[axis] == EdgeItems)
        index[axis] = view.shape()[axis] - EdgeItems;
      if (index[axis] < view.shape()[axis])
        return axis;
      index[axis] = 0;
    }
    return std::nullopt;
  }

private:
  const TensorView &view;
  bool abridged;
  IndexList index;
};

/// Fills lines of numbers, breaking them between words.
class LineWriter {
public:
  explicit LineWriter(size_t rank) : rank(rank), indent(rank, ' ') {}

  void open(size_t brackets) {
    text.append(rank - brackets, ' ').append(brackets, '[');
    lineStart = text.size() - rank;
    lineIsEmpty = true;
  }
  void close(size_t brackets) { text.append(brackets, ']'); }
  void newLines(size_t count) { text.append(count, '\n'); }
  void addGap(size_t axis) { text.append(axis + 1, ' ').append("..."); }

  void addWord(const std::string &word) {
    // Room is kept for the brackets that may follow: one for each axis.
    size_t width = LineWidth > rank ? LineWidth - rank : 0;
    size_t length = text.size() - lineStart + !lineIsEmpty;
    if (!lineIsEmpty && length + word.size() > width) {
      text.resize(text.find_last_not_of(' ') + 1);
      text += '\n';
      lineStart = text.size();
      text += indent;
      lineIsEmpty = true;
    }
    if (!lineIsEmpty)
      text += ' ';
    text += word;
    lineIsEmpty = false;
  }

  std::string text;

private:
  size_t rank;
  std::string indent;
  size_t lineStart = 0;
  bool lineIsEmpty = true;
};

} // namespace

static std::string printElements(const TensorView &view) {
  NumberFormat format(view.element());
  ShownElements scan(view);
  do
    format.add(scan.value());
  while (scan.next());

  size_t rank = view.rank();
  ShownElements shown(view);
  LineWriter writer(rank);
  writer.open(rank);
  while (true) {
    writer.addWord(format(shown.value()));
    std::optional<size_t> axis = shown.next();
    if (!axis)
      break;
    size_t inner = rank - 1 - *axis;
    if (inner > 0) {
      writer.close(inner);
      writer.newLines(inner);
    }
    if (shown.followsGap(*axis)) {
      if (inner == 0) {
        writer.addWord("...");
      } else {
        writer.addGap(*axis);
        writer.newLines(inner);
      }
    }
    if (inner > 0)
      writer.open(inner);
  }
  writer.close(rank);
  return writer.text;
}

std::ostream &einc::operator<<(std::ostream &stream, const TensorView &view) {
  if (view.size() == 0)
    return stream << "[]";
  if (view.rank() == 0)
    return stream << formatScalar(view.readScalar({}), view.element());
  return stream << printElements(view);
}
