// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Einsum.h"
#include "tests/unit/API/Throws.h"

#include <gtest/gtest.h>
#include <sstream>

using namespace einc;
using einc::test::errorOf;

TEST(Plan, ChoosesTheCheaperOrder) {
  Plan plan = einc::plan("ij,jk,kl->il", {{1000, 10}, {10, 1000}, {1000, 1}});
  ASSERT_EQ(plan.steps.size(), 2u);
  EXPECT_EQ(plan.steps[0].operands, (std::array<uint32_t, 2>{1, 2}));
  EXPECT_EQ(plan.steps[0].equation, "jk,kl->jl");
  EXPECT_EQ(plan.steps[0].flops, 2.0 * 10 * 1000);
  EXPECT_EQ(plan.steps[0].size, 10);
  EXPECT_EQ(plan.steps[1].operands, (std::array<uint32_t, 2>{0, 3}));
  EXPECT_EQ(plan.steps[1].equation, "ij,jl->il");
  EXPECT_EQ(plan.flops, 40000);
  EXPECT_EQ(plan.leftToRightFlops, 2.0 * 1000 * 10 * 1000 + 2.0 * 1000 * 1000);
  EXPECT_EQ(plan.largestIntermediate, 1000);
  EXPECT_EQ(plan.method, "optimal");
}

TEST(Plan, TakesAPath) {
  std::vector<IndexList> shapes = {{1000, 10}, {10, 1000}, {1000, 1}};
  Plan linear = einc::plan("ij,jk,kl->il", shapes, {.path = {{0, 1}, {0, 1}}});
  EXPECT_EQ(linear.steps[0].operands, (std::array<uint32_t, 2>{0, 1}));
  Plan ssa = einc::plan("ij,jk,kl->il", shapes,
                        {.path = {{0, 1}, {2, 3}}, .ssaPath = true});
  EXPECT_EQ(ssa.flops, linear.flops);
  EXPECT_EQ(errorOf([&] {
              einc::plan("ij,jk,kl->il", shapes, {.optimize = "magic"});
            }).substr(0, 16),
            "invalid-argument");
}

TEST(Plan, ItsPathMakesItAgain) {
  const char *equation = "ab,bc,cd,de,ef,fg,gh->ah";
  std::vector<IndexList> shapes = {{31, 37}, {37, 3}, {3, 29}, {29, 5},
                                   {5, 23},  {23, 7}, {7, 2}};
  for (const char *search : {"optimal", "greedy", "left-to-right"}) {
    Plan plan = einc::plan(equation, shapes, {.optimize = search});
    Options again;
    for (auto [lhs, rhs] : plan.path())
      again.path.push_back({lhs, rhs});
    Plan copy = einc::plan(equation, shapes, again);
    ASSERT_EQ(copy.steps.size(), 6u);
    for (size_t i = 0; i < 6; ++i)
      EXPECT_EQ(copy.steps[i].operands, plan.steps[i].operands) << search;
  }
  using Path = std::vector<std::array<uint32_t, 2>>;
  EXPECT_EQ(einc::plan("ij,jk,kl->il", {{9, 2}, {2, 9}, {9, 1}}).path(),
            (Path{{1, 2}, {0, 1}}));
  EXPECT_EQ(einc::plan("ij->ji", {{9, 2}}).path(), Path{});
}

TEST(Plan, RefusesNegativeExtents) {
  for (int64_t extent : {INT64_MIN, INT64_MIN + 64, int64_t(-1)})
    EXPECT_EQ(errorOf([&] { einc::plan("i,ij->j", {{3}, {3, extent}}); }),
              "invalid-argument: axis 1 of operand 1 has the negative extent " +
                  std::to_string(extent));
}

TEST(Plan, PrintsTableAndJSON) {
  Plan plan = einc::plan("ij,jk->ik", {{3, 4}, {4, 2}});
  std::ostringstream stream;
  stream << plan;
  EXPECT_EQ(stream.str(), plan.str());
  EXPECT_NE(plan.str().find("ij,jk->ik"), std::string::npos);
  EXPECT_NE(plan.json().find("\"ssa_path\":[[0,1]]"), std::string::npos);
  EXPECT_EQ(Plan().str(), "");
  EXPECT_EQ(Plan().json(), "");
}

TEST(Plan, OneOperandHasNoSteps) {
  EXPECT_TRUE(einc::plan("ij->j", {{3, 4}}).steps.empty());
  EXPECT_TRUE(einc::plan("", {{}}).steps.empty());
}

TEST(Plan, ReportsShapesThatDoNotFit) {
  try {
    einc::plan("ik,kj->ij", {{3, 4}, {5, 2}});
    FAIL() << "no error";
  } catch (const Error &error) {
    EXPECT_EQ(error.kind(), ErrorKind::ExtentMismatch);
    EXPECT_EQ(error.message(),
              "label 'k' has extent 4 in operand 0 but 5 in operand 1");
    EXPECT_EQ(error.positions(), (std::vector<Position>{{1, 1}, {3, 3}}));
    EXPECT_STREQ(
        error.what(),
        "error: label 'k' has extent 4 in operand 0 but 5 in operand 1\n"
        "  ik,kj->ij\n"
        "   ^ ^\n"
        "note: operand 0 has shape (3, 4), operand 1 has shape (5, 2); "
        "extents must be equal, or 1\n");
  }
}
