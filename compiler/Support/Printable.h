// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Text from a user as it is shown in a message: always one line of valid
/// UTF-8, nothing invisible, no more than a reader wants to see.

#ifndef EINC_COMPILER_SUPPORT_PRINTABLE_H
#define EINC_COMPILER_SUPPORT_PRINTABLE_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace einc {

/// How one code point (or ill-formed byte) is shown.
struct Glyph {
  std::string text;
  /// Columns it takes on a terminal.
  int width;
  /// Bytes of the source it stands for.
  uint32_t numBytes;
};

/// The glyph for the code point at `text[byte]`: itself, or an escape: `\n`,
/// `\r`, `\t`, `\xHH` for other ASCII controls and for bytes that are no UTF-8,
/// `\u{HHHH}` for other invisible characters.
Glyph glyphAt(std::string_view text, size_t byte);

/// In single quotes, escaped; beyond 40 columns cut, with "..." before the
/// closing quote. A leading combining mark is escaped too, so that it does not
/// sit on the quote. `inQuotes("k")` returns "'k'".
std::string inQuotes(std::string_view text);

/// Escaped as by glyphAt, but for newlines: what a text that quotes files or
/// arguments may write to a terminal.
std::string printable(std::string_view text);

/// `counted(1, "axis", "axes")` returns "1 axis", for 2 "2 axes".
std::string counted(uint64_t number, const char *singular, const char *plural);

} // namespace einc

#endif // EINC_COMPILER_SUPPORT_PRINTABLE_H
