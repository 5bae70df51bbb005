// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Grammar, spaces aside:
///
///     list  = nothing | piece { ',' piece }    no ',' needed between ')' and
///     '(' piece = nothing | extent { 'x' extent }
///           | '(' [ extent { ',' extent } [ ',' ] ] ')'
///     extent = digits | '?' [ digits ]

#include "compiler/Frontend/ShapeList.h"
#include "compiler/Frontend/ListScanner.h"

#include <optional>

using namespace einc;

/// Reads what follows a '(' at `open`, up to and with its ')'.
static std::optional<Diagnostic> readParenthesized(ListScanner &scanner,
                                                   size_t open, Shape &shape) {
  while (!scanner.consume(')')) {
    if (scanner.atEnd())
      return scanner.error(open, "this '(' is never closed; expected ')'");
    Result<int64_t> extent = scanner.extent();
    if (!extent)
      return extent.error();
    shape.push_back(*extent);
    if (!scanner.consume(',') && !scanner.peek(')') && !scanner.atEnd())
      return scanner.unexpected("',' or ')'");
  }
  return std::nullopt;
}

static std::optional<Diagnostic> readCrossed(ListScanner &scanner,
                                             Shape &shape) {
  do {
    Result<int64_t> extent = scanner.extent();
    if (!extent)
      return extent.error();
    shape.push_back(*extent);
  } while (scanner.consume('x'));
  if (!scanner.atEnd() && !scanner.peek(','))
    return scanner.unexpected("'x' or ','");
  return std::nullopt;
}

Result<std::vector<Shape>> einc::parseShapeList(std::string_view text) {
  ListScanner scanner(text);
  std::vector<Shape> shapes;
  if (scanner.atEnd())
    return shapes;
  for (bool more = true; more;) {
    Shape &shape = shapes.emplace_back();
    std::optional<Diagnostic> error;
    size_t begin = scanner.position();
    bool parenthesized = scanner.consume('(');
    if (parenthesized)
      error = readParenthesized(scanner, begin, shape);
    else if (!scanner.atEnd() && !scanner.peek(','))
      error = readCrossed(scanner, shape);
    if (error)
      return std::move(*error);
    more = scanner.consume(',') || (parenthesized && scanner.peek('('));
    if (!more && !scanner.atEnd())
      return scanner.unexpected("',', '(' or the end");
  }
  return shapes;
}
