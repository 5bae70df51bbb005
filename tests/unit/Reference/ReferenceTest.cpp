// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Reference/Letters.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::tests;

namespace {

struct Row {
  const char *equation;
  std::vector<Shape> shapes; ///< operands count up from 1, 101, 201, ...
  Shape shape;
  std::vector<double> values;
};

void PrintTo(const Row &row, std::ostream *stream) { *stream << row.equation; }

class ReferenceRows : public testing::TestWithParam<Row> {};

template <typename Element> void checkRow(const Row &row) {
  std::vector<TestTensor<Element>> tensors;
  std::vector<ReferenceTensor> views;
  for (const Shape &shape : row.shapes)
    tensors.push_back(counting<Element>(shape, 1 + 100 * int(tensors.size())));
  for (const TestTensor<Element> &tensor : tensors)
    views.push_back(tensor.view());
  Result<ReferenceResult> result =
      evaluateReference(letters(row.equation, row.shapes), views);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->shape, row.shape);
  EXPECT_EQ(result->values, row.values);
  // All elements are positive.
  EXPECT_EQ(result->magnitudes, row.values);
}

TEST_P(ReferenceRows, F32) { checkRow<float>(GetParam()); }
TEST_P(ReferenceRows, F64) { checkRow<double>(GetParam()); }

// Worked out by hand.
const Row rows[] = {
    {"->", {{}}, {}, {1}},
    {",->", {{}, {}}, {}, {101}},
    {"i->", {{4}}, {}, {10}},
    {"i->", {{0}}, {}, {0}},
    {"i->i", {{3}}, {3}, {1, 2, 3}},
    {"ij->ji", {{2, 3}}, {3, 2}, {1, 4, 2, 5, 3, 6}},
    {"ij->i", {{2, 3}}, {2}, {6, 15}},
    {"ij->j", {{2, 3}}, {3}, {5, 7, 9}},
    {"ii->", {{3, 3}}, {}, {15}},
    {"ii->i", {{3, 3}}, {3}, {1, 5, 9}},
    {"iji->j", {{2, 3, 2}}, {3}, {1 + 8, 3 + 10, 5 + 12}},
    {"i->ii", {{2}}, {2, 2}, {1, 0, 0, 2}},
    {"ij->iji", {{2, 2}}, {2, 2, 2}, {1, 0, 2, 0, 0, 3, 0, 4}},
    {"i,i->", {{2}, {2}}, {}, {101 + 204}},
    {"i,j->ij", {{2}, {3}}, {2, 3}, {101, 102, 103, 202, 204, 206}},
    {"i,j->ji", {{2}, {3}}, {3, 2}, {101, 202, 102, 204, 103, 206}},
    {"ij,jk->ik",
     {{2, 3}, {3, 2}},
     {2, 2},
     {101 + 206 + 315, 102 + 208 + 318, 404 + 515 + 630, 408 + 520 + 636}},
    {"ij,jk->ik", {{2, 0}, {0, 2}}, {2, 2}, {0, 0, 0, 0}},
    {"ij,jk->ik", {{0, 2}, {2, 3}}, {0, 3}, {}},
    {"bi,bi->b", {{2, 2}, {2, 2}}, {2}, {101 + 204, 309 + 416}},
    {"ij,ij->ij", {{1, 3}, {2, 1}}, {2, 3}, {101, 202, 303, 102, 204, 306}},
    {"ij,j->j", {{2, 1}, {3}}, {3}, {303, 306, 309}},
    {"ii,i->i", {{1, 1}, {2}}, {2}, {101, 102}},
    {"i,i->", {{1}, {0}}, {}, {0}},
    {"i,i,i->i", {{2}, {2}, {2}}, {2}, {1 * 101 * 201., 2 * 102 * 202.}},
    {"i,j,k->", {{2}, {1}, {2}}, {}, {3 * 101 * 403.}},
    {"i,,j->ji", {{2}, {}, {1}}, {1, 2}, {101 * 201., 2 * 101 * 201.}},
};
INSTANTIATE_TEST_SUITE_P(ByHand, ReferenceRows, testing::ValuesIn(rows));

TEST(Reference, ReadsThroughStrides) {
  std::vector<float> buffer = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  // a = [[11, 9], [7, 5], [3, 1]], b = [2, 2] by a stride of 0.
  TestTensor<float> a({3, 2}, buffer, {-4, -2}, 11);
  TestTensor<float> b({2}, buffer, {0}, 2);
  ReferenceTensor views[] = {a.view(), b.view()};
  Result<ReferenceResult> result =
      evaluateReference(letters("ij,j->i", {{3, 2}, {2}}), views);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->values, (std::vector<double>{40, 24, 8}));
}

TEST(Reference, MagnitudesAreSumsOfAbsoluteValues) {
  TestTensor<double> a({2, 2}, {1, -2, -3, 4});
  TestTensor<double> b({2}, {5, 7});
  ReferenceTensor views[] = {a.view(), b.view()};
  Result<ReferenceResult> result =
      evaluateReference(letters("ij,j->i", {{2, 2}, {2}}), views);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->values, (std::vector<double>{-9, 13}));
  EXPECT_EQ(result->magnitudes, (std::vector<double>{19, 43}));
}

TEST(Reference, SumsInAWiderType) {
  TestTensor<float> a({3}, {16777216, 1, -16777216});
  ReferenceTensor narrow[] = {a.view()};
  EXPECT_EQ(evaluateReference(letters("i->", {{3}}), narrow)->values[0], 1);
  TestTensor<double> b({3}, {9007199254740992, 1, -9007199254740992});
  ReferenceTensor wide[] = {b.view()};
  EXPECT_EQ(evaluateReference(letters("i->", {{3}}), wide)->values[0], 1);
}

/// A ring of four with a label that only one operand has, and one in three.
struct Ring {
  ShapedEquation equation = letters(
      "abx,bcy,cdy,day->cya", {{2, 3, 5}, {3, 4, 2}, {4, 3, 2}, {3, 2, 1}});
  TestTensor<float> a = counting<float>({2, 3, 5}, -11);
  TestTensor<float> b = counting<float>({3, 4, 2}, -7);
  TestTensor<float> c = counting<float>({4, 3, 2}, -5);
  TestTensor<float> d = counting<float>({3, 2, 1}, -2);
  std::vector<ReferenceTensor> views = {a.view(), b.view(), c.view(), d.view()};
};

TEST(Reference, StepsAlongATreeGiveWhatOneNestGives) {
  Ring ring;
  Result<ReferenceResult> direct = evaluateReference(ring.equation, ring.views);
  ASSERT_TRUE(direct);
  EXPECT_NE(direct->values, direct->magnitudes);
  const std::vector<ContractionTree::Step> trees[] = {
      {{0, 1}, {4, 2}, {5, 3}},
      {{3, 0}, {1, 2}, {5, 4}},
      {{0, 2}, {1, 3}, {4, 5}},
  };
  ReferenceOptions options;
  options.maxDirectIterations = 0;
  for (const auto &steps : trees) {
    ContractionTree tree;
    tree.steps = steps;
    Result<ReferenceResult> result =
        evaluateReference(ring.equation, ring.views, &tree, options);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->values, direct->values);
    EXPECT_EQ(result->magnitudes, direct->magnitudes);
  }
}

TEST(Reference, CountsTheRoundingsOfTheTree) {
  Ring ring;
  ContractionTree tree;
  tree.steps = {{0, 1}, {4, 2}, {5, 3}};
  // The first step sums b and x, the second nothing, the third d.
  EXPECT_EQ(evaluateReference(ring.equation, ring.views, &tree)->roundings,
            (15 + 1) + (1 + 1) + (3 + 1));
  EXPECT_EQ(evaluateReference(ring.equation, ring.views)->roundings,
            3 * 3 * 5 + 2 * 4);
}

TEST(Reference, EmptySumsNeedNoWork) {
  // 10^18 steps, were it not for the extent of 0.
  TestTensor<float> a({0, 1000000000, 1000000000}, {});
  ReferenceTensor views[] = {a.view()};
  Result<ReferenceResult> result =
      evaluateReference(letters("ijk->", {a.shape}), views);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->values, std::vector<double>{0});
}

TEST(Reference, RefusesTooMuchWork) {
  std::vector<float> one = {1};
  TestTensor<float> a({1 << 30, 1 << 30}, one, {0, 0}, 0);
  ReferenceTensor views[] = {a.view()};
  Result<ReferenceResult> result =
      evaluateReference(letters("ij->", {a.shape}), views);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::Limit);
  EXPECT_EQ(result.error().message,
            "the reference would take 1.15e+18 iterations, more than its limit "
            "of 2e+10");
}

TEST(Reference, RefusesTreesWithTooMuchWork) {
  Ring ring;
  ContractionTree tree;
  tree.steps = {{0, 1}, {4, 2}, {5, 3}};
  ReferenceOptions options;
  options.maxDirectIterations = 0;
  // abxcy, acyd and cyad: 2 * 3 * 5 * 4 * 2, 2 * 4 * 2 * 3, the same.
  options.maxIterations = 240 + 48 + 48;
  EXPECT_TRUE(evaluateReference(ring.equation, ring.views, &tree, options));
  --options.maxIterations;
  Result<ReferenceResult> result =
      evaluateReference(ring.equation, ring.views, &tree, options);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::Limit);
  EXPECT_EQ(result.error().message,
            "the reference would take 336 iterations, more than its limit of "
            "335");
}

TEST(Reference, ManyLabelsOfExtentOneCostNothing) {
  // Left to right, the intermediates would have up to 5000 labels.
  ShapedEquation star;
  std::vector<float> two = {2};
  TestTensor<float> operand({1}, two);
  std::vector<ReferenceTensor> views;
  ContractionTree tree;
  star.operandStart = {0};
  for (uint32_t i = 0; i < 5000; ++i) {
    star.labels.push_back(std::to_string(i));
    star.extents.push_back(1);
    star.operandLabels.push_back(i);
    star.operandStart.push_back(i + 1);
    star.outputLabels.push_back(i);
    star.outputShape.push_back(1);
    views.push_back(operand.view());
    if (i > 0)
      tree.steps.push_back({i == 1 ? 0 : 5000 + i - 2, i});
  }
  TestTensor<float> half({1}, {0.5});
  for (uint32_t i = 0; i < 5000; i += 2)
    views[i] = half.view();
  ReferenceOptions options;
  options.maxDirectIterations = 0;
  Result<ReferenceResult> result =
      evaluateReference(star, views, &tree, options);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->values, std::vector<double>{1});
}

TEST(Reference, CopiesOnlyWhatItReads) {
  // A diagonal that stays at one element, and a row that repeats one element.
  std::vector<float> elements = {1, 2, 3, 4};
  TestTensor<float> a({1 << 20, 1 << 20}, elements, {-(1 << 20), 1 << 20}, 1);
  TestTensor<float> b({1 << 20}, elements, {0}, 2);
  ReferenceTensor views[] = {a.view(), b.view()};
  ReferenceOptions options;
  options.maxBytes = 1000;
  Result<ReferenceResult> result = evaluateReference(
      letters("ii,i->", {a.shape, b.shape}), views, nullptr, options);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->values, std::vector<double>{2 * 3 * 1048576.});
}

TEST(Reference, RefusesTooMuchMemory) {
  std::vector<float> one = {1};
  TestTensor<float> a({1 << 15, 1 << 15}, one, {1 << 15, 1}, 0);
  ReferenceTensor views[] = {a.view()};
  Result<ReferenceResult> result =
      evaluateReference(letters("ij->", {a.shape}), views);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::Limit);
  EXPECT_EQ(result.error().message,
            "the reference would take 1.72e+10 bytes, more than its limit of "
            "4.29e+09");
}

TEST(Reference, RefusesOtherShapes) {
  TestTensor<float> a = counting<float>({2, 3});
  ReferenceTensor views[] = {a.view()};
  Result<ReferenceResult> result =
      evaluateReference(letters("ij->", {{2, 4}}), views);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(result.error().message,
            "operand 0 of the reference does not have the equation's shape");
  result = evaluateReference(letters("ij,j->", {{2, 3}, {3}}), views);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "the reference got 1 operands for 2 terms");
}

TEST(Reference, RefusesBrokenTrees) {
  Ring ring;
  auto messageOf = [&](std::vector<ContractionTree::Step> steps) {
    ContractionTree tree;
    tree.steps = std::move(steps);
    Result<ReferenceResult> result =
        evaluateReference(ring.equation, ring.views, &tree);
    return result ? "" : result.error().message;
  };
  const std::string head = "the contraction tree does not fit the equation: ";
  EXPECT_EQ(messageOf({{0, 1}}), head + "1 steps for 4 operands");
  EXPECT_EQ(messageOf({{0, 1}, {0, 2}, {5, 3}}), head + "step 1 uses value 0");
  EXPECT_EQ(messageOf({{0, 1}, {2, 5}, {4, 3}}), head + "step 1 uses value 5");
  EXPECT_EQ(messageOf({{0, 0}, {4, 2}, {5, 3}}), head + "step 0 uses value 0");
}

} // namespace
