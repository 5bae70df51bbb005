// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The GEMM family: every way to pack, every target, edges and blocks, against
/// the naive formula on whole numbers.

#include "tests/unit/Kernels/GemmGroups.h"
#include "tests/unit/Kernels/JitKernel.h"
#include "tests/unit/Kernels/LoopProblem.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace einc::test {
namespace {

using PackA = GemmSchedule::PackA;
using PackB = GemmSchedule::PackB;

/// Runs one problem in pieces of grains; true if the output is right.
template <typename T>
::testing::AssertionResult
runGemm(const JitKernel &kernel, const Schedule &schedule, const Groups &groups,
        LoopProblem<T> problem, std::mt19937_64 &random) {
  const GemmSchedule &gemm = schedule.gemm;

  std::vector<int64_t> params =
      gemmParams(gemm, groups, [&](size_t i) { return problem.record(i); });
  constexpr T alphas[] = {1, -2, 3}, betas[] = {0, 1, -1, 2};
  T scalars[2] = {alphas[random() % 3], betas[random() % 4]};
  std::vector<T> expected = problem.expected(scalars[0], scalars[1]);
  if (random() % 4 == 0) { // accumulate: beta counts as 1
    params[GemmAccumulate] = 1;
    expected = problem.expected(scalars[0], 1);
  }
  void *pointers[] = {problem.origin(0), problem.origin(1), problem.origin(2),
                      scalars};
  int64_t grains = gemmGrains(groups, params);
  for (int64_t begin = 0; begin < grains;) {
    int64_t end = std::min<int64_t>(grains, begin + 1 + random() % grains);
    if (!kernel.call(pointers, params, begin, end))
      return ::testing::AssertionFailure() << "scratch overrun";
    begin = end;
  }
  for (size_t i = 0; i < expected.size(); ++i)
    if (problem.buffer(0)[i] != expected[i])
      return ::testing::AssertionFailure()
             << "element " << i << " of the output's buffer is "
             << problem.buffer(0)[i] << ", expected " << expected[i] << "; m "
             << params[GemmM] << " n " << params[GemmN] << " k "
             << params[GemmK] << " alpha " << scalars[0] << " beta "
             << scalars[1];
  return ::testing::AssertionSuccess();
}

struct Tile {
  unsigned rows, vectors;
};

class GemmPacks : public ::testing::TestWithParam<
                      std::tuple<Target::ISA, ElementType, PackB>> {};

TEST_P(GemmPacks, MatchesTheFormula) {
  auto [isa, element, packB] = GetParam();
  Target target{isa};
  if (!hostSupports(target))
    GTEST_SKIP() << "this processor does not run " << target.text();
  uint64_t seed = 20261124;
  std::mt19937_64 random(seed);
  const Tile tiles[] = {{6, 2}, {4, 2}, {4, 1}, {1, 1}, {8, 1}};
  for (unsigned kind = 0; kind < 5; ++kind) {
    Schedule schedule;
    schedule.family = Family::Gemm;
    schedule.types = element;
    GemmSchedule &gemm = schedule.gemm;
    Tile tile = tiles[kind % 5];
    if (target.vectorRegisters() == 16 && tile.rows == 6 && !target.hasFMA())
      tile = {3, 3};
    gemm.tileRows = tile.rows;
    gemm.tileVectors = tile.vectors;
    if (kind == 1 && target.vectorBytes() == 64 && element == ElementType::F32)
      gemm.vectorParts = 2;
    unsigned columns = gemmTileColumns(schedule, target);
    gemm.kc = kind % 2 ? 16 : 24;
    gemm.mc = tile.rows * (1 + random() % 4);
    gemm.nc = columns * (1 + random() % 3);
    gemm.packA = PackA(random() % 4);
    gemm.packB = packB;
    gemm.runMultiple = random() % 2 ? gemmChunk(schedule, target) : 1;
    gemm.rowsOuter = random() % 2;
    gemm.coldDriver = random() % 2;
    if (kind == 2 || kind == 3) {
      gemm.storeC = kind == 2 ? GemmSchedule::StoreC::TransposeN
                              : GemmSchedule::StoreC::Block;
      gemm.irregularC = false;
    }
    auto kernel = JitKernel::make(schedule, target);
    ASSERT_TRUE(bool(kernel)) << kernel.error().render();
    for (unsigned repeat = 0; repeat < 60; ++repeat) {
      Groups groups = randomGroups(random);
      auto result =
          element == ElementType::F32
              ? runGemm(**kernel, schedule, groups,
                        LoopProblem<float>(loopsOf(groups), random), random)
              : runGemm(**kernel, schedule, groups,
                        LoopProblem<double>(loopsOf(groups), random), random);
      ASSERT_TRUE(result) << schedule.text() << " kind " << kind << " repeat "
                          << repeat << " seed " << seed;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, GemmPacks,
    ::testing::Combine(::testing::Values(Target::ISA::X86_64,
                                         Target::ISA::X86_64_V3,
                                         Target::ISA::X86_64_V4),
                       ::testing::Values(ElementType::F32, ElementType::F64),
                       ::testing::Values(PackB::Direct, PackB::Copy,
                                         PackB::TransposeK, PackB::TransposeN,
                                         PackB::Scalar)));

/// C or B contiguous along the second n loop, which is what squares are for.
TEST(GemmSquares, TransposeOnTheWayInAndOut) {
  uint64_t seed = 41124;
  std::mt19937_64 random(seed);
  for (Target::ISA isa :
       {Target::ISA::X86_64, Target::ISA::X86_64_V3, Target::ISA::X86_64_V4})
    for (bool store : {false, true}) {
      Target target{isa};
      if (!hostSupports(target))
        continue;
      Schedule schedule;
      schedule.family = Family::Gemm;
      GemmSchedule &gemm = schedule.gemm;
      gemm.tileRows = 4;
      gemm.tileVectors = 1;
      gemm.kc = 20;
      gemm.mc = 8;
      gemm.nc = 384;
      gemm.runMultiple = gemmChunk(schedule, target);
      gemm.irregularC = !store;
      if (store)
        gemm.storeC = GemmSchedule::StoreC::TransposeN;
      else
        gemm.packB = PackB::TransposeN;
      auto kernel = JitKernel::make(schedule, target);
      ASSERT_TRUE(bool(kernel)) << kernel.error().render();
      for (int64_t run : {8, 16, 24, 13})
        for (int64_t second : {8, 16, 24, 9, 21}) {
          Groups groups;
          groups.n = {{run, Out | B}, {second, Out | B}, {3, Out | B}};
          groups.m = {{11, Out | A}};
          groups.k = {{23, A | B}};
          LoopProblem<float> problem(loopsOf(groups), store ? 0 : 2, 1, random);
          EXPECT_TRUE(runGemm(**kernel, schedule, groups, problem, random))
              << schedule.text() << " " << target.text() << " run " << run
              << " second " << second << " seed " << seed;
        }
    }
}

TEST(GemmRegular, NeedsNoEdgeStore) {
  const Target &target = hostMachine().target;
  Schedule schedule;
  schedule.family = Family::Gemm;
  GemmSchedule &gemm = schedule.gemm;
  gemm.tileRows = 4;
  gemm.tileVectors = 2;
  unsigned columns = gemmTileColumns(schedule, target);
  gemm.kc = 32;
  gemm.mc = 16;
  gemm.nc = 2 * columns;
  gemm.irregularC = gemm.irregularB = false;
  auto kernel = JitKernel::make(schedule, target);
  ASSERT_TRUE(bool(kernel)) << kernel.error().render();
  EXPECT_EQ((*kernel)->assembly().find("kernel0.store"), std::string::npos);

  // Plain row-major product with a padded row in each operand.
  const int64_t m = 48, n = 4 * columns, k = 75, bytes = sizeof(float);
  std::vector<float> a(m * (k + 3)), b(k * (n + 5)), c(m * (n + 2), -7.0f);
  for (size_t i = 0; i < a.size(); ++i)
    a[i] = float(i * 7 % 23) - 11;
  for (size_t i = 0; i < b.size(); ++i)
    b[i] = float(i * 5 % 29) - 14;
  std::vector<int64_t> params = {0,           m, n, k, m / gemm.mc,
                                 n / gemm.nc, 0, 1, 1, 1};
  auto append = [&](std::vector<int64_t> record) {
    params.insert(params.end(), record.begin(), record.end());
  };
  append({m, (n + 2) * bytes, (k + 3) * bytes, 0});
  append({n, bytes, 0, bytes});
  append({k, 0, bytes, (n + 5) * bytes});
  float scalars[] = {1, 0};
  void *pointers[] = {c.data(), a.data(), b.data(), scalars};
  ASSERT_TRUE((*kernel)->call(pointers, params, 0, params[4] * params[5]));
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n + 2; ++j) {
      float sum = 0;
      for (int64_t p = 0; p < k; ++p)
        sum += j < n ? a[i * (k + 3) + p] * b[p * (n + 5) + j] : 0;
      ASSERT_EQ(c[i * (n + 2) + j], j < n ? sum : -7.0f) << i << ' ' << j;
    }
}

TEST(GemmSchedules, ContradictionsAreRefused) {
  auto attempt = [](auto change) {
    Schedule schedule;
    schedule.family = Family::Gemm;
    schedule.gemm.tileRows = 4;
    schedule.gemm.tileVectors = 2;
    schedule.gemm.mc = 16;
    schedule.gemm.nc = 128;
    change(schedule.gemm);
    auto kernel = JitKernel::make(schedule, Target{Target::ISA::X86_64_V3});
    return kernel ? std::string("made") : kernel.error().message;
  };
  EXPECT_EQ(attempt([](GemmSchedule &) {}), "made");
  EXPECT_EQ(attempt([](GemmSchedule &g) { g.tileRows = 0; }),
            "a register tile has 1 to 64 rows and vectors");
  EXPECT_EQ(attempt([](GemmSchedule &g) { g.tileRows = g.mc = 8; }),
            "a register tile of 8x2 needs 19 vector registers, x86-64-v3 has "
            "16");
  EXPECT_EQ(attempt([](GemmSchedule &g) { g.mc = 18; }),
            "mc=18 is no multiple of the tile's 4 rows");
  EXPECT_EQ(attempt([](GemmSchedule &g) { g.nc = 100; }),
            "nc=100 is no multiple of the tile's 16 columns on x86-64-v3");
  EXPECT_EQ(attempt([](GemmSchedule &g) { g.kc = 0; }),
            "kc, mc and nc are from 1 to 1048576");
  EXPECT_EQ(attempt([](GemmSchedule &g) { g.runMultiple = 3; }),
            "run=3 is neither 1 nor 8 on x86-64-v3");
  EXPECT_EQ(attempt([](GemmSchedule &g) {
              g.runMultiple = 8;
              g.irregularC = false;
            }),
            "padded runs (run=8) need c-tiles=irregular");
}

/// No vector register is spilled inside of a tile: the loop of the reference
/// tiles touches the stack nowhere.
TEST(GemmTile, DoesNotSpill) {
  struct Row {
    Target::ISA isa;
    unsigned rows, vectors;
    bool packed;
  };
  for (Row row : {Row{Target::ISA::X86_64_V4, 6, 4, false},
                  Row{Target::ISA::X86_64_V4, 8, 2, false},
                  Row{Target::ISA::X86_64_V4, 8, 3, true},
                  Row{Target::ISA::X86_64_V3, 6, 2, false},
                  Row{Target::ISA::X86_64_V3, 6, 2, true},
                  Row{Target::ISA::X86_64, 4, 2, true}}) {
    Schedule schedule;
    schedule.family = Family::Gemm;
    schedule.gemm.tileRows = row.rows;
    schedule.gemm.tileVectors = row.vectors;
    Target target{row.isa};
    schedule.gemm.mc = row.rows;
    schedule.gemm.nc = gemmTileColumns(schedule, target);
    if (row.packed)
      schedule.gemm.packB = PackB::Copy;
    auto kernel = JitKernel::make(schedule, target);
    ASSERT_TRUE(bool(kernel)) << kernel.error().render();
    const std::string &text = (*kernel)->assembly();
    size_t begin = text.find("kernel0.tile:");
    ASSERT_NE(begin, std::string::npos);
    std::string tile =
        text.substr(begin, text.find(".Lfunc_end", begin) - begin);
    size_t at = 0;
    for (size_t line; at < tile.size(); at = line + 1) {
      line = std::min(tile.find('\n', at), tile.size());
      std::string code = tile.substr(at, line - at);
      bool vectorMove = code.find("mov") != std::string::npos &&
                        code.find("mm") != std::string::npos &&
                        code.find("movss") == std::string::npos &&
                        code.find("movsd") == std::string::npos &&
                        code.find("mmword") == std::string::npos;
      EXPECT_FALSE(vectorMove && code.find("(%rsp)") != std::string::npos)
          << schedule.text() << ": " << code;
    }
  }
}

} // namespace
} // namespace einc::test
