// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The exact text of every message about shapes that do not fit.

#include "compiler/Frontend/ShapeInference.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

std::string render(const Result<Equation> &equation,
                   const std::vector<Shape> &shapes, ErrorKind kind) {
  if (!equation)
    return "does not parse: " + equation.error().render();
  Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
  if (shaped)
    return "no error";
  EXPECT_EQ(shaped.error().kind, kind);
  return shaped.error().render();
}

struct Refused {
  const char *text;
  std::vector<Shape> shapes;
  /// Without the line break at the end.
  const char *rendered;
};

void expectMessages(std::initializer_list<Refused> rows, ErrorKind kind) {
  for (const Refused &row : rows)
    EXPECT_EQ(render(parseEquation(row.text), row.shapes, kind),
              std::string(row.rendered) + "\n");
}

TEST(ShapeMessages, Extents) {
  expectMessages(
      {
          {"ik,kj->ij",
           {{3, 4}, {5, 2}},
           R"(error: label 'k' has extent 4 in operand 0 but 5 in operand 1
  ik,kj->ij
   ^ ^
note: operand 0 has shape (3, 4), operand 1 has shape (5, 2); extents must be equal, or 1)"},
          {"i, i, i ->",
           {{1}, {7}, {0}},
           R"(error: label 'i' has extent 7 in operand 1 but 0 in operand 2
  i, i, i ->
     ^  ^
note: operand 1 has shape (7), operand 2 has shape (0); extents must be equal, or 1)"},
          {"batch dim, dim -> batch",
           {{2, 3}, {4}},
           R"(error: label 'dim' has extent 3 in operand 0 but 4 in operand 1
  batch dim, dim -> batch
        ^    ^
note: operand 0 has shape (2, 3), operand 1 has shape (4); extents must be equal, or 1)"},
          {"中文,文字",
           {{2, 3}, {5, 7}},
           R"(error: label '文' has extent 3 in operand 0 but 5 in operand 1
  中文,文字
    ^  ^
note: operand 0 has shape (2, 3), operand 1 has shape (5, 7); extents must be equal, or 1)"},
      },
      ErrorKind::ExtentMismatch);
}

TEST(ShapeMessages, Diagonals) {
  expectMessages(
      {
          {"j,iji->j",
           {{3}, {2, 3, 5}},
           R"(error: label 'i' has extents 2 and 5 in operand 1
  j,iji->j
    ^ ^
note: operand 1 has shape (2, 3, 5); a label repeated in one operand needs equal extents, 1 included)"},
      },
      ErrorKind::DiagonalMismatch);
}

TEST(ShapeMessages, OperandCounts) {
  expectMessages(
      {
          {"ij,jk,kl->il",
           {{2, 3}, {3, 4}},
           R"(error: the equation has 3 terms but there are 2 operands
  ij,jk,kl->il
        ^)"},
          {"ij,jk",
           {{2, 3}},
           R"(error: the equation has 2 terms but there is 1 operand
  ij,jk
     ^)"},
          {"i", {}, R"(error: the equation has 1 term but there are no operands
  i
  ^)"},
          {"ij ->ij",
           {{2, 3}, {5, 7}},
           R"(error: the equation has 1 term but there are 2 operands
  ij ->ij
     ^
note: operand 1 has shape (5, 7) and no term; terms are separated by ',')"},
          {"ij，jk",
           {{2, 3}, {3, 5}},
           R"(error: the equation has 1 term but there are 2 operands
  ij，jk
        ^
note: operand 1 has shape (3, 5) and no term; terms are separated by ','
note: '，' (U+FF0C) counts as a letter; terms are separated by ',')"},
      },
      ErrorKind::OperandCount);
}

TEST(ShapeMessages, Ranks) {
  expectMessages(
      {
          {"ij,jkl->ik",
           {{2, 3}, {3, 4}},
           R"(error: operand 1 has 2 axes but its term 'jkl' has 3 labels
  ij,jkl->ik
     ^
note: operand 1 has shape (3, 4); write one label for each axis)"},
          {"ij,j->i",
           {{2, 3}, {3, 4, 5}},
           R"(error: operand 1 has 3 axes but its term 'j' has 1 label
  ij,j->i
     ^
note: operand 1 has shape (3, 4, 5); write one label for each axis, or '...' for those without a label)"},
          {"i,",
           {{2}, {3}},
           R"(error: operand 1 has 1 axis but its term is empty
  i,
    ^
note: operand 1 has shape (3); write one label for each axis, or '...' for those without a label)"},
          {"i",
           {{}},
           R"(error: operand 0 has 0 axes but its term 'i' has 1 label
  i
  ^
note: operand 0 has shape (); the term of a scalar is empty)"},
          {" i ... j -> i",
           {{3}},
           R"(error: operand 0 has 1 axis but its term 'i ... j' has 2 labels beside '...'
   i ... j -> i
   ^
note: operand 0 has shape (3); an ellipsis stands for 0 axes or more)"},
          {"dim, dim ->",
           {{2}, {2}},
           R"(error: operand 0 has 1 axis but its term 'dim' has 3 labels
  dim, dim ->
  ^
note: operand 0 has shape (2); write one label for each axis
note: every letter is a label here; words are labels only if in some term a space stands between two of them)"},
          {"ij k, k -> ij",
           {{2, 3, 4}, {4}},
           R"(error: operand 0 has 3 axes but its term 'ij k' has 2 labels
  ij k, k -> ij
  ^
note: operand 0 has shape (2, 3, 4); write one label for each axis, or '...' for those without a label
note: a space beside a word of several letters makes every word of the equation one label; for one label a letter, write no spaces)"},
          {"ij,jk→ik",
           {{2, 3}, {3, 4}},
           R"(error: operand 1 has 2 axes but its term 'jk→ik' has 5 labels
  ij,jk→ik
     ^
note: operand 1 has shape (3, 4); write one label for each axis
note: '→' (U+2192) counts as a letter; the arrow is written '->')"},
          {"i\u2009j",
           {{2, 3}},
           R"(error: operand 0 has 2 axes but its term 'i\u{2009}j' has 3 labels
  i\u{2009}j
  ^
note: operand 0 has shape (2, 3); write one label for each axis
note: '\u{2009}' (U+2009) counts as a letter; only U+0020 is a space)"},
      },
      ErrorKind::RankMismatch);
}

TEST(ShapeMessages, Ellipses) {
  expectMessages(
      {
          {"...i,...i",
           {{2, 5, 3}, {7, 3}},
           R"(error: axes under '...' do not broadcast: extent 5 in axis 1 of operand 0 but 7 in axis 0 of operand 1
  ...i,...i
  ^    ^
note: operand 0 has shape (2, 5, 3), operand 1 has shape (7, 3); axes under '...' are aligned at the right, and extents must be equal, or 1)"},
      },
      ErrorKind::EllipsisMismatch);
  expectMessages(
      {
          {"i,j...->ij",
           {{2}, {3, 4, 5}},
           R"(error: the output has no '...' but the ellipsis of operand 1 stands for 2 axes
  i,j...->ij
     ^
note: operand 1 has shape (3, 4, 5); write '...' in the output to keep these axes, or name them to sum over them)"},
      },
      ErrorKind::DroppedEllipsis);
}

TEST(ShapeMessages, Sizes) {
  expectMessages(
      {
          {"i,j->ij",
           {{4294967296}, {2147483648}},
           R"(error: the output would have 2^63 elements or more
note: the output has shape (4294967296, 2147483648))"},
      },
      ErrorKind::SizeOverflow);
  expectMessages({{"ij",
                   {{3, -4}},
                   R"(error: axis 1 of operand 0 has the negative extent -4
note: operand 0 has shape (3, -4); an extent is 0 or more)"}},
                 ErrorKind::InvalidArgument);
}

struct RefusedLists {
  std::vector<std::vector<int64_t>> operands;
  std::vector<int64_t> output;
  std::vector<Shape> shapes;
  ErrorKind kind;
  const char *rendered;
};

TEST(ShapeMessages, NameAxesWhereThereIsNoText) {
  constexpr int64_t dots = InterleavedEllipsis;
  const RefusedLists rows[] = {
      {{{0, 7}, {7, 2}},
       {0, 2},
       {{3, 4}, {5, 2}},
       ErrorKind::ExtentMismatch,
       R"(error: label 7 has extent 4 in axis 1 of operand 0 but 5 in axis 0 of operand 1
note: operand 0 has shape (3, 4), operand 1 has shape (5, 2); extents must be equal, or 1)"},
      {{{5, 1, 5}},
       {5},
       {{3, 4, 2}},
       ErrorKind::DiagonalMismatch,
       R"(error: label 5 has extents 3 and 2 in axes 0 and 2 of operand 0
note: operand 0 has shape (3, 4, 2); a label repeated in one operand needs equal extents, 1 included)"},
      {{{0, 1, 2}},
       {0},
       {{3, 4}},
       ErrorKind::RankMismatch,
       R"(error: operand 0 has 2 axes but its list has 3 labels
note: operand 0 has shape (3, 4); write one label for each axis)"},
      {{{0, dots, 2}},
       {0},
       {{3}},
       ErrorKind::RankMismatch,
       R"(error: operand 0 has 1 axis but its list has 2 labels beside '...'
note: operand 0 has shape (3); an ellipsis stands for 0 axes or more)"},
      {{{0}},
       {0},
       {{3}, {5}},
       ErrorKind::OperandCount,
       R"(error: the equation has 1 term but there are 2 operands
note: operand 1 has shape (5) and no term)"},
      {{{dots}, {dots}},
       {dots},
       {{3}, {5}},
       ErrorKind::EllipsisMismatch,
       R"(error: axes under '...' do not broadcast: extent 3 in axis 0 of operand 0 but 5 in axis 0 of operand 1
note: operand 0 has shape (3), operand 1 has shape (5); axes under '...' are aligned at the right, and extents must be equal, or 1)"},
      {{{0, dots}},
       {0},
       {{3, 5}},
       ErrorKind::DroppedEllipsis,
       R"(error: the output has no '...' but the ellipsis of operand 0 stands for 1 axis
note: operand 0 has shape (3, 5); write '...' in the output to keep these axes, or name them to sum over them)"},
  };
  for (const RefusedLists &row : rows)
    EXPECT_EQ(render(parseInterleaved(row.operands, &row.output), row.shapes,
                     row.kind),
              std::string(row.rendered) + "\n");
}

} // namespace
