// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Normalisation, classification, order and folding, as text.

#include "tests/unit/Schedule/Expressions.h"

#include "compiler/Schedule/LabelGroups.h"

#include <gtest/gtest.h>

namespace einc::test {
namespace {

/// The label groups of all steps, one line each.
std::string groupsOf(const Expression &e) {
  std::string text;
  for (const std::string &groups : e.steps().groups)
    text += groups + "\n";
  return text;
}

struct Row {
  const char *equation;
  std::vector<Shape> shapes;
  const char *groups;
};

TEST(LabelGroups, OfDenseTensors) {
  const Row rows[] = {
      // Three groups, and four.
      {"ij,jk->ik", {{64, 32}, {32, 48}}, "m(i=64) n(k=48) k(j=32)\n"},
      {"bij,bjk->bik",
       {{3, 64, 32}, {3, 32, 48}},
       "batch(b=3) m(i=64) n(k=48) k(j=32)\n"},
      // Neighbours fold where they run on in every tensor that holds them.
      {"abij,jk->abik",
       {{2, 3, 16, 32}, {32, 48}},
       "m(abi=96) n(k=48) k(j=32)\n"},
      {"iabc,abcj->ij",
       {{64, 2, 3, 5}, {2, 3, 5, 48}},
       "m(i=64) n(j=48) k(abc=30)\n"},
      {"iab,baj->ij", {{64, 8, 9}, {9, 8, 48}}, "m(i=64) n(j=48) k(a=8 b=9)\n"},
      {"abij,abjk->abik",
       {{2, 3, 64, 32}, {2, 3, 32, 48}},
       "batch(ab=6) m(i=64) n(k=48) k(j=32)\n"},
      // C's unit stride lies in the first operand: it becomes B.
      {"ij,jk->ki", {{64, 32}, {32, 48}}, "m(k=48) n(i=64) k(j=32)\n"},
      // Extent 1 vanishes; as does a group.
      {"aij,jkb->ikab",
       {{1, 64, 32}, {32, 48, 1}},
       "m(i=64) n(k=48) k(j=32)\n"},
      {"ij,jk->ik", {{1, 32}, {32, 48}}, "out(k=48) sum(j=32)\n"},
      // Broadcast: the operand with extent 1 loses the axis.
      {"bij,bjk->bik",
       {{1, 64, 32}, {3, 32, 48}},
       "m(i=64) n(b=3 k=48) k(j=32)\n"},
      {"ij,jk->ik",
       {{64, 1}, {32, 48}},
       "out(k=48) sum(j=32)\n"
       "out(i=64 k=48)\n"},
      // Labels of one operand alone are summed before.
      {"ijl,jk->ik",
       {{64, 32, 5}, {32, 48}},
       "out(ij=2048) sum(l=5)\nm(i=64) n(k=48) k(j=32)\n"},
      {"ij,jkl->ik",
       {{64, 32}, {32, 48, 5}},
       "out(jk=1536) sum(l=5)\nm(i=64) n(k=48) k(j=32)\n"},
      // Diagonals: one loop whose strides are the sum.
      {"ii->i", {{7, 7}}, "out(i=7)\n"},
      {"ii->", {{7, 7}}, "out(1) sum(i=7)\n"},
      {"iij->ij", {{7, 7, 20}}, "out(i=7 j=20)\n"},
      // Embedding: a fill of the whole output, then the diagonal.
      {"i->ii", {{7}}, "out(ii=49)\nout(i=7)\n"},
      // Unary.
      {"ij->ij", {{5, 7}}, "out(ij=35)\n"},
      {"ij->ji", {{20, 30}}, "out(j=30 i=20)\n"},
      // Lines of a few elements would not pay: the longest loop is innermost.
      {"ij->ji", {{3, 7}}, "out(i=3 j=7)\n"},
      {"ijk->kij", {{5, 7, 9}}, "out(k=9 ij=35)\n"},
      {"ij->", {{5, 7}}, "out(1) sum(ij=35)\n"},
      {"->", {{}}, "out(1)\n"},
      // Elementwise, outer, inner.
      {"ij,ij->ij", {{5, 7}, {5, 7}}, "out(ij=35)\n"},
      {"i,j->ij", {{5}, {70}}, "out(i=5 j=70)\n"},
      {"ij,ij->", {{5, 7}, {5, 7}}, "out(1) sum(ij=35)\n"},
      // Any empty sum makes the result 0: one fill.
      {"ij,jk->ik", {{3, 0}, {0, 5}}, "out(ik=15)\n"},
      // Long names are kept apart.
      {"batch row in,in out->batch row out",
       {{2, 32, 32}, {32, 48}},
       "m(batch*row=64) n(out=48) k(in=32)\n"},
  };
  for (const Row &row : rows) {
    SCOPED_TRACE(row.equation);
    EXPECT_EQ(groupsOf(expression(row.equation, row.shapes)), row.groups);
  }
}

struct StridedRow {
  const char *equation;
  std::vector<Shape> shapes;
  std::vector<std::vector<int64_t>> strides; ///< operands, then the output
  const char *groups;
};

TEST(LabelGroups, FollowStrides) {
  const StridedRow rows[] = {
      // Column-major C: its unit stride is in i, so N is {i}.
      {"ij,jk->ik",
       {{64, 32}, {32, 48}},
       {{32, 1}, {48, 1}, {1, 64}},
       "m(k=48) n(i=64) k(j=32)\n"},
      // A gap between rows stops folding.
      {"ij->ij", {{5, 7}}, {{8, 1}, {7, 1}}, "out(i=5 j=7)\n"},
      // The same gap in both does not, if it is not between them.
      {"ij->ij", {{5, 7}}, {{14, 2}, {7, 1}}, "out(ij=35)\n"},
      // Backwards in both tensors runs on, in one of them it does not.
      {"ij->ij", {{5, 7}}, {{-7, -1}, {-7, -1}}, "out(ij=35)\n"},
      {"ij->ij", {{5, 7}}, {{-7, 1}, {7, 1}}, "out(i=5 j=7)\n"},
      // A broadcast view: stride 0 folds with stride 0 only.
      {"ij->ij", {{5, 7}}, {{0, 0}, {7, 1}}, "out(ij=35)\n"},
      {"ij->ij", {{5, 7}}, {{0, 1}, {7, 1}}, "out(i=5 j=7)\n"},
      // Order is by the output's strides, whatever the text says.
      {"ijk->ijk",
       {{30, 4, 5}},
       {{20, 5, 1}, {1, 30, 120}},
       "out(k=5 j=4 i=30)\n"},
  };
  for (const StridedRow &row : rows) {
    SCOPED_TRACE(row.equation);
    Expression e = expression(row.equation, row.shapes);
    for (size_t i = 0; i < e.operands.size(); ++i)
      e.operands[i].strides = row.strides[i];
    e.output.strides = row.strides.back();
    EXPECT_EQ(groupsOf(e), row.groups);
  }
}

TEST(LabelGroups, NormalizationSumsStridesAndDropsExtentOne) {
  std::vector<uint32_t> slots(4, NoSlot);
  TensorLayout layout{ElementType::F64, {5, 1, 5, 7, 5}, {100, 9, -30, 2, 1}};
  const LabelId labels[] = {3, 0, 3, 1, 3};
  NormalizedTensor tensor = normalizeTensor(labels, layout, slots);
  ASSERT_EQ(tensor.axes.size(), 2u);
  EXPECT_EQ(tensor.axes[0].label, 3u);
  EXPECT_EQ(tensor.axes[0].stride, 8 * (100 - 30 + 1));
  EXPECT_EQ(tensor.axes[1].label, 1u);
  EXPECT_EQ(tensor.axes[1].stride, 16);
  EXPECT_TRUE(tensor.repeats);
  EXPECT_EQ(slots, std::vector<uint32_t>(4, NoSlot));

  // A repeated label of extent 1 is no diagonal.
  TensorLayout small{ElementType::F32, {1, 1}, {1, 1}};
  const LabelId twice[] = {2, 2};
  tensor = normalizeTensor(twice, small, slots);
  EXPECT_TRUE(tensor.axes.empty());
  EXPECT_FALSE(tensor.repeats);
}

TEST(LabelGroups, FoldingNeverOverflows) {
  // stride * extent passes 2^63; the product must not be taken for a match.
  Loop inner, outer;
  inner.extent = 4;
  inner.strides[0] = int64_t(1) << 61;
  outer.extent = 3;
  outer.strides[0] = INT64_MIN;
  Loops loops = {inner, outer};
  foldLoops(loops);
  EXPECT_EQ(loops.size(), 2u);
}

TEST(LabelGroups, KIsOrderedForTheOperandThatIsPacked) {
  // B has unit stride in k label b: b innermost, though A has it in a.
  EXPECT_EQ(groupsOf(expression("iba,jab->ij", {{64, 8, 16}, {48, 16, 8}})),
            "m(i=64) n(j=48) k(a=16 b=8)\n");
  // B is contiguous in n: K goes by A.
  EXPECT_EQ(groupsOf(expression("iba,abj->ij", {{64, 8, 16}, {16, 8, 48}})),
            "m(i=64) n(j=48) k(b=8 a=16)\n");
}

TEST(LabelGroups, MIsOrderedForTheLinesOfA) {
  // A has unit stride in d, which C has outermost.
  EXPECT_EQ(groupsOf(expression("ked,kj->dej", {{30, 9, 8}, {30, 48}})),
            "m(e=9 d=8) n(j=48) k(k=30)\n");
}

} // namespace
} // namespace einc::test
