// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A strict reader of the dict literal in .npy files; nothing is evaluated.

#include "tools/einc/NpyHeader.h"

#include "compiler/Support/Printable.h"

#include <bit>
#include <charconv>
#include <optional>

namespace einc {

static_assert(std::endian::native == std::endian::little,
              "the byte order of .npy files is compared with this machine's");

static constexpr std::string_view Magic = "\x93NUMPY";
static constexpr size_t MaxHeaderBytes = 10000;
static constexpr size_t MaxRank = 64;

static Diagnostic badFile(std::string message) {
  return {.kind = ErrorKind::IO, .message = std::move(message)};
}

Result<NpyPreamble> parseNpyPreamble(std::string_view start) {
  if (!start.starts_with(Magic))
    return badFile("no .npy file: it does not start with \\x93NUMPY");
  auto byte = [&](size_t i) { return size_t(uint8_t(start[i])); };
  if (start.size() < 10)
    return badFile("the file ends within its header");
  NpyPreamble preamble;
  if (byte(6) < 1 || byte(6) > 3 || byte(7) != 0)
    return badFile("version " + std::to_string(byte(6)) + "." +
                   std::to_string(byte(7)) +
                   " of .npy is unknown; 1.0, 2.0 and 3.0 are known");
  if (byte(6) == 1) {
    preamble.textOffset = 10;
    preamble.textBytes = byte(8) | byte(9) << 8;
  } else {
    if (start.size() < 12)
      return badFile("the file ends within its header");
    preamble.textOffset = 12;
    preamble.textBytes =
        byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24;
  }
  if (preamble.textBytes > MaxHeaderBytes)
    return badFile("a header of " + std::to_string(preamble.textBytes) +
                   " bytes; at most " + std::to_string(MaxHeaderBytes) +
                   " are read");
  return preamble;
}

namespace {

/// Each take...() either consumes what it names or leaves the text alone.
class Cursor {
public:
  explicit Cursor(std::string_view text) : rest(text) {}

  void skipBlanks() {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n"), rest.size()));
  }
  bool take(std::string_view token) {
    skipBlanks();
    if (!rest.starts_with(token))
      return false;
    rest.remove_prefix(token.size());
    return true;
  }
  bool startsWith(char c) {
    skipBlanks();
    return rest.starts_with(c);
  }
  std::optional<std::string_view> takeString() {
    skipBlanks();
    if (!rest.starts_with('\'') && !rest.starts_with('"'))
      return std::nullopt;
    size_t end = rest.find(rest[0], 1);
    if (end == rest.npos)
      return std::nullopt;
    std::string_view string = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    return string;
  }
  std::optional<int64_t> takeExtent() {
    skipBlanks();
    int64_t number;
    auto [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc() || number < 0 || rest.starts_with('-'))
      return std::nullopt;
    rest.remove_prefix(end - rest.data());
    return number;
  }
  bool atEnd() {
    skipBlanks();
    return rest.empty();
  }

private:
  std::string_view rest;
};

/// How numpy writes each element type; bf16, which it does not know, as two
/// bytes of no type.
constexpr std::string_view Descrs[NumElementTypes] = {
    "<f4", "<f8", "<c8", "<c16", "|i1", "<i2",
    "<i4", "<i8", "|u1", "|b1",  "<f2", "<V2"};

Diagnostic unsupportedElements(std::string what) {
  return {.kind = ErrorKind::UnsupportedType,
          .message = "elements of " + std::move(what) +
                     "; einc reads f2, f4, f8, c8, c16, i1, i2, i4, i8, u1, "
                     "b1, and V2 as bf16"};
}

/// '<f4', '>f8', '=f4', '|i1', '<V2'. Some write bf16 with its name.
Result<Success> readDescr(Cursor &cursor, NpyHeader &header) {
  if (cursor.startsWith('['))
    return unsupportedElements("several fields");
  std::optional<std::string_view> descr = cursor.takeString();
  if (!descr)
    return badFile("the header's 'descr' is no string");
  if (*descr == "bfloat16") {
    header.type = ElementType::BF16;
    return Success{};
  }
  char order = descr->empty() ? 0 : descr->front();
  for (size_t i = 0; i < NumElementTypes && order; ++i) {
    if (descr->substr(1) != Descrs[i].substr(1))
      continue;
    header.type = ElementType(i);
    header.untyped = header.type == ElementType::BF16;
    header.swapped = order == '>';
    bool orderless = Descrs[i][0] == '|' || header.untyped;
    if (order == '<' || order == '=' || (order == '|' && orderless) ||
        (order == '>' && !header.untyped))
      return Success{};
  }
  return unsupportedElements("type " + inQuotes(*descr));
}

/// A tuple: "()", "(3,)", "(3, 4)".
bool readShape(Cursor &cursor, Shape &shape) {
  if (!cursor.take("("))
    return false;
  bool comma = true;
  while (!cursor.take(")")) {
    std::optional<int64_t> extent = cursor.takeExtent();
    if (!comma || !extent || shape.size() == MaxRank)
      return false;
    shape.push_back(*extent);
    comma = cursor.take(",");
  }
  // "(3)" is a number in brackets.
  return shape.size() != 1 || comma;
}

} // namespace

Result<NpyHeader> parseNpyHeader(std::string_view text) {
  NpyHeader header;
  Cursor cursor(text);
  bool hasDescr = false, hasOrder = false, hasShape = false;
  if (!cursor.take("{"))
    return badFile("the header is no dict");
  while (!cursor.take("}")) {
    std::optional<std::string_view> key = cursor.takeString();
    if (!key || !cursor.take(":"))
      return badFile("the header is no dict of 'key': value pairs");
    if (*key == "descr" && !std::exchange(hasDescr, true)) {
      if (Result<Success> read = readDescr(cursor, header); !read)
        return std::move(read).error();
    } else if (*key == "fortran_order" && !std::exchange(hasOrder, true)) {
      header.fortranOrder = cursor.take("True");
      if (!header.fortranOrder && !cursor.take("False"))
        return badFile("the header's 'fortran_order' is not True or False");
    } else if (*key == "shape" && !std::exchange(hasShape, true)) {
      if (!readShape(cursor, header.shape))
        return badFile("the header's 'shape' is no tuple of at most 64 "
                       "extents");
    } else {
      return badFile("the header's key " + inQuotes(*key) +
                     " is unknown or given twice");
    }
    if (!cursor.take(",") && !cursor.startsWith('}'))
      return badFile("the header is no dict of 'key': value pairs");
  }
  if (!cursor.atEnd())
    return badFile("the header goes on after its dict");
  if (!hasDescr || !hasOrder || !hasShape)
    return badFile("the header lacks 'descr', 'fortran_order' or 'shape'");
  return header;
}

std::string makeNpyHeader(ElementType type, const Shape &shape) {
  std::string dict = "{'descr': '";
  dict += Descrs[size_t(type)];
  dict += "', 'fortran_order': False, 'shape': (";
  for (size_t i = 0; i < shape.size(); ++i)
    dict += (i ? ", " : "") + std::to_string(shape[i]);
  dict += shape.size() == 1 ? ",), }" : "), }";
  size_t length = (10 + dict.size() + 1 + 63) / 64 * 64 - 10;
  dict.resize(length - 1, ' ');
  dict += '\n';
  std::string header(Magic);
  header += {'\x01', '\x00', char(length & 0xFF), char(length >> 8)};
  return header + dict;
}

} // namespace einc
