// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Steps with open extents and strides give the formula's result whatever the
/// extents and strides are.

#include "tests/e2e/Open/OpenCases.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::tests;

namespace {

struct Row {
  const char *equation, *shapes;
};

constexpr Row rows[] = {
    // Matrix products: each label open, then all.
    {"ij,jk->ik", "?x40,40x48"},
    {"ij,jk->ik", "37x?,?x64"},
    {"ij,jk->ik", "64x33,33x?"},
    {"ij,jk->ik", "?x?,?x?"},
    {"ij,kj->ik", "?x?,?x?"},
    {"ji,jk->ik", "?x?,?x?"},
    {"ij,jk->ki", "?x?,?x?"},
    {"ij,jk->ik", "?1x?1,?1x?1"},
    {"ij,jk->ik", "?512x?512,?512x?512"},
    {"ijab,abk->ijk", "?x4x?x5,?x5x?"},
    // Batches.
    {"bij,bjk->bik", "?x4x4,?x4x4"},
    {"bij,bjk->bik", "?x64x64,?x64x64"},
    {"bij,bjk->bik", "?x?x?,?x?x?"},
    {"ibj,jbk->bik", "?x?x9,9x?x6"},
    {"bi,bi->b", "?x?,?x?"},
    // More operands, steps without open labels, sums of one operand alone.
    {"ij,jk,kl->il", "?x?,?x?,?x?"},
    {"ab,bc,ci->ai", "6x7,7x8,8x?"},
    {"ij,jk,kl,lm->im", "?x8,8x?,?x8,8x?"},
    {"ij,kl->ik", "?x?,5x?"},
    {"ij,jk,k->", "?x?,?x3,3"},
    // Diagonals, of operands and of the output.
    {"ii->i", "?x?"},
    {"ii->", "?x?"},
    {"iij,jk->ik", "?x?x?,?x5"},
    {"i->ii", "?"},
    {"ij,j->iij", "?x?,?"},
    // Sums, outer and elementwise products, copies.
    {"ij->i", "?x?"},
    {"ij->j", "?x?"},
    {"ijk->j", "?x?x?"},
    {"ijk->ik", "7x?x40"},
    {"ij->", "?x?"},
    {"i,i->", "?,?"},
    {"ij,j->i", "?x?,?"},
    {"ij,i->j", "?x?,?"},
    {"ij,j->i", "33x?,?"},
    {"i,j->ij", "?,?"},
    {"ij,ij->ij", "?x?,?x?"},
    {"ij,j->ij", "?x40,40"},
    {",ij->ij", ",?x?"},
    {"ij->ij", "?x?"},
    {"ij->ji", "?x?"},
    {"ijk->kji", "?x16x?"},
    {"ijk->ikj", "?x32x48"},
    {"abcd->dbca", "?x3x?x4"},
    {"...i,i->...", "?x4x?,?"},
    // Attention.
    {"bqhd,bkhd->bhqk", "?x?x4x16,?x?x4x16"},
    {"bhqk,bkhd->bqhd", "?x4x?x?,?x?x4x16"},
};

TEST(OpenExtents, GiveTheFormulasResult) {
  uint64_t seed = 0;
  for (const std::string &cpu : hostLevels())
    for (const Row &row : rows) {
      auto program =
          OpenProgram::compile(row.equation, row.shapes, ElementType::F32, cpu);
      checkRandomCalls(*program, cpu + " " + row.equation + " " + row.shapes,
                       false, 24, ++seed);
    }
}

TEST(OpenExtents, OfOtherTypes) {
  uint64_t seed = 1000;
  const std::string cpu = hostLevels().back();
  for (ElementType type :
       {ElementType::F64, ElementType::I32, ElementType::BF16, ElementType::C64,
        ElementType::I8})
    for (const Row &row : rows) {
      auto program = OpenProgram::compile(row.equation, row.shapes, type, cpu);
      checkRandomCalls(*program,
                       std::string(elementName(type)) + " " + row.equation +
                           " " + row.shapes,
                       false, 8, ++seed);
    }
}

TEST(OpenStrides, GiveTheFormulasResult) {
  uint64_t seed = 2000;
  for (const std::string &cpu : hostLevels())
    for (const Row &row : rows) {
      auto program = OpenProgram::compile(row.equation, row.shapes,
                                          ElementType::F32, cpu, true);
      checkRandomCalls(*program,
                       cpu + " strided " + row.equation + " " + row.shapes,
                       true, 16, ++seed);
    }
}

TEST(OpenStrides, OfClosedExtentsAndOtherTypes) {
  constexpr Row closed[] = {{"ij,jk->ik", "33x40,40x48"},
                            {"bij,bkj->kib", "3x16x16,3x16x16"},
                            {"ii,ij->j", "9x9,9x7"},
                            {"ij->ji", "1x12"},
                            {"ij,jk->ik", "3x0,0x5"}};
  uint64_t seed = 3000;
  for (ElementType type :
       {ElementType::F64, ElementType::BF16, ElementType::C64})
    for (const Row &row : closed) {
      auto program = OpenProgram::compile(row.equation, row.shapes, type,
                                          hostLevels().back(), true);
      checkRandomCalls(*program,
                       std::string(elementName(type)) + " strided " +
                           row.equation + " " + row.shapes,
                       true, 12, ++seed);
    }
}

/// Each extent that is next to a tile's, a vector's or nothing, one by one.
TEST(OpenExtents, EveryExtentUpToSomeTiles) {
  for (const std::string &cpu : hostLevels()) {
    auto program =
        OpenProgram::compile("ij,jk->ik", "?x20,20x?", ElementType::F32, cpu);
    for (int64_t extent = 0; extent <= 70; ++extent) {
      EXPECT_EQ(program->check({{extent, 33}, {}, 1, 1, 1}, 5), "")
          << "i = " << extent;
      EXPECT_EQ(program->check({{13, extent}, {}, 1, 0, 1}, 6), "")
          << "k = " << extent;
    }
  }
}

/// 0 times infinity: a sum over nothing is 0 all the same.
TEST(OpenExtents, NothingIsMultipliedWithASumOverNothing) {
  auto program = OpenProgram::compile("ij,jk,kl->il", "3x?,?x4,4x5",
                                      ElementType::F32, hostLevels().back());
  std::shared_ptr<const runtime::Executable> executable;
  const int64_t numbers[] = {0};
  ASSERT_TRUE(program->bind(numbers, executable).ok());
  std::vector<float> a, b, c(20, std::numeric_limits<float>::infinity());
  std::vector<float> out(15, 7);
  void *arguments[] = {a.data(), b.data(), c.data(), out.data()};
  ASSERT_TRUE(executable->run(arguments).ok());
  EXPECT_EQ(out, std::vector<float>(15, 0));
}

} // namespace
