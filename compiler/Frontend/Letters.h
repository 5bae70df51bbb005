// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which code points may stand in a label.

#ifndef EINC_COMPILER_FRONTEND_LETTERS_H
#define EINC_COMPILER_FRONTEND_LETTERS_H

#include "compiler/Support/Unicode.h"

namespace einc {

inline bool isDigit(char32_t c) { return c >= '0' && c <= '9'; }

/// A-Z, a-z, the three letters between U+0080 and U+00BF, and everything from
/// U+00C0 on: long generated equations number their labels through all of
/// Unicode, so combining marks and unassigned code points count.
inline bool isLetter(char32_t c) {
  if (c < 0x80)
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return c >= 0xC0 || c == 0xAA || c == 0xB5 || c == 0xBA;
}

/// May start a word of the named form.
inline bool startsWord(char32_t c) { return isLetter(c) || c == '_'; }

/// May continue one.
inline bool continuesWord(char32_t c) { return startsWord(c) || isDigit(c); }

/// Length in bytes of the longest run at `text[byte]` that `accepts` lets in.
template <typename Accepts>
size_t runLength(std::string_view text, size_t byte, Accepts accepts) {
  size_t end = byte;
  while (end < text.size()) {
    CodePoint c = decodeCodePoint(text, end);
    if (!c.valid || !accepts(c.value))
      break;
    end += c.numBytes;
  }
  return end - byte;
}

} // namespace einc

#endif // EINC_COMPILER_FRONTEND_LETTERS_H
