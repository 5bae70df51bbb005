// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The two lines that show where a mistake is. Only the neighbourhood of the
/// carets is looked at, so the cost does not depend on the length of the text.

#include "compiler/Support/Diagnostic.h"
#include "compiler/Support/Printable.h"
#include "compiler/Support/Unicode.h"

#include <algorithm>

using namespace einc;

static constexpr int maxColumns = 60;
static constexpr std::string_view cut = "...";
static constexpr int cutColumns = 3;

/// Far more bytes than a window of visible characters holds: bounds the walk
/// over marks of no width.
static constexpr size_t maxWindowBytes = 16 * maxColumns;

namespace {

/// Bytes [begin, end) of the text and the columns they take.
class Window {
public:
  /// `caretAtEnd`: a caret stands behind the last character and needs a column.
  Window(std::string_view text, size_t begin, bool caretAtEnd)
      : text(text), endColumns(caretAtEnd ? 1 : 0), begin(begin), end(begin) {}

  size_t first() const { return begin; }
  size_t last() const { return end; }
  bool cutLeft() const { return begin > 0; }
  bool cutRight() const { return end < text.size(); }
  int columns() const { return width; }

  /// Takes in one more character if the window still fits then.
  bool growLeft() {
    if (begin == 0)
      return false;
    size_t next = previousCodePoint(text, begin);
    return take(next, end, glyphAt(text, next).width);
  }
  bool growRight() {
    if (end == text.size())
      return false;
    Glyph glyph = glyphAt(text, end);
    return take(begin, end + glyph.numBytes, glyph.width);
  }
  /// Takes in everything up to `byte` or, if that does not fit, nothing.
  bool reach(size_t byte) {
    Window saved = *this;
    while (end < byte)
      if (!growRight()) {
        *this = saved;
        return false;
      }
    return true;
  }
  /// Replaces a cut by the characters it hides where they are no longer.
  void closeSmallCuts() {
    Window tried = *this;
    tried.slack = cutColumns;
    while (tried.growLeft()) {
    }
    if (!tried.cutLeft() && tried.fits(0))
      *this = tried;
    tried = *this;
    tried.slack = cutColumns;
    while (tried.growRight()) {
    }
    if (!tried.cutRight() && tried.fits(0))
      *this = tried;
    slack = 0;
  }

private:
  bool fits(int extra) const {
    int total = width + (cutLeft() ? cutColumns : 0) +
                (cutRight() ? cutColumns : endColumns);
    return total <= maxColumns + extra && end - begin <= maxWindowBytes;
  }
  bool take(size_t newBegin, size_t newEnd, int newColumns) {
    Window grown = *this;
    grown.begin = newBegin;
    grown.end = newEnd;
    grown.width += newColumns;
    if (!grown.fits(slack))
      return false;
    *this = grown;
    return true;
  }

  std::string_view text;
  int endColumns;
  size_t begin, end;
  int width = 0;
  int slack = 0;
};

} // namespace

/// The window that shows the first caret and as many of the others as fit.
static Window chooseWindow(std::string_view text,
                           const std::vector<Position> &positions) {
  bool caretAtEnd = false;
  for (const Position &position : positions)
    caretAtEnd |= position.byte >= text.size();

  Window whole(text, 0, caretAtEnd);
  // Growing may stop short of a text that fits only once it is not cut.
  while (whole.growRight()) {
  }
  whole.closeSmallCuts();
  if (!whole.cutRight())
    return whole;

  Window window(text, std::min(positions.front().byte, text.size()),
                caretAtEnd);
  window.growRight();
  for (const Position &position : positions) {
    if (position.byte < window.last())
      continue;
    if (!window.reach(std::min(position.byte, text.size())))
      break;
    window.growRight();
  }
  int context = (maxColumns - window.columns()) / 2;
  int before = window.columns();
  while (window.columns() - before < context && window.growLeft()) {
  }
  while (window.growRight()) {
  }
  while (window.growLeft()) {
  }
  window.closeSmallCuts();
  return window;
}

std::string einc::makeExcerpt(std::string_view text,
                              const std::vector<Position> &positions) {
  if (positions.empty())
    return "";
  Window window = chooseWindow(text, positions);

  std::string line, carets;
  int column = 0;
  if (window.cutLeft()) {
    line = cut;
    column = cutColumns;
  }
  auto hasCaret = [&](size_t byte) {
    for (const Position &position : positions)
      if (std::min(position.byte, text.size()) == byte)
        return true;
    return false;
  };
  auto placeCaret = [&](int at) {
    if (carets.size() <= static_cast<size_t>(at))
      carets.resize(at + 1, ' ');
    carets[at] = '^';
  };
  for (size_t byte = window.first(); byte < window.last();) {
    Glyph glyph = glyphAt(text, byte);
    // A combining mark is drawn in the column before.
    if (hasCaret(byte))
      placeCaret(glyph.width == 0 && column > 0 ? column - 1 : column);
    line += glyph.text;
    column += glyph.width;
    byte += glyph.numBytes;
  }
  if (window.cutRight())
    line += cut;
  else if (hasCaret(text.size()))
    placeCaret(column);
  return line + "\n" + carets;
}
