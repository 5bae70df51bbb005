// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Support/Diagnostic.h"
#include "compiler/Support/OpenAxis.h"
#include "compiler/Support/Printable.h"
#include "compiler/Support/Unicode.h"

using namespace einc;

const char *einc::kindName(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::Syntax:
    return "syntax";
  case ErrorKind::UnknownOutputLabel:
    return "unknown-output-label";
  case ErrorKind::OperandCount:
    return "operand-count";
  case ErrorKind::RankMismatch:
    return "rank-mismatch";
  case ErrorKind::ExtentMismatch:
    return "extent-mismatch";
  case ErrorKind::DiagonalMismatch:
    return "diagonal-mismatch";
  case ErrorKind::EllipsisMismatch:
    return "ellipsis-mismatch";
  case ErrorKind::DroppedEllipsis:
    return "dropped-ellipsis";
  case ErrorKind::SizeOverflow:
    return "size-overflow";
  case ErrorKind::InvalidArgument:
    return "invalid-argument";
  case ErrorKind::UnsupportedType:
    return "unsupported-type";
  case ErrorKind::UnsupportedTarget:
    return "unsupported-target";
  case ErrorKind::Limit:
    return "limit";
  case ErrorKind::OutOfMemory:
    return "out-of-memory";
  case ErrorKind::Device:
    return "device";
  case ErrorKind::BadArtifact:
    return "bad-artifact";
  case ErrorKind::IO:
    return "io";
  case ErrorKind::Internal:
    return "internal";
  }
  return "internal";
}

std::string Diagnostic::render() const {
  std::string result = "error: " + printable(message) + "\n";
  for (size_t begin = 0; begin < excerpt.size();) {
    size_t end = excerpt.find('\n', begin);
    if (end == std::string::npos)
      end = excerpt.size();
    result += "  " + excerpt.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  for (const std::string &note : notes)
    result += "note: " + printable(note) + "\n";
  return result;
}

Diagnostic einc::diagnose(ErrorKind kind, std::string message,
                          std::string_view text,
                          const std::vector<size_t> &bytes) {
  Diagnostic result;
  result.kind = kind;
  result.message = std::move(message);
  Position position;
  for (size_t byte : bytes) {
    position.codePoint +=
        countCodePoints(text.substr(position.byte, byte - position.byte));
    position.byte = byte;
    result.positions.push_back(position);
  }
  result.excerpt = makeExcerpt(text, result.positions);
  return result;
}

/// Writes axes [begin, end), with a comma before each but the first of all.
static void appendAxes(std::string &text, const std::vector<int64_t> &shape,
                       size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) {
    text += i == 0 ? "" : ", ";
    if (!isOpenAxis(shape[i]))
      text += std::to_string(shape[i]);
    else
      text += hintOf(shape[i]) ? "?" + std::to_string(hintOf(shape[i])) : "?";
  }
}

std::string einc::formatShape(const std::vector<int64_t> &shape) {
  std::string result = "(";
  appendAxes(result, shape, 0, shape.size());
  return result + ")";
}

std::string einc::formatShapeAbridged(const std::vector<int64_t> &shape) {
  if (shape.size() <= 16)
    return formatShape(shape);
  std::string result = "(";
  appendAxes(result, shape, 0, 8);
  result += ", ...";
  appendAxes(result, shape, shape.size() - 7, shape.size());
  return result + ")";
}
