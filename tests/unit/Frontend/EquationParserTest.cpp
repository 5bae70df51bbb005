// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Frontend/Equation.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

using namespace einc;

namespace {

using Names = std::vector<std::string>;

Equation parse(std::string_view text) {
  Result<Equation> equation = parseEquation(text);
  EXPECT_TRUE(equation) << equation.error().render();
  return std::move(*equation);
}

Names namesOf(const Equation &equation, const Term &term) {
  Names names;
  for (const Axis *axis = equation.begin(term); axis != equation.end(term);
       ++axis)
    names.push_back(equation.labels[axis->label]);
  return names;
}

std::vector<uint32_t> bytesOf(const Equation &equation, const Term &term) {
  std::vector<uint32_t> bytes;
  for (const Axis *axis = equation.begin(term); axis != equation.end(term);
       ++axis)
    bytes.push_back(axis->byte);
  return bytes;
}

/// "0-2" for each group, separated by spaces.
std::string groupsOf(std::string_view text) {
  std::string result;
  for (const OperandGroup &group : parse(text).groups)
    result += (result.empty() ? "" : " ") + std::to_string(group.first) + "-" +
              std::to_string(group.last);
  return result;
}

TEST(EquationParser, KeepsTermsAndPlaces) {
  Equation equation = parse(" bij, bjk -> b i k");
  EXPECT_EQ(equation.form, Equation::Form::Compact);
  EXPECT_EQ(equation.labels, (Names{"b", "i", "j", "k"}));
  ASSERT_EQ(equation.operands.size(), 2u);
  EXPECT_EQ(namesOf(equation, equation.operands[0]), (Names{"b", "i", "j"}));
  EXPECT_EQ(namesOf(equation, equation.operands[1]), (Names{"b", "j", "k"}));
  EXPECT_EQ(namesOf(equation, equation.output), (Names{"b", "i", "k"}));
  EXPECT_EQ(bytesOf(equation, equation.operands[1]),
            (std::vector<uint32_t>{6, 7, 8}));
  EXPECT_EQ(bytesOf(equation, equation.output),
            (std::vector<uint32_t>{13, 15, 17}));
  EXPECT_EQ(equation.operands[0].byte, 1u);
  EXPECT_EQ(equation.operands[1].byte, 6u);
  EXPECT_EQ(equation.output.byte, 13u);
  EXPECT_EQ(equation.inputsEndByte, 10u);
  EXPECT_TRUE(equation.explicitOutput);
  EXPECT_EQ(equation.operands[0].ellipsis, -1);
  EXPECT_EQ(equation.text, " bij, bjk -> b i k");
}

TEST(EquationParser, KeepsEllipses) {
  Equation equation = parse("ab...,...c,d...e->...a");
  EXPECT_EQ(equation.operands[0].ellipsis, 2);
  EXPECT_EQ(equation.operands[0].ellipsisByte, 2u);
  EXPECT_EQ(equation.operands[1].ellipsis, 0);
  EXPECT_EQ(equation.operands[1].ellipsisByte, 6u);
  EXPECT_EQ(equation.operands[2].ellipsis, 1);
  EXPECT_EQ(equation.operands[2].ellipsisByte, 12u);
  EXPECT_EQ(equation.output.ellipsis, 0);
}

TEST(EquationParser, PlacesEmptyTermsBehindTheirSeparator) {
  Equation equation = parse(" , ,(  )->");
  ASSERT_EQ(equation.operands.size(), 3u);
  EXPECT_EQ(equation.operands[0].byte, 0u);
  EXPECT_EQ(equation.operands[1].byte, 2u);
  EXPECT_EQ(equation.operands[2].byte, 5u);
  EXPECT_EQ(equation.output.byte, 10u);
}

TEST(EquationParser, MakesTheImplicitOutput) {
  struct {
    const char *text;
    Names output;
    bool ellipsis;
  } rows[] = {
      {"ij,jk", {"i", "k"}, false},
      {"kj,ji", {"i", "k"}, false},
      {"ii", {}, false},
      {"zaB", {"B", "a", "z"}, false},
      {"c...a,b", {"a", "b", "c"}, true},
      {"αz中a", {"a", "z", "α", "中"}, false},
      {"b10 b9 b", {"b", "b10", "b9"}, false},
      {"row Row _row", {"Row", "_row", "row"}, false},
      {"", {}, false},
      {"...", {}, true},
  };
  for (const auto &row : rows) {
    Equation equation = parse(row.text);
    EXPECT_EQ(namesOf(equation, equation.output), row.output) << row.text;
    EXPECT_EQ(equation.output.ellipsis, row.ellipsis ? 0 : -1) << row.text;
    EXPECT_FALSE(equation.explicitOutput);
  }
}

TEST(EquationParser, RanksLabelsByCodePoint) {
  Equation equation = parse("z\U00010000a\uFFFFZ");
  EXPECT_EQ(equation.labels, (Names{"z", "\U00010000", "a", "\uFFFF", "Z"}));
  EXPECT_EQ(equation.sortRank, (std::vector<uint32_t>{2, 4, 1, 3, 0}));
  equation = parse("wide a, ab wide");
  EXPECT_EQ(equation.labels, (Names{"wide", "a", "ab"}));
  EXPECT_EQ(equation.sortRank, (std::vector<uint32_t>{2, 0, 1}));
}

TEST(EquationParser, DecidesTheForm) {
  using Form = Equation::Form;
  struct {
    const char *text;
    Form form;
    Names labels;
  } rows[] = {
      {"i j, j k -> i k", Form::Compact, {"i", "j", "k"}},
      {"dim, dim -> dim", Form::Compact, {"d", "i", "m"}},
      {"batch dim, dim", Form::Named, {"batch", "dim"}},
      {"dim, batch dim", Form::Named, {"dim", "batch"}},
      {"row, col -> row col", Form::Named, {"row", "col"}},
      {"i j, jk", Form::Compact, {"i", "j", "k"}},
      {"i jk, j", Form::Named, {"i", "jk", "j"}},
      {"... ij", Form::Compact, {"i", "j"}},
      {"ij ... k", Form::Named, {"ij", "k"}},
      {"ij...k", Form::Compact, {"i", "j", "k"}},
      {"ij... k", Form::Named, {"ij", "k"}},
      {"ij ...k", Form::Named, {"ij", "k"}},
      {"(ij ,k )", Form::Compact, {"i", "j", "k"}},
      {"x y, (ab c)", Form::Named, {"x", "y", "ab", "c"}},
      {"x_1 y2, y2", Form::Named, {"x_1", "y2"}},
      {"αβ γ", Form::Named, {"αβ", "γ"}},
      {"α β", Form::Compact, {"α", "β"}},
  };
  for (const auto &row : rows) {
    Equation equation = parse(row.text);
    EXPECT_EQ(equation.form, row.form) << row.text;
    EXPECT_EQ(equation.labels, row.labels) << row.text;
  }
}

TEST(EquationParser, KeepsOnlyGroupsThatOrderOperands) {
  EXPECT_EQ(groupsOf("ab,bc,cd"), "");
  EXPECT_EQ(groupsOf("(ab,bc),cd"), "0-2");
  EXPECT_EQ(groupsOf("ab,(bc,cd)"), "1-3");
  EXPECT_EQ(groupsOf("(ab,bc,cd)"), "");
  EXPECT_EQ(groupsOf("((ab,bc),cd)"), "0-2");
  EXPECT_EQ(groupsOf("(ab),((bc)),cd"), "");
  EXPECT_EQ(groupsOf("(((ab,bc))),cd"), "0-2");
  EXPECT_EQ(groupsOf("((ab,bc),cd),de"), "0-3 0-2");
  EXPECT_EQ(groupsOf("(ab,(bc,cd)),(de,ef)"), "0-3 1-3 3-5");
  EXPECT_EQ(groupsOf("ab,((bc,(cd,de)),ef)->af"), "1-5 1-4 2-4");
  EXPECT_EQ(groupsOf("()"), "");
}

TEST(EquationParser, CountsPositionsInCodePoints) {
  Equation equation = parse("α中,😀i");
  EXPECT_EQ(equation.positionAt(0), (Position{0, 0}));
  EXPECT_EQ(equation.positionAt(5), (Position{2, 5}));
  EXPECT_EQ(equation.positionAt(10), (Position{4, 10}));
  EXPECT_EQ(equation.positionAt(11), (Position{5, 11}));
}

TEST(EquationParser, PrintsTheCanonicalText) {
  struct {
    const char *text, *canonical;
  } rows[] = {
      {"ij,jk", "ij,jk->ik"},
      {" i j ,j k -> k i ", "ij,jk->ki"},
      {"b...,...a", "b...,...a->...ab"},
      {"i ... j -> ... j", "i...j->...j"},
      {"", "->"},
      {" , ", ",->"},
      {"i->ii", "i->ii"},
      {"((ij,jk)),(kl)", "(ij,jk),kl->il"},
      {"((a,b),c),d->", "((a,b),c),d->"},
      {"βα", "βα->αβ"},
      {"batch  dim ,dim", "batch dim,dim->batch"},
      {"row... col -> col...row", "row ... col->col ... row"},
      {"... row col", "... row col->... col row"},
      {"row col ... -> ...", "row col ...->..."},
      {"(a1 b, b), c->", "(a1 b,b),c->"},
  };
  for (const auto &row : rows) {
    Equation equation = parse(row.text);
    EXPECT_EQ(equation.toString(), row.canonical);
    EXPECT_EQ(parse(row.canonical).toString(), row.canonical);
  }
}

TEST(EquationParser, RefusesATextItCannotCount) {
  // Never read, so no page of it exists.
  size_t size = size_t(1) << 31;
  void *pages = mmap(nullptr, size, PROT_READ,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  ASSERT_NE(pages, MAP_FAILED);
  Result<Equation> equation =
      parseEquation({static_cast<const char *>(pages), size});
  ASSERT_FALSE(equation);
  EXPECT_EQ(equation.error().kind, ErrorKind::Limit);
  EXPECT_EQ(equation.error().render(),
            "error: the equation has 2147483648 bytes; an equation has at most "
            "2147483647\n");
  munmap(pages, size);
}

} // namespace
