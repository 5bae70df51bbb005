// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Open extents: as a user types them, bound to labels, and mistakes.

#include "compiler/Frontend/ShapeList.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

using Shapes = std::vector<Shape>;

TEST(OpenShapes, AreRead) {
  struct {
    const char *text;
    Shapes shapes;
  } rows[] = {
      {"?", {{openAxis()}}},
      {"?64", {{openAxis(64)}}},
      {"? x 64 , 64 x ?128", {{openAxis(), 64}, {64, openAxis(128)}}},
      {"(?,3)(?1)", {{openAxis(), 3}, {openAxis(1)}}},
      {"?x?x?007", {{openAxis(), openAxis(), openAxis(7)}}},
      {"?4611686018427387904", {{openAxis(MaxHint)}}},
  };
  for (const auto &row : rows) {
    Result<Shapes> shapes = parseShapeList(row.text);
    ASSERT_TRUE(shapes) << row.text << "\n" << shapes.error().render();
    EXPECT_EQ(*shapes, row.shapes) << row.text;
  }
  Result<DimList> dims = parseDims("b=?,i=5, long_name = ?32");
  ASSERT_TRUE(dims);
  ASSERT_EQ(dims->dims.size(), 3u);
  EXPECT_EQ(dims->dims[0].extent, openAxis());
  EXPECT_EQ(dims->dims[1].extent, 5);
  EXPECT_EQ(dims->dims[2].extent, openAxis(32));
}

TEST(OpenShapes, MistakesInListsHaveCarets) {
  struct {
    const char *text, *rendered;
  } rows[] = {
      {"?0", "error: the hint of an open extent is 1 or more\n"
             "  ?0\n"
             "   ^\n"},
      {"3x? 4", "error: found '4'; expected 'x' or ','\n"
                "  3x? 4\n"
                "      ^\n"},
      {"??", "error: found '?'; expected 'x' or ','\n"
             "  ??\n"
             "   ^\n"},
      {"3?", "error: found '?'; expected 'x' or ','\n"
             "  3?\n"
             "   ^\n"},
      {"?-2", "error: found '-'; expected 'x' or ','\n"
              "  ?-2\n"
              "   ^\n"},
      {"?4611686018427387905",
       "error: the hint is larger than 4611686018427387904\n"
       "  ?4611686018427387905\n"
       "   ^\n"},
  };
  for (const auto &row : rows) {
    Result<Shapes> shapes = parseShapeList(row.text);
    ASSERT_FALSE(shapes) << row.text;
    EXPECT_EQ(shapes.error().render(), row.rendered);
  }
}

Result<ShapedEquation> infer(const char *text, const char *list) {
  Result<Equation> equation = parseEquation(text);
  EXPECT_TRUE(equation) << text;
  Result<Shapes> shapes = parseShapeList(list);
  EXPECT_TRUE(shapes) << list;
  return inferShapes(*equation, *shapes);
}

/// "b=64? i=3 n=128?!": extents of labels, ? where open, ! with a hint.
std::string extentsText(const ShapedEquation &shaped) {
  std::string text;
  for (LabelId label = 0; label < shaped.labels.size(); ++label) {
    text += (label ? " " : "") + shaped.labels[label] + "=" +
            std::to_string(shaped.extents[label]);
    for (const OpenExtent &open : shaped.openExtents)
      if (open.label == label)
        text += open.hasHint ? "?!" : "?";
  }
  return text;
}

TEST(OpenShapes, BindLabels) {
  struct {
    const char *equation, *shapes, *extents;
    Shape output;
    std::vector<LabelId> order;
  } rows[] = {
      {"bij,bjk->bik", "?x3x4,?x4x5", "b=64? i=3 j=4 k=5", {64, 3, 5}, {0}},
      {"ij,jk->ik", "3x?,?128x5", "i=3 j=128?! k=5", {3, 5}, {1}},
      {"ij,jk->ik", "?x?7,?7x?9", "i=64? j=7?! k=9?!", {64, 9}, {0, 1, 2}},
      {"ji,ki->jk", "2x?,?x?", "j=2 i=64? k=64?", {2, 64}, {1, 2}},
      {"ii->i", "?x?5", "i=5?!", {5}, {0}},
      {"i,j->i", "?1,?0001", "i=1?! j=1?!", {1}, {0, 1}},
      {"...i,i->...", "?x4x?,?", "i=64? ..0=64? ..1=4", {64, 4}, {1, 0}},
      // An axis of 1 broadcasts against fixed extents as always.
      {"ij,ij->ij", "?x1,?x6", "i=64? j=6", {64, 6}, {0}},
  };
  for (const auto &row : rows) {
    Result<ShapedEquation> shaped = infer(row.equation, row.shapes);
    ASSERT_TRUE(shaped) << row.equation << "\n" << shaped.error().render();
    EXPECT_EQ(extentsText(*shaped), row.extents) << row.equation;
    EXPECT_EQ(shaped->outputShape, row.output) << row.equation;
    std::vector<LabelId> order;
    for (const OpenExtent &open : shaped->openExtents)
      order.push_back(open.label);
    EXPECT_EQ(order, row.order) << row.equation;
  }
}

TEST(OpenShapes, NeverBroadcast) {
  struct {
    const char *equation, *shapes;
    ErrorKind kind;
    const char *rendered;
  } rows[] = {
      {"ij,jk->ik", "3x?,4x5", ErrorKind::ExtentMismatch,
       "error: label 'j' is open in axis 1 of operand 0 but has extent 4 in "
       "axis 0 of operand 1\n"
       "  ij,jk->ik\n"
       "   ^ ^\n"
       "note: operand 0 has shape (3, ?), operand 1 has shape (4, 5); an open "
       "extent never broadcasts: all axes of a label are open, or none\n"},
      {"ij,jk->ik", "3x1,?9x5", ErrorKind::ExtentMismatch,
       "error: label 'j' has extent 1 in axis 1 of operand 0 but is open in "
       "axis 0 of operand 1\n"
       "  ij,jk->ik\n"
       "   ^ ^\n"
       "note: operand 0 has shape (3, 1), operand 1 has shape (?9, 5); an open "
       "extent never broadcasts: all axes of a label are open, or none\n"},
      {"ii->i", "?x3", ErrorKind::DiagonalMismatch,
       "error: label 'i' is open in axis 0 of operand 0 but has extent 3 in "
       "axis 1 of operand 0\n"
       "  ii->i\n"
       "  ^^\n"
       "note: operand 0 has shape (?, 3); an open extent never broadcasts: all "
       "axes of a label are open, or none\n"},
      {"ij,jk->ik", "3x?8,?9x5", ErrorKind::ExtentMismatch,
       "error: label 'j' is open with the hints 8 and 9\n"
       "  ij,jk->ik\n"
       "   ^ ^\n"
       "note: operand 0 has shape (3, ?8), operand 1 has shape (?9, 5); one "
       "hint is enough: the others may be '?'\n"},
      {"...i,...i->...", "?x4,1x4", ErrorKind::EllipsisMismatch,
       "error: an axis under '...' is open in axis 0 of operand 0 but has "
       "extent 1 in axis 0 of operand 1\n"
       "  ...i,...i->...\n"
       "  ^    ^\n"
       "note: operand 0 has shape (?, 4), operand 1 has shape (1, 4); an open "
       "extent never broadcasts: all axes of a label are open, or none\n"},
  };
  for (const auto &row : rows) {
    Result<ShapedEquation> shaped = infer(row.equation, row.shapes);
    ASSERT_FALSE(shaped) << row.equation;
    EXPECT_EQ(shaped.error().kind, row.kind);
    EXPECT_EQ(shaped.error().render(), row.rendered);
  }
}

TEST(OpenShapes, BelongToDims) {
  Result<Equation> equation = parseEquation("bij,bjk->bik");
  ASSERT_TRUE(equation);
  Result<DimList> dims = parseDims("b=?16,i=3,j=?,k=5");
  ASSERT_TRUE(dims);
  Result<Shapes> shapes = shapesFromDims(*equation, *dims);
  ASSERT_TRUE(shapes) << shapes.error().render();
  Result<ShapedEquation> shaped = inferShapes(*equation, *shapes);
  ASSERT_TRUE(shaped) << shaped.error().render();
  EXPECT_EQ(extentsText(*shaped), "b=16?! i=3 j=64? k=5");
}

} // namespace
