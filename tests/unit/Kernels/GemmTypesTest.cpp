// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The GEMM family in every element type, uniform and mixed, conjugated, in
/// every way to pack and store, against the exact formula.

#include "compiler/Schedule/RegisterTiles.h"
#include "tests/unit/Kernels/GemmGroups.h"
#include "tests/unit/Kernels/JitKernel.h"
#include "tests/unit/Kernels/TypedProblem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace einc::test {
namespace {

using enum ElementType;
using PackA = GemmSchedule::PackA;
using PackB = GemmSchedule::PackB;
using StoreC = GemmSchedule::StoreC;

StepTypes conjugated(StepTypes types, bool a, bool b) {
  types.conjugate[0] = a;
  types.conjugate[1] = b;
  return types;
}

const StepTypes allTypes[] = {
    F32,
    F64,
    C64,
    C128,
    I8,
    I16,
    I32,
    I64,
    U8,
    Bool,
    F16,
    BF16,
    conjugated(C64, true, false),
    conjugated(C64, false, true),
    conjugated(C128, true, true),
    {F64, F32, F64},
    {F32, I8, F32},
    {F32, F16, BF16},
    {C64, F32, C64},
    conjugated({C128, C64, F64}, true, false),
    {I32, I8, I8},
    {I32, U8, U8},
    {I32, U8, I8},
    {I32, I8, U8},
    {I16, I8, U8},
    {I64, I32, U8},
    {F64, I64, F32},
    {F32, BF16, BF16},
    {BF16, F32, BF16},
    {F16, U8, F16},
    {U8, Bool, U8},
    {F16, Bool, I8},
    {I32, Bool, I16},
};

/// Equal, or both not a number.
bool same(ElementType type, const unsigned char *a, const unsigned char *b) {
  Number64 x = readElement(type, a), y = readElement(type, b);
  auto equal = [](double p, double q) {
    return p == q || (std::isnan(p) && std::isnan(q));
  };
  return equal(x.real(), y.real()) && equal(x.imag(), y.imag());
}

::testing::AssertionResult run(const JitKernel &kernel,
                               const Schedule &schedule, const Groups &groups,
                               TypedProblem problem, std::mt19937_64 &random) {
  const StepTypes &types = schedule.types;
  std::vector<int64_t> params = gemmParams(
      schedule.gemm, groups, [&](size_t i) { return problem.record(i); });
  constexpr double alphas[] = {1, -2, 3}, betas[] = {0, 1, -1, 2};
  Number64 alpha = alphas[random() % 3], beta = betas[random() % 4];
  if (isComplex(types.output) && random() % 2) {
    alpha += Number64(0, double(random() % 4) - 1);
    beta *= Number64(1, double(random() % 3));
  }
  if (types.output == Bool) {
    alpha = random() % 4 != 0;
    beta = random() % 2;
  }
  if (beta == 0.0 && random() % 2)
    problem.poison();
  std::vector<unsigned char> scalars(2 * elementBytes(types.compute()));
  writeElement(types.compute(), alpha, scalars.data());
  writeElement(types.compute(), beta, scalars.data() + scalars.size() / 2);
  if (beta != 0.0 && random() % 4 == 0) {
    params[GemmAccumulate] = 1;
    beta = 1;
  }
  std::vector<unsigned char> expected = problem.expected(alpha, beta);
  void *pointers[] = {problem.origin(0), problem.origin(1), problem.origin(2),
                      scalars.data()};
  int64_t grains = gemmGrains(groups, params);
  for (int64_t begin = 0; begin < grains;) {
    int64_t end = std::min<int64_t>(grains, begin + 1 + random() % grains);
    if (!kernel.call(pointers, params, begin, end))
      return ::testing::AssertionFailure() << "scratch overrun";
    begin = end;
  }
  size_t unit = size_t(types.unit(RoleC));
  for (size_t at = 0; at < expected.size(); at += unit)
    if (!same(types.output, expected.data() + at,
              problem.buffer(0).data() + at))
      return ::testing::AssertionFailure()
             << "element " << at / unit << " of the output's buffer is "
             << readElement(types.output, problem.buffer(0).data() + at)
             << ", expected " << readElement(types.output, expected.data() + at)
             << "; m " << params[GemmM] << " n " << params[GemmN] << " k "
             << params[GemmK] << " alpha " << alpha << " beta " << beta;
  return ::testing::AssertionSuccess();
}

/// A schedule with small blocks, so that edges and several blocks occur.
Schedule randomSchedule(const StepTypes &types, PackB packB,
                        const Target &target, std::mt19937_64 &random) {
  Schedule schedule;
  schedule.family = Family::Gemm;
  schedule.types = types;
  GemmSchedule &gemm = schedule.gemm;
  auto tiles = registerTiles(target, types.compute());
  unsigned steps[] = {1, 2, gemmDepthStep(types, target)};
  do {
    gemm.depthStep = packB == PackB::Direct ? 1 : steps[random() % 3];
    const RegisterTile &tile = tiles[random() % tiles.size()];
    gemm.tileRows = tile.rows;
    gemm.tileVectors = tile.vectors;
    gemm.vectorParts = tile.parts;
    gemm.kc = random() % 2 ? 16 : 24;
    gemm.mc = tile.rows * (1 + random() % 4);
    gemm.nc = gemmTileColumns(schedule, target) * (1 + random() % 3);
    bool converts = types.operands[0] != types.compute() || gemm.depthStep > 1;
    gemm.packA = PackA(converts ? 1 + random() % 3 : random() % 4);
    gemm.packB = packB;
    gemm.runMultiple = random() % 2 ? gemmChunk(schedule, target) : 1;
    gemm.rowsOuter = random() % 2;
    gemm.coldDriver = random() % 2;
    gemm.storeC =
        StoreC(isHalf(types.output) ? 1 + random() % 2 : random() % 3);
    gemm.irregularC = !gemm.hasOwnBlock();
  } while (!checkSchedule(schedule, target));
  return schedule;
}

class GemmOfTypes
    : public ::testing::TestWithParam<std::tuple<Target, StepTypes>> {};

TEST_P(GemmOfTypes, MatchTheFormula) {
  auto [target, types] = GetParam();
  if (!hostSupports(target))
    GTEST_SKIP() << "this processor does not run " << target.text();
  uint64_t seed = 51124;
  std::mt19937_64 random(seed);
  for (PackB packB : {PackB::Direct, PackB::Copy, PackB::TransposeK,
                      PackB::TransposeN, PackB::Scalar}) {
    if (packB == PackB::Direct && types.operands[1] != types.compute())
      continue;
    Schedule schedule = randomSchedule(types, packB, target, random);
    auto kernel = JitKernel::make(schedule, target);
    ASSERT_TRUE(bool(kernel)) << kernel.error().render();
    for (unsigned repeat = 0; repeat < 15; ++repeat) {
      Groups groups = randomGroups(random);
      TypedProblem problem(LoopProblem<double>(loopsOf(groups), random), types);
      ASSERT_TRUE(run(**kernel, schedule, groups, problem, random))
          << schedule.text() << " repeat " << repeat << " seed " << seed;
    }
  }
}

/// Where the processor has dot products, the tile's loop is made of them.
TEST(GemmDots, AreInstructions) {
  constexpr auto v4 = Target::ISA::X86_64_V4;
  struct Row {
    StepTypes types;
    Target target;
    const char *instruction;
  };
  for (Row row :
       {Row{BF16, {v4, true, true}, "vdpbf16ps"},
        Row{{F32, BF16, BF16}, {v4, true, false}, "vdpbf16ps"},
        Row{{I32, I8, I8}, {v4, true, true}, "vpdpbusd"},
        Row{U8, {v4, false, true}, "vpdpbusd"},
        Row{I16, {v4, true, true}, "vpdpwssd"}, Row{I16, {v4}, "vpmaddwd"},
        Row{I8, {Target::ISA::X86_64_V3}, "vpmaddwd"},
        Row{I8, {Target::ISA::X86_64}, "pmaddwd"}}) {
    if (!hostSupports(row.target))
      continue;
    Schedule schedule;
    schedule.family = Family::Gemm;
    schedule.types = row.types;
    GemmSchedule &gemm = schedule.gemm;
    gemm.tileRows = 4;
    gemm.tileVectors = 2;
    gemm.depthStep = gemmDepthStep(row.types, row.target);
    gemm.mc = 16;
    gemm.nc = 2 * gemmTileColumns(schedule, row.target);
    gemm.packA = PackA::Copy;
    gemm.packB = PackB::Copy;
    gemm.storeC = isHalf(row.types.output) ? StoreC::Block : StoreC::Direct;
    gemm.irregularC = !gemm.hasOwnBlock();
    auto kernel = JitKernel::make(schedule, row.target);
    ASSERT_TRUE(bool(kernel)) << kernel.error().render();
    const std::string &text = (*kernel)->assembly();
    size_t begin = text.find("kernel0.tile:");
    std::string tile =
        text.substr(begin, text.find(".Lfunc_end", begin) - begin);
    size_t count = 0;
    for (size_t at = 0;
         (at = tile.find(row.instruction, at)) != std::string::npos; ++at)
      ++count;
    // One for each accumulator.
    EXPECT_GE(count, 8u) << schedule.text() << " " << row.target.text();
  }
}

/// Whatever the split, each element's sum is the same to the last bit.
TEST(GemmTypes, SplitsGiveTheSameBits) {
  uint64_t seed = 61124;
  std::mt19937_64 random(seed);
  const Target target = hostMachine().target;
  for (const StepTypes &types :
       {StepTypes(F32), StepTypes(C64), StepTypes(BF16), StepTypes(F16)}) {
    Schedule schedule = randomSchedule(types, PackB::Copy, target, random);
    auto kernel = JitKernel::make(schedule, target);
    ASSERT_TRUE(bool(kernel)) << kernel.error().render();
    Groups groups;
    groups.n = {{3 * gemmTileColumns(schedule, target) + 5, Out | B}};
    groups.m = {{5 * schedule.gemm.mc + 1, Out | A}};
    groups.k = {{83, A | B}};
    TypedProblem problem(LoopProblem<double>(loopsOf(groups), random), types);
    problem.fillFractions(random);
    std::vector<int64_t> params = gemmParams(
        schedule.gemm, groups, [&](size_t i) { return problem.record(i); });
    int64_t grains = gemmGrains(groups, params);
    std::vector<unsigned char> scalars(2 * elementBytes(types.compute()));
    writeElement(types.compute(), 1.5, scalars.data());
    auto results = [&](int64_t step) {
      TypedProblem copy = problem;
      void *pointers[] = {copy.origin(0), copy.origin(1), copy.origin(2),
                          scalars.data()};
      for (int64_t begin = grains - 1; begin >= 0; begin -= step)
        EXPECT_TRUE((*kernel)->call(pointers, params,
                                    std::max<int64_t>(begin + 1 - step, 0),
                                    begin + 1));
      return copy.buffer(0);
    };
    ASSERT_GT(grains, 5);
    auto whole = results(grains);
    EXPECT_EQ(results(1), whole) << schedule.text() << " seed " << seed;
    EXPECT_EQ(results(3), whole) << schedule.text() << " seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, GemmOfTypes,
    ::testing::Combine(::testing::Values(Target{Target::ISA::X86_64},
                                         Target{Target::ISA::X86_64_V3},
                                         Target{Target::ISA::X86_64_V4},
                                         Target{Target::ISA::X86_64_V4, true,
                                                true}),
                       ::testing::ValuesIn(allTypes)),
    [](const auto &info) {
      std::string name = std::get<0>(info.param).text();
      for (char c : "_" + std::get<1>(info.param).text())
        name += c == '*' ? 'c' : std::isalnum(c) ? c : '_';
      for (char &c : name)
        c = std::isalnum(c) ? c : '_';
      name.erase(std::remove(name.begin(), name.end(), 0), name.end());
      return name;
    });

} // namespace
} // namespace einc::test
