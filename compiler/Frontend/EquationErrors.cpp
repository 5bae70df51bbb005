// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Frontend/EquationErrors.h"
#include "compiler/Frontend/Letters.h"
#include "compiler/Support/Printable.h"

#include <cstdio>

using namespace einc;

Diagnostic einc::syntaxError(std::string_view text, size_t byte,
                             std::string message) {
  return diagnose(ErrorKind::Syntax, std::move(message), text, {byte});
}

static const char *expectedHere(SyntaxContext context) {
  return context.inOutput ? "expected a label or '...'"
                          : "expected a label, ',', '->' or '...'";
}

/// What was probably meant by a character that means nothing, or null.
static const char *intended(std::string_view text, size_t byte, char32_t c) {
  bool more = byte + 1 < text.size();
  switch (c) {
  case '=':
    return more && text[byte + 1] == '>' ? "'->'" : nullptr;
  case '>':
  case ':':
    return "'->'";
  case ';':
  case '*':
  case 0xB7: // middle dot
    return "','";
  case '[':
  case '{':
    return "'('";
  case ']':
  case '}':
    return "')'";
  default:
    return nullptr;
  }
}

/// A name for a character that cannot be shown.
static std::string invisibleName(char32_t c) {
  switch (c) {
  case 0:
    return "a zero byte";
  case '\t':
    return "a tab";
  case '\n':
    return "a newline";
  case '\r':
    return "a carriage return";
  case 0xA0:
    return "a no-break space (U+00A0)";
  case 0xAD:
    return "a soft hyphen (U+00AD)";
  default:
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "the control character U+%04X",
                  static_cast<unsigned>(c));
    return buffer;
  }
}

static const char namedFormNote[] =
    "labels may be words if in some term a space stands between two of them: "
    "'row1 col, col -> row1'";

/// A digit or '_' where it cannot be part of a label.
static Diagnostic misplacedWordCharacter(std::string_view text, size_t byte,
                                         char32_t c, bool named) {
  std::string found = isDigit(c) ? "the digit " : "";
  found += inQuotes(text.substr(byte, 1));
  if (named)
    return syntaxError(text, byte,
                       "found " + found +
                           " at the start of a label; a label starts with a "
                           "letter or '_'");
  Diagnostic result = syntaxError(
      text, byte,
      "found " + found + "; in the compact form every label is one letter");
  result.notes.push_back(namedFormNote);
  return result;
}

Diagnostic einc::unexpectedCharacter(std::string_view text, size_t byte,
                                     SyntaxContext context) {
  CodePoint c = decodeCodePoint(text, byte);
  Glyph glyph = glyphAt(text, byte);
  if (!c.valid)
    return syntaxError(text, byte,
                       "found the byte " + glyph.text +
                           ", which is no UTF-8 here; an equation is UTF-8 "
                           "text");
  if (c.value == '\t' || c.value == '\n' || c.value == '\r' || c.value == 0xA0)
    return syntaxError(text, byte,
                       "found " + invisibleName(c.value) +
                           "; only the space U+0020 may stand between labels");
  if (isInvisible(c.value))
    return syntaxError(text, byte,
                       "found " + invisibleName(c.value) + "; " +
                           expectedHere(context));
  if (continuesWord(c.value))
    return misplacedWordCharacter(text, byte, c.value, context.named);
  if (c.value == '\'' || c.value == '"')
    return syntaxError(text, byte,
                       std::string("found a ") +
                           (c.value == '"' ? "double" : "single") +
                           " quote; an equation is written without quotes");
  if (text.substr(byte, 2) == "<-")
    return syntaxError(text, byte,
                       "found '<-'; the output stands to the right of '->'");
  bool afterArrow = byte >= 2 && text.substr(byte - 2, 2) == "->";
  const char *meant = intended(text, byte, c.value);
  if (meant && !context.inOutput && !afterArrow) {
    std::string found = c.value == '=' ? "=>" : glyph.text;
    return syntaxError(text, byte,
                       "found '" + found + "'; did you mean " + meant + "?");
  }
  return syntaxError(text, byte,
                     "found '" + glyph.text + "'; " + expectedHere(context));
}

Diagnostic einc::brokenArrow(std::string_view text, size_t byte,
                             SyntaxContext context) {
  size_t next = byte + 1;
  while (next < text.size() && text[next] == ' ')
    ++next;
  if (next > byte + 1 && next < text.size() && text[next] == '>')
    return syntaxError(
        text, byte, "found '- >'; the arrow is written without a space: '->'");
  if (text.substr(byte, 3) == "-->")
    return syntaxError(text, byte, "found '-->'; did you mean '->'?");
  if (context.inOutput)
    return syntaxError(text, byte,
                       std::string("found '-'; ") + expectedHere(context));
  Diagnostic result = syntaxError(
      text, byte, "found '-' without '>'; the arrow is written '->'");
  if (context.named)
    result.notes.push_back("a label is a word of letters, digits and '_'");
  return result;
}

Diagnostic einc::strayDots(std::string_view text, size_t byte) {
  if (byte >= 3 && text.substr(byte - 3, 3) == "...")
    return syntaxError(text, byte,
                       "found a dot after '...'; an ellipsis is three dots");
  size_t together = text.substr(byte, 2) == ".." ? 2 : 1;
  size_t dots = together, next = byte + together;
  for (; next < text.size() && (text[next] == ' ' || text[next] == '.'); ++next)
    dots += text[next] == '.';
  if (dots >= 3)
    return syntaxError(text, byte,
                       "found dots with a space between them; an ellipsis is "
                       "written '...'");
  return syntaxError(text, byte,
                     std::string("found '") + (together == 2 ? ".." : ".") +
                         "'; did you mean '...'?");
}

Diagnostic einc::afterGroup(std::string_view text, size_t byte,
                            std::string_view found) {
  return syntaxError(text, byte,
                     "found " + inQuotes(found) +
                         " after ')'; expected ',', ')', '->' or the end");
}

std::string einc::labelName(const Equation &equation, LabelId label) {
  const std::string &spelling = equation.labels[label];
  bool number = equation.form == Equation::Form::Interleaved;
  return "label " + (number ? spelling : inQuotes(spelling));
}
