// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Step lists as text, their parts, and layouts that do not fit.

#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace einc::test {
namespace {

TEST(StepPrinter, PrintsStepsAndSchedules) {
  Expression e = expression("ij,jk,kll->il", {{3, 4}, {4, 5}, {5, 6, 6}},
                            ElementType::F64);
  StepList list = e.steps();
  EXPECT_EQ(printSteps(list),
            "0: kernel0 small grains=1 min=3334 (workspace@0, operand0, "
            "operand1, constant) [0 0 1 1 1 3 40 32 0 5 8 0 8 4 0 8 40]\n"
            "1: kernel1 small grains=1 min=2223 (output, workspace@0, "
            "operand2, scalars) [0 0 1 1 1 3 48 40 0 6 8 0 56 5 0 8 288]\n"
            "workspace 128 bytes\n");
  EXPECT_EQ(printSchedules(list),
            "0: ij,jk->ik: m(i=3) n(k=5) k(j=4): small f64 m=3 n=5 k=4 "
            "b=direct\n"
            "1: ik,kll->il: m(i=3) n(l=6) k(k=5): small f64 m=3 n=6 k=5 "
            "b=gather\n");
}

TEST(StepPrinter, PrintsLoopsAndExpressions) {
  StepList list;
  list.schedules.emplace_back();
  list.schedules[0].general = {0, GeneralSchedule::Vectorize::None, {}, false};
  list.buffers.push_back({EINC_BUFFER_ARGUMENT, 0, {0, 0}, {0, 0}, nullptr});
  list.buffers.push_back({EINC_BUFFER_SCALARS, 0, {0, 0}, {0, 0}, nullptr});
  using Token = EincToken;
  list.tokens = {// e0 ceildiv 16
                 Token{0, EINC_OP_EXTENT, 0}, Token{16, EINC_OP_LITERAL, 0},
                 Token{0, EINC_OP_CEILDIV, 0},
                 // c1 * -8 + e2
                 Token{1, EINC_OP_COUNTER, 0}, Token{-8, EINC_OP_LITERAL, 0},
                 Token{0, EINC_OP_MUL, 0}, Token{2, EINC_OP_EXTENT, 0},
                 Token{0, EINC_OP_ADD, 0},
                 // c0 == 3 ? 1 : 0
                 Token{0, EINC_OP_COUNTER, 0}, Token{3, EINC_OP_LITERAL, 0},
                 Token{0, EINC_OP_EQUAL, 0}, Token{1, EINC_OP_LITERAL, 0},
                 Token{0, EINC_OP_LITERAL, 0}, Token{0, EINC_OP_SELECT, 0}};
  list.pointers = {{0, 0, {3, 5}}, {1, 0, {0, 0}}};
  list.params = {{8, 6}, {1, 1}, {3, 3}, {1, 2}};
  auto loop = [](uint32_t counter, uint32_t body, EincExpression extent) {
    EincStep step = {};
    step.kind = EINC_STEP_LOOP;
    step.counter = counter;
    step.bodySteps = body;
    step.extent = extent;
    return step;
  };
  EincStep kernel = {};
  kernel.extent = {0, 1};
  kernel.numParams = 4;
  list.steps = {loop(0, 3, {0, 3}), kernel, loop(1, 1, {1, 1}), kernel, kernel};
  EXPECT_EQ(
      printSteps(list),
      "0: loop c0 of (e0 ceildiv 16)\n"
      "  0: kernel0 general grains=e0 min=0 (output+((c1 * -8) + e2), scalars) "
      "[((c0 == 3) ? 1 : 0) 16 (c1 * -8) (<malformed> ceildiv 16)]\n"
      "  0: loop c1 of 16\n"
      "    0: kernel0 general grains=e0 min=0 (output+((c1 * -8) + e2), "
      "scalars) [((c0 == 3) ? 1 : 0) 16 (c1 * -8) (<malformed> ceildiv 16)]\n"
      "0: kernel0 general grains=e0 min=0 (output+((c1 * -8) + e2), scalars) "
      "[((c0 == 3) ? 1 : 0) 16 (c1 * -8) (<malformed> ceildiv 16)]\n"
      "workspace 0 bytes\n");
}

TEST(Steps, NumbersShareTokens) {
  StepList list = expression("ij,jk->ik", {{64, 64}, {64, 64}}).steps();
  std::set<int64_t> values;
  for (const EincToken &token : list.tokens) {
    EXPECT_EQ(token.opcode, uint32_t(EINC_OP_LITERAL));
    EXPECT_TRUE(values.insert(token.value).second) << token.value;
  }
  EXPECT_FALSE(values.contains(0)); // no tokens at all
}

TEST(Steps, OnlyTheLastStepSeesTheCallersScalars) {
  StepList list =
      expression("ij,jk,kl,m->il", {{3, 4}, {4, 5}, {5, 6}, {7}}).steps();
  ASSERT_EQ(list.steps.size(), 4u); // m is summed before
  for (size_t i = 0; i < list.steps.size(); ++i) {
    const EincStep &step = list.steps[i];
    unsigned last = list.schedules[step.kernel].numPointers() - 1;
    uint32_t scalars = list.pointers[step.firstPointer + last].buffer;
    EXPECT_EQ(list.buffers[scalars].kind,
              uint32_t(i + 1 == list.steps.size() ? EINC_BUFFER_SCALARS
                                                  : EINC_BUFFER_CONSTANT));
  }
  EXPECT_EQ(list.constants.size(), 1u);
  EXPECT_EQ(list.steps[2].plan, 2u);
  EXPECT_EQ(list.steps[3].plan, 2u);
}

TEST(Steps, CopiesKeepTheirConstants) {
  StepList copy;
  {
    StepList list =
        expression("ij,jk,kl->il", {{3, 4}, {4, 5}, {5, 6}}, ElementType::F64)
            .steps();
    copy = list;
  }
  const double *data = nullptr;
  for (const EincBuffer &buffer : copy.buffers)
    if (buffer.kind == EINC_BUFFER_CONSTANT)
      data = static_cast<const double *>(buffer.data);
  ASSERT_NE(data, nullptr);
  EXPECT_EQ(data[0], 1);
  EXPECT_EQ(data[1], 0);
}

TEST(Steps, AllSchedulesAreUsedAndDistinct) {
  std::string text = "ab";
  std::vector<Shape> shapes = {{40, 40}};
  for (char c = 'b'; c < 'z'; ++c) {
    text += std::string(",") + c + char(c + 1);
    shapes.push_back({40, 40});
  }
  StepList list = expression(text + "->za", shapes).steps();
  std::set<uint32_t> used;
  for (const EincStep &step : list.steps)
    used.insert(step.kernel);
  EXPECT_EQ(used.size(), list.schedules.size());
  EXPECT_LE(list.schedules.size(), 2u);
  EXPECT_EQ(list.planSteps.size(), 25u - 1);
  EXPECT_EQ(list.planSteps[1], "ac,cd->ad");
}

TEST(Steps, DifferentSizesShareKernels) {
  std::string text;
  std::vector<Shape> shapes;
  std::mt19937 random(9);
  int64_t extent = 100;
  for (char c = 'A'; c < 'Z'; ++c) {
    text += std::string(c == 'A' ? "" : ",") + c + char(c + 1);
    int64_t next = 17 + int64_t(random() % 450);
    shapes.push_back({extent, next});
    extent = next;
  }
  StepList list = expression(text + "->AZ", shapes).steps();
  EXPECT_EQ(list.steps.size(), 24u);
  EXPECT_LE(list.schedules.size(), 6u) << printSchedules(list);
}

TEST(Steps, LongNetworksAreLinear) {
  // A ring of 20,000 matrices: quadratic work would not come back.
  const uint32_t n = 20'000;
  Expression e;
  e.equation.extents.assign(n, 2);
  for (uint32_t i = 0; i < n; ++i) {
    e.equation.labels.push_back("l" + std::to_string(i));
    e.equation.operandStart.push_back(2 * i);
    e.equation.operandLabels.insert(e.equation.operandLabels.end(),
                                    {i, (i + 1) % n});
    e.operands.push_back(TensorLayout::rowMajor(ElementType::F32, {2, 2}));
  }
  e.equation.operandStart.push_back(2 * n);
  e.tree = leftToRight(n);
  e.output = TensorLayout::rowMajor(ElementType::F32, {});
  StepList list = e.steps();
  EXPECT_EQ(list.steps.size(), n - 1);
  EXPECT_LE(list.schedules.size(), 4u);
  EXPECT_LE(list.tokens.size(), 64u);
}

TEST(Steps, RefusesLayoutsThatDoNotFit) {
  auto error = [](const Expression &e) {
    Result<StepList> list = e.make();
    if (list)
      return std::string("none");
    return std::string(kindName(list.error().kind)) + ": " +
           list.error().message;
  };
  const Expression good = expression("ij,jk->ik", {{3, 4}, {4, 5}});
  EXPECT_EQ(error(good), "none");

  Expression bad = good;
  bad.operands[1].type = ElementType::F64;
  EXPECT_EQ(error(bad),
            "unsupported-type: operand 1 has element type f64, which does not "
            "convert to the output's f32");
  bad = good;
  bad.operands[0].strides = {4};
  EXPECT_EQ(error(bad), "invalid-argument: operand 0 has 2 extents and 1 "
                        "strides but its term has 2 axes");
  bad = good;
  bad.output.extents = {3, 6};
  EXPECT_EQ(error(bad), "invalid-argument: the output has extent 6 in axis 1 "
                        "but label 'k' has extent 5");
  bad = good;
  bad.output.extents = {3, 1};
  EXPECT_EQ(error(bad), "invalid-argument: the output has extent 1 in axis 1 "
                        "but label 'k' has extent 5");
  bad = good;
  bad.operands.pop_back();
  EXPECT_EQ(error(bad), "invalid-argument: the equation has 2 operands but 1 "
                        "layouts are given");
  bad = good;
  bad.tree.steps.clear();
  EXPECT_EQ(error(bad), "invalid-argument: a tree of 0 steps does not contract "
                        "2 operands");
}

TEST(Steps, RowMajorLayouts) {
  EXPECT_EQ(TensorLayout::rowMajor(ElementType::F32, {2, 3, 4}).strides,
            (std::vector<int64_t>{12, 4, 1}));
  EXPECT_TRUE(TensorLayout::rowMajor(ElementType::F32, {}).strides.empty());
  EXPECT_EQ(TensorLayout::rowMajor(ElementType::F32, {2, 0, 4}).strides,
            (std::vector<int64_t>{4, 4, 1}));
}

} // namespace
} // namespace einc::test
