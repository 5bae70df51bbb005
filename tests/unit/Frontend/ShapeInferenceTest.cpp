// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Frontend/ShapeInference.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

using Names = std::vector<std::string>;

ShapedEquation infer(std::string_view text, const std::vector<Shape> &shapes) {
  Result<Equation> equation = parseEquation(text);
  EXPECT_TRUE(equation) << text;
  Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
  EXPECT_TRUE(shaped) << shaped.error().render();
  return std::move(*shaped);
}

Names namesOf(const ShapedEquation &shaped, std::span<const LabelId> labels) {
  Names names;
  for (LabelId label : labels)
    names.push_back(shaped.labels[label]);
  return names;
}

TEST(ShapeInference, BindsLabels) {
  ShapedEquation shaped = infer("bij,bjk->kb", {{2, 3, 5}, {2, 5, 7}});
  EXPECT_EQ(shaped.labels, (Names{"b", "i", "j", "k"}));
  EXPECT_EQ(shaped.extents, (Shape{2, 3, 5, 7}));
  ASSERT_EQ(shaped.numOperands(), 2u);
  EXPECT_EQ(namesOf(shaped, shaped.operand(0)), (Names{"b", "i", "j"}));
  EXPECT_EQ(namesOf(shaped, shaped.operand(1)), (Names{"b", "j", "k"}));
  EXPECT_EQ(namesOf(shaped, shaped.outputLabels), (Names{"k", "b"}));
  EXPECT_EQ(shaped.outputShape, (Shape{7, 2}));
  EXPECT_TRUE(shaped.groups.empty());
}

TEST(ShapeInference, NamesTheAxesUnderEllipses) {
  ShapedEquation shaped =
      infer("a...b,...c,d->d...", {{2, 3, 5, 7}, {11, 3, 1, 13}, {17}});
  EXPECT_EQ(shaped.labels, (Names{"a", "b", "c", "d", "..0", "..1", "..2"}));
  EXPECT_EQ(shaped.extents, (Shape{2, 7, 13, 17, 11, 3, 5}));
  EXPECT_EQ(namesOf(shaped, shaped.operand(0)),
            (Names{"a", "..1", "..2", "b"}));
  EXPECT_EQ(namesOf(shaped, shaped.operand(1)),
            (Names{"..0", "..1", "..2", "c"}));
  EXPECT_EQ(namesOf(shaped, shaped.operand(2)), (Names{"d"}));
  EXPECT_EQ(namesOf(shaped, shaped.outputLabels),
            (Names{"d", "..0", "..1", "..2"}));
  EXPECT_EQ(shaped.outputShape, (Shape{17, 11, 3, 5}));
}

TEST(ShapeInference, HasNoLabelsForEmptyEllipses) {
  ShapedEquation shaped = infer("...i,i...->...", {{3}, {3}});
  EXPECT_EQ(shaped.labels, (Names{"i"}));
  EXPECT_TRUE(shaped.outputLabels.empty());
  EXPECT_EQ(shaped.outputShape, Shape{});
}

TEST(ShapeInference, RepeatsLabelsOfDiagonals) {
  ShapedEquation shaped = infer("iji->jij", {{3, 2, 3}});
  EXPECT_EQ(namesOf(shaped, shaped.operand(0)), (Names{"i", "j", "i"}));
  EXPECT_EQ(namesOf(shaped, shaped.outputLabels), (Names{"j", "i", "j"}));
  EXPECT_EQ(shaped.outputShape, (Shape{2, 3, 2}));
}

TEST(ShapeInference, TakesTheExtentThatIsNotOne) {
  ShapedEquation shaped = infer("i,i,i,j->ij", {{1}, {6}, {1}, {1}});
  EXPECT_EQ(shaped.extents, (Shape{6, 1}));
  EXPECT_EQ(shaped.outputShape, (Shape{6, 1}));
  shaped = infer("i,i,j->ij", {{1}, {0}, {4}});
  EXPECT_EQ(shaped.outputShape, (Shape{0, 4}));
}

TEST(ShapeInference, KeepsTheForcedOrder) {
  ShapedEquation shaped = infer("a,(b,c)->", {{2}, {3}, {5}});
  ASSERT_EQ(shaped.groups.size(), 1u);
  EXPECT_EQ(shaped.groups[0].first, 1u);
  EXPECT_EQ(shaped.groups[0].last, 3u);
}

TEST(ShapeInference, BindsIntegers) {
  Result<Equation> equation =
      parseInterleaved({{9, InterleavedEllipsis}, {4, 9}}, nullptr);
  ASSERT_TRUE(equation);
  std::vector<Shape> shapes = {{3, 5}, {7, 3}};
  Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
  ASSERT_TRUE(shaped) << shaped.error().render();
  EXPECT_EQ(shaped->labels, (Names{"9", "4", "..0"}));
  EXPECT_EQ(shaped->outputShape, (Shape{5, 7}));
}

} // namespace
