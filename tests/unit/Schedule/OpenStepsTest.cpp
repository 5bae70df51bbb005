// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Steps with open numbers: which kernels are chosen, what their numbers are,
/// and what is refused.

#include "compiler/Frontend/ShapeList.h"
#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

namespace einc::test {
namespace {

/// From shapes as a user types them.
Expression openExpression(const std::string &text, const std::string &shapes,
                          bool openStrides = false) {
  Expression e;
  Result<Equation> equation = parseEquation(text);
  EXPECT_TRUE(equation) << text;
  Result<std::vector<Shape>> given = parseShapeList(shapes);
  EXPECT_TRUE(given) << shapes;
  Result<ShapedEquation> shaped = inferShapes(*equation, *given);
  EXPECT_TRUE(shaped) << text << " " << shapes;
  e.equation = *std::move(shaped);
  for (size_t i = 0; i < given->size(); ++i) {
    Shape &shape = (*given)[i];
    for (size_t axis = 0; axis < shape.size(); ++axis)
      if (isOpenAxis(shape[axis]))
        shape[axis] = e.equation.extents[e.equation.operand(i)[axis]];
    e.operands.push_back(TensorLayout::rowMajor(ElementType::F32, shape));
  }
  e.output = TensorLayout::rowMajor(ElementType::F32, e.equation.outputShape);
  e.tree = leftToRight(given->size());
  e.options.machine = machineFor(Target::ISA::X86_64_V4);
  e.options.openStrides = openStrides;
  return e;
}

/// The first step's schedule, with its groups.
std::string scheduleOf(const std::string &text, const std::string &shapes,
                       bool openStrides = false) {
  std::string all =
      printSchedules(openExpression(text, shapes, openStrides).steps());
  all = all.substr(all.rfind("\n", all.size() - 2) + 1);
  all.pop_back();
  return all.substr(all.find(": ", 3) + 2);
}

TEST(OpenSteps, WriteTheirNumbersAsExpressions) {
  // j is summed: where it or i is 0, a fill runs instead.
  EXPECT_EQ(
      printSteps(openExpression("ij,j->i", "?x?,?").steps()),
      "0: kernel0 general grains=((e0 min e1) == 0) min=(200000 ceildiv (e0 "
      "max 1)) (output, scalars) [0 1 0 1 e0 4 0 0]\n"
      "0: kernel1 gemv grains=((e0 ceildiv 4) * ((e0 min e1) min 1)) "
      "min=(200000 ceildiv (((e0 min 4) * e1) max 1)) (output, operand0, "
      "operand1, scalars) [0 0 1 0 1 e0 4 (4 * e1) 0 e1 0 4 4]\n"
      "workspace 0 bytes\n");
  EXPECT_EQ(
      printSteps(openExpression("ij,jk->ik", "?x64,64x64").steps()),
      "0: kernel0 gemm grains=((e0 ceildiv 192) * (e0 min 1)) min=(200000 "
      "ceildiv ((((e0 min 192) * 64) * 64) max 1)) (output, operand0, "
      "operand1, scalars) [0 e0 64 64 (e0 ceildiv 192) 1 0 1 1 1 e0 256 256 0 "
      "64 4 0 4 64 0 4 256]\n"
      "workspace 0 bytes\n");
  EXPECT_EQ(
      printSteps(openExpression("ij->ji", "3x?", true).steps()),
      "0: kernel0 general grains=(3 * (e0 min 1)) min=(200000 ceildiv (e0 max "
      "1)) (output, operand0, scalars) [0 2 0 1 e0 (4 * e3) (4 * e2) 0 3 (4 * "
      "e4) (4 * e1) 0]\n"
      "workspace 0 bytes\n");
  EXPECT_EQ(
      printSteps(openExpression("ij,jk,kl->il", "?x8,8x?,?x8").steps()),
      "1: kernel0 general grains=((e0 min e1) == 0) min=(200000 ceildiv "
      "((8 * e0) max 1)) (output, scalars) [0 1 0 1 (8 * e0) 4 0 0]\n"
      "0: kernel1 gemm grains=(((e0 ceildiv 192) * (e1 ceildiv 512)) * "
      "((e0 min e1) min 1)) min=(200000 ceildiv ((((e0 min 192) * (e1 "
      "min 512)) * 8) max 1)) (workspace@0, operand0, operand1, constant) "
      "[0 e0 e1 8 (e0 ceildiv 192) (e1 ceildiv 512) 0 1 1 1 e0 (4 * e1) "
      "32 0 e1 4 0 4 8 0 4 (4 * e1)]\n"
      "1: kernel2 gemm grains=((e0 ceildiv 192) * ((e0 min e1) min 1)) "
      "min=(200000 ceildiv ((((e0 min 192) * 8) * e1) max 1)) (output, "
      "workspace@0, operand2, scalars) [0 e0 8 e1 (e0 ceildiv 192) 1 0 1 "
      "1 1 e0 32 (4 * e1) 0 8 4 0 4 e1 0 4 32]\n"
      "workspace ((((4 * e0) * e1) ceildiv 64) * 64) bytes\n");
}

TEST(OpenSteps, KeepToWhatIsRightForAllExtents) {
  struct {
    const char *equation, *shapes;
    bool openStrides;
    const char *schedule;
  } rows[] = {
      {"ij,jk->ik", "?x64,64x64", false,
       "m(i?=64) n(k=64) k(j=64): gemm f32 tile=4x4 kc=384 mc=192 nc=512 "
       "a=direct b=direct run=1 c=direct c-tiles=irregular b-tiles=regular "
       "order=columns driver=cold"},
      {"ij,jk->ik", "?x?,?x?", false,
       "m(i?=64) n(k?=64) k(j?=64): gemm f32 tile=4x4 kc=384 mc=192 nc=512 "
       "a=direct b=direct run=1 c=direct c-tiles=irregular b-tiles=irregular "
       "order=columns driver=cold"},
      {"ij,jk->ik", "64x?,?x64", false,
       "m(i=64) n(k=64) k(j?=64): gemm f32 tile=4x4 kc=384 mc=192 nc=512 "
       "a=direct b=direct run=1 c=direct c-tiles=regular b-tiles=regular "
       "order=columns driver=cold"},
      {"bij,bjk->bik", "?x8x8,?x8x8", false,
       "batch(b?=64) m(i=8) n(k=8) k(j=8): small f32 m=8 n=8 k=8 b=direct"},
      {"bij,bjk->bik", "?x64x64,?x64x64", false,
       "batch(b?=64) m(i=64) n(k=64) k(j=64): gemm f32 tile=4x4 kc=384 mc=192 "
       "nc=512 a=direct b=direct run=1 c=direct c-tiles=regular "
       "b-tiles=regular order=columns driver=cold"},
      {"ij,kj->ik", "?x?,?x?", false,
       "m(i?=64) n(k?=64) k(j?=64): gemm f32 tile=4x4 kc=384 mc=192 nc=512 "
       "a=direct b=transpose-k run=1 c=direct c-tiles=irregular "
       "b-tiles=regular order=columns driver=cold"},
      {"aij->aji", "?x32x48", false,
       "out(a?=64 j=48 i=32): permute f32 lines=transposed tile=16 "
       "store=cached"},
      {"ij,ij->ij", "?x?,?x?", false,
       "out(ij?=4096): outer f32 operands=2 a=contiguous b=contiguous "
       "store=cached"},
      {"ij->i", "?x?", false,
       "out(i?=64) sum(j?=64): reduce f32 form=rows read=vectors k=loop"},
      {"ij,jk->ik", "?x?,?x?", true,
       "m(i?=64) n(k?=64) k(j?=64): gemm f32 tile=4x4 kc=384 mc=192 nc=512 "
       "a=direct b=scalar run=1 c=direct c-tiles=irregular b-tiles=regular "
       "order=columns driver=cold"},
      {"ij,j->i", "?x?,?", true,
       "out(i?=64) sum(j?=64): gemv f32 form=rows read=scalars k=loop"},
  };
  for (const auto &row : rows)
    EXPECT_EQ(scheduleOf(row.equation, row.shapes, row.openStrides),
              row.schedule)
        << row.equation << " " << row.shapes;
}

/// Squares where both sides are long enough, else one element at a time.
TEST(OpenSteps, TransposeShortExtentsOtherwise) {
  StepList list = openExpression("ij->ji", "?x?").steps();
  EXPECT_EQ(printSchedules(list),
            "0: ij->ji: out(j?=64 i?=64): permute f32 lines=transposed tile=16 "
            "store=cached\n"
            "0: ij->ji: out(j?=64 i?=64): permute f32 lines=transposed tile=1 "
            "store=cached\n");
  std::string text = printSteps(list);
  EXPECT_NE(text.find(" * (((e0 min 16) == 16) * ((e1 min 16) == 16))) * "),
            std::string::npos)
      << text;
  EXPECT_NE(
      text.find(" * ((((e0 min 16) == 16) * ((e1 min 16) == 16)) == 0)) * "),
      std::string::npos)
      << text;
  // The plane's extents are known.
  EXPECT_EQ(openExpression("aij->aji", "?x32x48").steps().steps.size(), 1u);
}

TEST(OpenSteps, FoldWhereAllExtentsAllowIt) {
  struct {
    const char *equation, *shapes, *groups;
  } rows[] = {
      {"ijk,ijk->ijk", "?x4x?,?x4x?", "out(ijk?=16384)"},
      {"ijk,jk->ijk", "?x4x?,4x?", "out(i?=64 jk?=256)"},
      {"ijk->kij", "?x4x?", "out(k?=64 ij?=256)"},
      // Equal for the example only: 8 rows of 64.
      {"ij,j->ij", "8x64,64", "out(i=8 j=64)"},
      {"abc,cd->abd", "?x?x40,40x48", "m(ab?=4096) n(d=48) k(c=40)"},
      {"long word, word -> long word", "?x?,?", "out(long?=64 word?=64)"},
      {"long word, long word -> ", "?x?,?x?", "out(1) sum(long*word?=4096)"},
  };
  for (const auto &row : rows) {
    std::string text = scheduleOf(row.equation, row.shapes);
    EXPECT_EQ(text.substr(0, text.find(": ")), row.groups)
        << row.equation << " " << row.shapes;
  }
}

TEST(OpenSteps, CountOpenNumbers) {
  StepList list = openExpression("bij,bjk->bik", "?x3x?7,?x?x5").steps();
  EXPECT_EQ(list.numOpenNumbers, 2u);
  EXPECT_EQ(list.openExamples, (std::vector<int64_t>{64, 7}));
  list = openExpression("bij,bjk->bik", "?x3x?7,?x?x5", true).steps();
  EXPECT_EQ(list.numOpenNumbers, 2u + 9u);
  EXPECT_EQ(openExpression("ij->ji", "3x4").steps().numOpenNumbers, 0u);
}

TEST(OpenSteps, PlanManyUnknownExtentsAsSmallOnes) {
  std::string text = "abcdefghijklm", shapes = "?";
  for (size_t i = 1; i < text.size(); ++i)
    shapes += "x?";
  StepList list =
      openExpression(text + "->" + std::string(text.rbegin(), text.rend()),
                     shapes)
          .steps();
  EXPECT_EQ(list.openExamples, std::vector<int64_t>(13, 4));
}

TEST(OpenSteps, RefuseLayoutsThatDoNotFit) {
  Expression e = openExpression("ij,jk->ik", "?x4,4x?");
  e.operands[0].strides = {8, 1};
  Result<StepList> steps = e.make();
  ASSERT_FALSE(steps);
  EXPECT_EQ(steps.error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(steps.error().message,
            "operand 0 has open extents and is not dense in row-major order: "
            "other strides must be open too");

  e = openExpression("ij,jk->ik", "?x4,4x?");
  e.operands[1].extents = {4, 1};
  steps = e.make();
  ASSERT_FALSE(steps);
  EXPECT_EQ(steps.error().message,
            "operand 1 has extent 1 in axis 1 but label 'k' is open, planned "
            "as 64");

  e = openExpression("ij,jk->ik", "?x4,4x?");
  e.output.strides.clear();
  steps = e.make();
  ASSERT_FALSE(steps);
  EXPECT_EQ(steps.error().message,
            "the output does not have an extent and a stride for each of its "
            "2 axes");
}

TEST(OpenSteps, RefuseTooManyOpenExtents) {
  std::string text, shapes;
  for (int i = 0; i < 65; ++i) {
    text += " w" + std::to_string(i);
    shapes += i ? ",?" : "(?";
  }
  Expression e = openExpression(text + " ->" + text, shapes + ")");
  Result<StepList> steps = e.make();
  ASSERT_FALSE(steps);
  EXPECT_EQ(steps.error().kind, ErrorKind::Limit);
  EXPECT_EQ(steps.error().message, "65 extents are open, at most 64 may be");
}

} // namespace
} // namespace einc::test
