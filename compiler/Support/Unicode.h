// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Strict UTF-8, and what a terminal makes of a code point. The tables are
/// short on purpose: they serve caret lines, not typesetting.

#ifndef EINC_COMPILER_SUPPORT_UNICODE_H
#define EINC_COMPILER_SUPPORT_UNICODE_H

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace einc {

/// One decoded code point. A byte that starts no well-formed sequence (a cut,
/// overlong or surrogate sequence, a stray continuation) is a unit of its own:
/// numBytes is 1, valid is false and value is the byte.
struct CodePoint {
  char32_t value;
  uint32_t numBytes;
  bool valid;
};

/// Decodes the unit at `text[byte]`; `byte` must be less than `text.size()`.
CodePoint decodeCodePoint(std::string_view text, size_t byte);

/// Where the unit that ends at `byte` starts; `byte` must be a boundary and
/// not 0. Agrees with decoding from the left, because no lead byte stands
/// inside a well-formed sequence.
size_t previousCodePoint(std::string_view text, size_t byte);

/// `countCodePoints("αβ")` returns 2; an ill-formed byte counts as one.
size_t countCodePoints(std::string_view text);

/// Columns on a terminal: 0 for combining marks, 2 for East Asian wide
/// characters and emoji, else 1.
int displayWidth(char32_t codePoint);

/// True if the code point would be invisible, move the cursor, reorder its
/// neighbours or look like a plain space: controls, spaces other than U+0020,
/// format characters, noncharacters.
bool isInvisible(char32_t codePoint);

} // namespace einc

#endif // EINC_COMPILER_SUPPORT_UNICODE_H
