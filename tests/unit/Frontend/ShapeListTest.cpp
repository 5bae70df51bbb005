// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Frontend/ShapeList.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

using Shapes = std::vector<Shape>;

TEST(ShapeList, ReadsBothSpellings) {
  struct {
    const char *text;
    Shapes shapes;
  } rows[] = {
      {"", {}},
      {"  ", {}},
      {"3x4,4x2", {{3, 4}, {4, 2}}},
      {"(3,4)(4,2)", {{3, 4}, {4, 2}}},
      {"(3,4),(4,2)", {{3, 4}, {4, 2}}},
      {" 3 x 4 , ( 5 , 6 ) ", {{3, 4}, {5, 6}}},
      {"7", {{7}}},
      {"(7)", {{7}}},
      {"(7,)", {{7}}},
      {"0x1", {{0, 1}}},
      {"007", {{7}}},
      {"()", {{}}},
      {",", {{}, {}}},
      {",3,", {{}, {3}, {}}},
      {"()(2)()", {{}, {2}, {}}},
      {"(),3x5", {{}, {3, 5}}},
      {"(2),", {{2}, {}}},
      {"9223372036854775807", {{9223372036854775807}}},
  };
  for (const auto &row : rows) {
    Result<Shapes> shapes = parseShapeList(row.text);
    ASSERT_TRUE(shapes) << row.text << "\n" << shapes.error().render();
    EXPECT_EQ(*shapes, row.shapes) << row.text;
  }
}

TEST(ShapeList, ShowsWhereItIsWrong) {
  struct {
    const char *text, *rendered;
  } rows[] = {
      {"3x", R"(error: found the end; expected an extent
  3x
    ^
)"},
      {"3xx4", R"(error: found 'x'; expected an extent
  3xx4
    ^
)"},
      {"x3", R"(error: found 'x'; expected an extent
  x3
  ^
)"},
      {"3*4,4*2", R"(error: found '*'; expected 'x' or ','
  3*4,4*2
   ^
)"},
      {"3x-4", R"(error: found '-'; expected an extent of 0 or more
  3x-4
    ^
)"},
      {"3x4(5)", R"(error: found '('; expected 'x' or ','
  3x4(5)
     ^
)"},
      {"(3,4", R"(error: this '(' is never closed; expected ')'
  (3,4
  ^
)"},
      {"(2)(3,", R"(error: this '(' is never closed; expected ')'
  (2)(3,
     ^
)"},
      {"(3;4)", R"(error: found ';'; expected ',' or ')'
  (3;4)
    ^
)"},
      {"(3,,4)", R"(error: found ','; expected an extent
  (3,,4)
     ^
)"},
      {"((3))", R"(error: found '('; expected an extent
  ((3))
   ^
)"},
      {"(3)x4", R"(error: found 'x'; expected ',', '(' or the end
  (3)x4
     ^
)"},
      {"3x4\t", R"(error: found '\t'; expected 'x' or ','
  3x4\t
     ^
)"},
      {"2,9223372036854775808",
       R"(error: the extent '9223372036854775808' is larger than 9223372036854775807
  2,9223372036854775808
    ^
)"},
      {"9223372036854775799999",
       R"(error: the extent '9223372036854775799999' is larger than 9223372036854775807
  9223372036854775799999
  ^
)"},
      {"3x\xFF", R"(error: found '\xFF'; expected an extent
  3x\xFF
    ^
)"},
  };
  for (const auto &row : rows) {
    Result<Shapes> shapes = parseShapeList(row.text);
    ASSERT_FALSE(shapes) << row.text;
    EXPECT_EQ(shapes.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(shapes.error().render(), row.rendered);
  }
}

TEST(ShapeList, ReadsWhatFormatShapeWrites) {
  Shapes shapes = {{}, {5}, {3, 0, 7}};
  std::string text;
  for (const Shape &shape : shapes)
    text += formatShape(shape);
  Result<Shapes> again = parseShapeList(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, shapes);
}

TEST(ShapeList, ReadsAMillionOperands) {
  Result<Shapes> shapes = parseShapeList(std::string(999999, ','));
  ASSERT_TRUE(shapes);
  EXPECT_EQ(shapes->size(), 1000000u);
}

} // namespace
