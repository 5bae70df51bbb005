// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Support/Printable.h"
#include "compiler/Support/Unicode.h"

#include <cstdio>

using namespace einc;

/// Columns of a quoted text before it is cut.
static constexpr int maxQuotedColumns = 40;

static std::string escaped(CodePoint codePoint) {
  if (codePoint.valid && codePoint.value == '\n')
    return "\\n";
  if (codePoint.valid && codePoint.value == '\r')
    return "\\r";
  if (codePoint.valid && codePoint.value == '\t')
    return "\\t";
  bool asByte = !codePoint.valid || codePoint.value < 0x80;
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, asByte ? "\\x%02X" : "\\u{%04X}",
                static_cast<unsigned>(codePoint.value));
  return buffer;
}

Glyph einc::glyphAt(std::string_view text, size_t byte) {
  CodePoint codePoint = decodeCodePoint(text, byte);
  if (codePoint.valid && !isInvisible(codePoint.value))
    return {std::string(text.substr(byte, codePoint.numBytes)),
            displayWidth(codePoint.value), codePoint.numBytes};
  std::string escape = escaped(codePoint);
  int width = static_cast<int>(escape.size());
  return {std::move(escape), width, codePoint.numBytes};
}

std::string einc::inQuotes(std::string_view text) {
  std::string result = "'";
  int columns = 0;
  for (size_t byte = 0; byte < text.size();) {
    Glyph glyph = glyphAt(text, byte);
    if (byte == 0 && glyph.width == 0)
      glyph.text = escaped(decodeCodePoint(text, byte));
    columns += glyph.width;
    // A mark of no width could otherwise repeat without end.
    if (columns > maxQuotedColumns || byte > 8 * maxQuotedColumns) {
      result += "...";
      break;
    }
    result += glyph.text;
    byte += glyph.numBytes;
  }
  return result + "'";
}

std::string einc::printable(std::string_view text) {
  std::string result;
  for (size_t byte = 0; byte < text.size();) {
    // Most texts have nothing to escape, and then nothing to decode.
    if (text[byte] == '\n' || (text[byte] >= ' ' && text[byte] <= '~')) {
      result += text[byte++];
      continue;
    }
    Glyph glyph = glyphAt(text, byte);
    result += glyph.text;
    byte += glyph.numBytes;
  }
  return result;
}

std::string einc::counted(uint64_t number, const char *singular,
                          const char *plural) {
  return std::to_string(number) + " " + (number == 1 ? singular : plural);
}
