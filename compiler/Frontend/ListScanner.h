// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reads extents and separators off a list that a user typed.

#ifndef EINC_COMPILER_FRONTEND_LISTSCANNER_H
#define EINC_COMPILER_FRONTEND_LISTSCANNER_H

#include "compiler/Frontend/Letters.h"
#include "compiler/Support/OpenAxis.h"
#include "compiler/Support/Printable.h"
#include "compiler/Support/Result.h"

#include <limits>

namespace einc {

class ListScanner {
public:
  explicit ListScanner(std::string_view text) : text(text) {}

  bool atEnd() {
    skipSpaces();
    return at == text.size();
  }
  size_t position() {
    skipSpaces();
    return at;
  }
  bool peek(char c) { return !atEnd() && text[at] == c; }
  /// Steps over `c` if it is next.
  bool consume(char c) {
    if (!peek(c))
      return false;
    ++at;
    return true;
  }
  /// Steps over a word as the named form has them; empty if none is next.
  std::string_view word() {
    if (atEnd() || !startsWord(decodeCodePoint(text, at).value))
      return {};
    size_t length = runLength(text, at, continuesWord);
    at += length;
    return text.substr(at - length, length);
  }

  /// An extent, or `?` for one that is open, with what it likely is behind it.
  Result<int64_t> extent() {
    if (peek('-'))
      return unexpected("an extent of 0 or more");
    if (peek('?'))
      return openExtent();
    size_t length = atEnd() ? 0 : runLength(text, at, isDigit);
    if (length == 0)
      return unexpected("an extent");
    std::string_view digits = text.substr(at, length);
    int64_t value = 0;
    for (char digit : digits)
      if (__builtin_mul_overflow(value, 10, &value) ||
          __builtin_add_overflow(value, digit - '0', &value))
        return error(at,
                     "the extent " + inQuotes(digits) + " is larger than " +
                         std::to_string(std::numeric_limits<int64_t>::max()));
    at += length;
    return value;
  }

  /// "found '*'; expected ..." at the next character.
  Diagnostic unexpected(const std::string &expected) {
    std::string found =
        atEnd() ? "the end"
                : inQuotes(text.substr(at, decodeCodePoint(text, at).numBytes));
    return error(at, "found " + found + "; expected " + expected);
  }
  Diagnostic error(size_t byte, std::string message) const {
    return diagnose(ErrorKind::InvalidArgument, std::move(message), text,
                    {byte});
  }

private:
  /// No space stands between `?` and a hint.
  Result<int64_t> openExtent() {
    ++at;
    if (at == text.size() || !isDigit(text[at]))
      return openAxis();
    size_t start = at;
    Result<int64_t> hint = extent();
    if (!hint)
      return hint;
    if (*hint == 0)
      return error(start, "the hint of an open extent is 1 or more");
    if (*hint > MaxHint)
      return error(start, "the hint is larger than " + std::to_string(MaxHint));
    return openAxis(*hint);
  }

  void skipSpaces() {
    while (at < text.size() && text[at] == ' ')
      ++at;
  }

  std::string_view text;
  size_t at = 0;
};

} // namespace einc

#endif // EINC_COMPILER_FRONTEND_LISTSCANNER_H
