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

static std::string formatExtent(int64_t extent) {
  if (!isOpenAxis(extent))
    return std::to_string(extent);
  return hintOf(extent) ? "?" + std::to_string(hintOf(extent)) : "?";
}

static std::string formatStride(int64_t stride) {
  return std::to_string(stride);
}

/// Writes axes [begin, end), with a comma before each but the first of all.
static void appendAxes(std::string &text, const std::vector<int64_t> &axes,
                       size_t begin, size_t end,
                       std::string (*format)(int64_t)) {
  for (size_t i = begin; i < end; ++i)
    text.append(i == 0 ? "" : ", ").append(format(axes[i]));
}

/// Beyond `most` axes the first eight and the last seven.
static std::string formatAxes(const std::vector<int64_t> &axes, size_t most,
                              std::string (*format)(int64_t)) {
  std::string result = "(";
  if (axes.size() <= most) {
    appendAxes(result, axes, 0, axes.size(), format);
    return result + ")";
  }
  appendAxes(result, axes, 0, 8, format);
  result += ", ...";
  appendAxes(result, axes, axes.size() - 7, axes.size(), format);
  return result + ")";
}

std::string einc::formatShape(const std::vector<int64_t> &shape) {
  return formatAxes(shape, SIZE_MAX, formatExtent);
}

std::string einc::formatShapeAbridged(const std::vector<int64_t> &shape) {
  return formatAxes(shape, 16, formatExtent);
}

std::string einc::formatStridesAbridged(const std::vector<int64_t> &strides) {
  return formatAxes(strides, 16, formatStride);
}
