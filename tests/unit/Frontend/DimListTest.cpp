// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Frontend/ShapeList.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

/// "i=3 j=4" for the dims of a list.
std::string dimsOf(const DimList &list) {
  std::string result;
  for (const Dim &dim : list.dims)
    result += (result.empty() ? "" : " ") + dim.label + "=" +
              std::to_string(dim.extent);
  return result;
}

TEST(DimList, KeepsTheOrder) {
  struct {
    const char *text, *dims;
  } rows[] = {
      {"", ""},
      {" ", ""},
      {"i=1000,j=10", "i=1000 j=10"},
      {" k = 2 , α = 0 ", "k=2 α=0"},
      {"row_1=3,_=5,batch2=7", "row_1=3 _=5 batch2=7"},
      {"i=9223372036854775807", "i=9223372036854775807"},
  };
  for (const auto &row : rows) {
    Result<DimList> list = parseDims(row.text);
    ASSERT_TRUE(list) << row.text << "\n" << list.error().render();
    EXPECT_EQ(dimsOf(*list), row.dims);
    EXPECT_EQ(list->text, row.text);
  }
}

TEST(DimList, ShowsWhereItIsWrong) {
  struct {
    const char *text, *rendered;
  } rows[] = {
      {"i", R"(error: found the end; expected '=' after the label
  i
   ^
)"},
      {"i:3", R"(error: found ':'; expected '=' after the label
  i:3
   ^
)"},
      {"i=", R"(error: found the end; expected an extent
  i=
    ^
)"},
      {"i=-3", R"(error: found '-'; expected an extent of 0 or more
  i=-3
    ^
)"},
      {"i=3 j=4", R"(error: found 'j'; expected ',' or the end
  i=3 j=4
      ^
)"},
      {"i=3,", R"(error: found the end; expected a label
  i=3,
      ^
)"},
      {",i=3", R"(error: found ','; expected a label
  ,i=3
  ^
)"},
      {"3=i", R"(error: found '3'; expected a label
  3=i
  ^
)"},
      {"\xFF=1", R"(error: found '\xFF'; expected a label
  \xFF=1
  ^
)"},
      {"i=99999999999999999999",
       R"(error: the extent '99999999999999999999' is larger than 9223372036854775807
  i=99999999999999999999
    ^
)"},
      {"i=3,j=4,i=3", R"(error: label 'i' is given twice
  i=3,j=4,i=3
  ^       ^
)"},
  };
  for (const auto &row : rows) {
    Result<DimList> list = parseDims(row.text);
    ASSERT_FALSE(list) << row.text;
    EXPECT_EQ(list.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(list.error().render(), row.rendered);
  }
}

Result<std::vector<Shape>> shapesOf(const char *equation, const char *dims) {
  Result<Equation> parsed = parseEquation(equation);
  Result<DimList> list = parseDims(dims);
  EXPECT_TRUE(parsed);
  EXPECT_TRUE(list);
  return shapesFromDims(*parsed, *list);
}

TEST(DimList, GivesShapesToAnEquation) {
  using Shapes = std::vector<Shape>;
  struct {
    const char *equation, *dims;
    Shapes shapes;
  } rows[] = {
      {"ij,jk,kl->il",
       "i=1000,j=10,k=1000,l=1",
       {{1000, 10}, {10, 1000}, {1000, 1}}},
      {"ii,->i", "i=3", {{3, 3}, {}}},
      {"...i,i...->...", "i=5", {{5}, {5}}},
      {"batch dim, dim -> batch", "dim=3,batch=2", {{2, 3}, {3}}},
      {"", "", {{}}},
  };
  for (const auto &row : rows) {
    Result<Shapes> shapes = shapesOf(row.equation, row.dims);
    ASSERT_TRUE(shapes) << shapes.error().render();
    EXPECT_EQ(*shapes, row.shapes) << row.equation;
  }
}

TEST(DimList, NamesWhatDoesNotFitTheEquation) {
  struct {
    const char *equation, *dims, *rendered;
  } rows[] = {
      {"ij,jk->ik", "i=3,j=4", R"(error: no extent is given for label 'k'
  ij,jk->ik
      ^
)"},
      {"ij,jk->ik", "j=4", R"(error: no extent is given for label 'i'
  ij,jk->ik
  ^
note: nor for label 'k'
)"},
      {"ij,jk->ik", "i=3,j=4,k=5,q=6", R"(error: the equation has no label 'q'
  i=3,j=4,k=5,q=6
              ^
)"},
      {"dim, dim ->", "dim=3", R"(error: the equation has no label 'dim'
  dim=3
  ^
)"},
  };
  for (const auto &row : rows) {
    Result<std::vector<Shape>> shapes = shapesOf(row.equation, row.dims);
    ASSERT_FALSE(shapes) << row.equation;
    EXPECT_EQ(shapes.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(shapes.error().render(), row.rendered);
  }
}

} // namespace
