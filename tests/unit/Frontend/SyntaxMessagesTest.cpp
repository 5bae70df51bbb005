// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The exact text of every message about a string that is no equation.

#include "compiler/Frontend/Equation.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

struct Refused {
  std::string_view text;
  /// What render() returns, without the line break at the end.
  const char *rendered;
};

void expectMessages(std::initializer_list<Refused> rows, ErrorKind kind) {
  for (const Refused &row : rows) {
    Result<Equation> equation = parseEquation(row.text);
    ASSERT_FALSE(equation) << row.text;
    EXPECT_EQ(equation.error().kind, kind) << row.text;
    EXPECT_EQ(equation.error().render(), std::string(row.rendered) + "\n");
  }
}

using namespace std::string_view_literals;

TEST(SyntaxMessages, Characters) {
  expectMessages(
      {
          {"ij%jk->ik",
           R"(error: found '%'; expected a label, ',', '->' or '...'
  ij%jk->ik
    ^)"},
          {"ij->i?", R"(error: found '?'; expected a label or '...'
  ij->i?
       ^)"},
          {"ij;jk->ik", R"(error: found ';'; did you mean ','?
  ij;jk->ik
    ^)"},
          {"ij*jk->ik", R"(error: found '*'; did you mean ','?
  ij*jk->ik
    ^)"},
          {"i·j", R"(error: found '·'; did you mean ','?
  i·j
   ^)"},
          {"ij,jk:ik", R"(error: found ':'; did you mean '->'?
  ij,jk:ik
       ^)"},
          {"[ij,jk],kl", R"(error: found '['; did you mean '('?
  [ij,jk],kl
  ^)"},
          {"(ij,jk},kl", R"(error: found '}'; did you mean ')'?
  (ij,jk},kl
        ^)"},
          {"i=j", R"(error: found '='; expected a label, ',', '->' or '...'
  i=j
   ^)"},
          {"'ij'",
           R"(error: found a single quote; an equation is written without quotes
  'ij'
  ^)"},
          {"ij\"",
           R"(error: found a double quote; an equation is written without quotes
  ij"
    ^)"},
          {"中²", R"(error: found '²'; expected a label, ',', '->' or '...'
  中²
    ^)"},
      },
      ErrorKind::Syntax);
}

TEST(SyntaxMessages, InvisibleCharacters) {
  expectMessages(
      {
          {"i\tj",
           R"(error: found a tab; only the space U+0020 may stand between labels
  i\tj
   ^)"},
          {"ij,\njk",
           R"(error: found a newline; only the space U+0020 may stand between labels
  ij,\njk
     ^)"},
          {"ij\r",
           R"(error: found a carriage return; only the space U+0020 may stand between labels
  ij\r
    ^)"},
          {"i\u00A0j",
           R"(error: found a no-break space (U+00A0); only the space U+0020 may stand between labels
  i\u{00A0}j
   ^)"},
          {"i\0j"sv,
           R"(error: found a zero byte; expected a label, ',', '->' or '...'
  i\x00j
   ^)"},
          {"i->\x1B[2J",
           R"(error: found the control character U+001B; expected a label or '...'
  i->\x1B[2J
     ^)"},
          {"ij\u0085",
           R"(error: found the control character U+0085; expected a label, ',', '->' or '...'
  ij\u{0085}
    ^)"},
          {"i\u00ADj",
           R"(error: found a soft hyphen (U+00AD); expected a label, ',', '->' or '...'
  i\u{00AD}j
   ^)"},
          {"α\xCE",
           R"(error: found the byte \xCE, which is no UTF-8 here; an equation is UTF-8 text
  α\xCE
   ^)"},
      },
      ErrorKind::Syntax);
}

TEST(SyntaxMessages, WordsOutOfPlace) {
  expectMessages(
      {
          {"x1,x2->",
           R"(error: found the digit '1'; in the compact form every label is one letter
  x1,x2->
   ^
note: labels may be words if in some term a space stands between two of them: 'row1 col, col -> row1')"},
          {"row_a->",
           R"(error: found '_'; in the compact form every label is one letter
  row_a->
     ^
note: labels may be words if in some term a space stands between two of them: 'row1 col, col -> row1')"},
          {"batch 2d, batch -> batch",
           R"(error: found the digit '2' at the start of a label; a label starts with a letter or '_'
  batch 2d, batch -> batch
        ^)"},
          {"batch di-m, batch -> batch",
           R"(error: found '-' without '>'; the arrow is written '->'
  batch di-m, batch -> batch
          ^
note: a label is a word of letters, digits and '_')"},
      },
      ErrorKind::Syntax);
}

TEST(SyntaxMessages, Arrows) {
  expectMessages(
      {
          {"ij-ji", R"(error: found '-' without '>'; the arrow is written '->'
  ij-ji
    ^)"},
          {"ij - >ji",
           R"(error: found '- >'; the arrow is written without a space: '->'
  ij - >ji
     ^)"},
          {"ij-->ji", R"(error: found '-->'; did you mean '->'?
  ij-->ji
    ^)"},
          {"ij=>ji", R"(error: found '=>'; did you mean '->'?
  ij=>ji
    ^)"},
          {"ij>ji", R"(error: found '>'; did you mean '->'?
  ij>ji
    ^)"},
          {"ij->>ji", R"(error: found '>'; expected a label or '...'
  ij->>ji
      ^)"},
          {"ij<-ji",
           R"(error: found '<-'; the output stands to the right of '->'
  ij<-ji
    ^)"},
          {"ij->j-i", R"(error: found '-'; expected a label or '...'
  ij->j-i
       ^)"},
          {"ij->ji->ij",
           R"(error: found a second '->'; an equation has one output
  ij->ji->ij
        ^)"},
          {"ij,jk->i,k",
           R"(error: found ',' in the output; an equation has one output term
  ij,jk->i,k
          ^)"},
      },
      ErrorKind::Syntax);
}

TEST(SyntaxMessages, Dots) {
  expectMessages(
      {
          {"i..j", R"(error: found '..'; did you mean '...'?
  i..j
   ^)"},
          {"i.j...", R"(error: found '.'; did you mean '...'?
  i.j...
   ^)"},
          {"i->. ..",
           R"(error: found dots with a space between them; an ellipsis is written '...'
  i->. ..
     ^)"},
          {"i....", R"(error: found a dot after '...'; an ellipsis is three dots
  i....
      ^)"},
          {"...i...",
           R"(error: found a second '...'; a term has at most one ellipsis
  ...i...
      ^)"},
      },
      ErrorKind::Syntax);
}

TEST(SyntaxMessages, Parentheses) {
  expectMessages(
      {
          {"ij,(jk,(kl,lm)->im",
           R"(error: this '(' is never closed; expected ')' before '->'
  ij,(jk,(kl,lm)->im
     ^)"},
          {"((ij",
           R"(error: this '(' is never closed; expected ')' before the end
  ((ij
   ^)"},
          {"ij,jk)->ik", R"(error: found ')' but no '(' is open
  ij,jk)->ik
       ^)"},
          {"ij(jk,kl)->il",
           R"(error: found '(' inside a term; parentheses group whole terms, so a ',' must come before
  ij(jk,kl)->il
    ^)"},
          {"(ij,jk)kl->il",
           R"(error: found 'k' after ')'; expected ',', ')', '->' or the end
  (ij,jk)kl->il
         ^)"},
          {"(row col) mid -> row",
           R"(error: found 'mid' after ')'; expected ',', ')', '->' or the end
  (row col) mid -> row
            ^)"},
          {"(ij,jk)(kl)",
           R"(error: found '(' after ')'; expected ',', ')', '->' or the end
  (ij,jk)(kl)
         ^)"},
          {"(ij,jk)...",
           R"(error: found '...' after ')'; expected ',', ')', '->' or the end
  (ij,jk)...
         ^)"},
          {"ij->(ij)",
           R"(error: found '(' in the output; parentheses group input terms
  ij->(ij)
      ^)"},
          {"ij->ij)",
           R"(error: found ')' in the output; parentheses group input terms
  ij->ij)
        ^)"},
      },
      ErrorKind::Syntax);
}

TEST(SyntaxMessages, UnknownOutputLabels) {
  expectMessages(
      {
          {"ij,jk->iz", R"(error: label 'z' of the output is in no input
  ij,jk->iz
          ^
note: the inputs have the labels 'i', 'j', 'k')"},
          {"ij->iJ",
           R"(error: label 'J' of the output is in no input; did you mean 'j'?
  ij->iJ
       ^
note: the inputs have the labels 'i', 'j')"},
          {"i->j", R"(error: label 'j' of the output is in no input
  i->j
     ^
note: the inputs have the label 'i')"},
          {",->a", R"(error: label 'a' of the output is in no input
  ,->a
     ^
note: the inputs have no labels)"},
          {"batch dim -> bacth dim",
           R"(error: label 'bacth' of the output is in no input; did you mean 'batch'?
  batch dim -> bacth dim
               ^
note: the inputs have the labels 'batch', 'dim')"},
          {"row col -> row column",
           R"(error: label 'column' of the output is in no input; did you mean 'col'?
  row col -> row column
                 ^
note: the inputs have the labels 'row', 'col')"},
          {"i j2, j2 k -> ik",
           R"(error: label 'ik' of the output is in no input; did you mean 'i k'?
  i j2, j2 k -> ik
                ^
note: the inputs have the labels 'i', 'j2', 'k')"},
          {"batch dim -> width",
           R"(error: label 'width' of the output is in no input
  batch dim -> width
               ^
note: the inputs have the labels 'batch', 'dim')"},
          {"ij->…i", R"(error: label '…' of the output is in no input
  ij->…i
      ^
note: the inputs have the labels 'i', 'j'
note: '…' (U+2026) counts as a letter; an ellipsis is written '...')"},
          {"abcdefghijklm->n", R"(error: label 'n' of the output is in no input
  abcdefghijklm->n
                 ^
note: the inputs have the labels 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', ...)"},
      },
      ErrorKind::UnknownOutputLabel);
}

TEST(SyntaxMessages, CutLongEquationsAndLabels) {
  std::string terms;
  for (int i = 0; i < 40; ++i)
    terms += "ij,";
  Result<Equation> equation = parseEquation(terms + "i%," + terms + "->");
  ASSERT_FALSE(equation);
  EXPECT_EQ(equation.error().render(),
            R"(error: found '%'; expected a label, ',', '->' or '...'
  ...,ij,ij,ij,ij,ij,ij,ij,ij,ij,i%,ij,ij,ij,ij,ij,ij,ij,ij...
                                  ^
)");
  EXPECT_EQ(equation.error().positions, (std::vector<Position>{{121, 121}}));

  std::string label(200, 'x');
  equation = parseEquation("a bc -> " + label);
  ASSERT_FALSE(equation);
  EXPECT_EQ(equation.error().message, "label '" + std::string(40, 'x') +
                                          "...' of the output is in no input");
}

} // namespace
