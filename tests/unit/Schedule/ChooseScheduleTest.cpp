// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Properties of what the cost model chooses: that it fits, always.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/KernelLayout.h"
#include "compiler/Schedule/RegisterTiles.h"
#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

#include <random>

namespace einc::test {
namespace {

constexpr ElementType f32 = ElementType::F32, f64 = ElementType::F64;
constexpr Target::ISA v1 = Target::ISA::X86_64, v3 = Target::ISA::X86_64_V3,
                      v4 = Target::ISA::X86_64_V4;

TEST(ChooseSchedule, OutputStridesDecideTheSides) {
  Expression e = expression("ij,jk->ik", {{128, 96}, {96, 160}});
  e.output.strides = {1, 128}; // column-major
  StepList list = e.steps();
  EXPECT_EQ(
      printSchedules(list),
      "0: ij,jk->ik: m(k=160) n(i=128) k(j=96): gemm f32 tile=4x4 kc=384 "
      "mc=48 nc=512 a=direct b=transpose-k run=1 c=direct c-tiles=regular "
      "b-tiles=regular order=columns driver=cold\n");
  // Pointers: output, kernel-A = operand 1, kernel-B = operand 0.
  EXPECT_EQ(list.pointers[0].buffer, 2u);
  EXPECT_EQ(list.pointers[1].buffer, 1u);
  EXPECT_EQ(list.pointers[2].buffer, 0u);
}

TEST(ChooseSchedule, HalfRegistersWhereUnitsAreNoWider) {
  // 72 columns are nine halves of a register; a whole one straddles runs.
  Expression e = expression("aced,eb->dcba", {{72, 72, 72, 72}, {72, 24}});
  e.options.machine.fmaBytes = 32;
  const GemmSchedule gemm = e.steps().schedules[0].gemm;
  EXPECT_EQ(gemm.vectorParts, 2u);
  EXPECT_EQ(gemm.tileVectors, 3u);
  EXPECT_FALSE(gemm.irregularB);
  e = expression("ij,jk->ik", {{512, 512}, {512, 512}});
  e.options.machine.fmaBytes = 32;
  EXPECT_EQ(e.steps().schedules[0].gemm.vectorParts, 1u);
}

TEST(ChooseSchedule, LongRunsOfTransposeNAreSplit) {
  // 8 runs of 4096 columns, 64 deep, would not fit in the L2 cache.
  Expression e = expression("anb,nk->bka", {{4096, 64, 40}, {64, 200}});
  StepList list = e.steps();
  ASSERT_EQ(list.schedules.size(), 1u);
  const GemmSchedule &gemm = list.schedules[0].gemm;
  EXPECT_EQ(gemm.packB, GemmSchedule::PackB::TransposeN);
  EXPECT_EQ(list.groups[0], "m(k=200) n(a=32 b=40 a=128) k(n=64)")
      << printSchedules(list);
  EXPECT_EQ(gemm.nc % (8 * 128), 0) << printSchedules(list);
}

TEST(ChooseSchedule, BlocksOfCAreShared) {
  auto group = [](int64_t depth) {
    std::vector<StepLabel> labels(5);
    // aced,eb->dcba with extents of 72 and b = 24; strides of C, A, B.
    const int64_t extents[] = {72, 24, 72, 72, depth};
    const int64_t strides[][3] = {{4, 0, 4 * 72 * depth * 72},
                                  {4 * 72, 4, 0},
                                  {4 * 72 * 24, 0, 4 * depth * 72},
                                  {4 * 72 * 24 * 72, 0, 4},
                                  {0, 4 * 24, 4 * 72}};
    for (LabelId i = 0; i < 5; ++i) {
      labels[i].label = i;
      labels[i].extent = extents[i];
      for (unsigned t = 0; t < 3; ++t) {
        labels[i].strides[t] = strides[i][t];
        labels[i].in[t] = strides[i][t] != 0;
      }
    }
    return groupLabels(labels, f32);
  };
  GemmChoice first = chooseGemm(group(80), f32, machineFor(v4));
  ASSERT_EQ(first.schedule.gemm.storeC, GemmSchedule::StoreC::TransposeN);
  GemmChoice alone = chooseGemm(group(72), f32, machineFor(v4));
  EXPECT_NE(alone.schedule.text(), first.schedule.text());
  GemmChoice second =
      chooseGemm(group(72), f32, machineFor(v4), {&first.schedule, 1});
  EXPECT_EQ(second.schedule.text(), first.schedule.text());
}

TEST(ChooseSchedule, ScatteredAIsPacked) {
  // A's unit stride is in the batch: every element lies on a line of its own.
  Expression e = expression("ikb,kj->bij", {{300, 300, 16}, {300, 512}});
  e.operands[0] = {f32, {300, 300, 16}, {300 * 64, 64, 1}};
  StepList list = e.steps();
  const Schedule &schedule = list.schedules[0];
  ASSERT_EQ(schedule.family, Family::Gemm) << printSchedules(list);
  // b joins M here (B does not have it), with unit stride in A.
  EXPECT_EQ(schedule.gemm.packA, GemmSchedule::PackA::Direct)
      << printSchedules(list);
  e = expression("ik,kj->ij", {{600, 600}, {600, 600}});
  e.operands[0].strides = {600 * 17, 17};
  list = e.steps();
  EXPECT_EQ(list.schedules[0].gemm.packA, GemmSchedule::PackA::Scalar)
      << printSchedules(list);
}

TEST(ChooseSchedule, SmallCachesMakeSmallBlocks) {
  Expression e = expression("ij,jk->ik", {{2000, 2000}, {2000, 2000}});
  e.options.machine.l2Bytes = 256 * 1024;
  const GemmSchedule gemm = e.steps().schedules.at(0).gemm;
  EXPECT_EQ(gemm.packB, GemmSchedule::PackB::Copy);
  EXPECT_LE(gemm.kc * gemm.nc * 4, 192 * 1024);
}

TEST(ChooseSchedule, LargeCachesKeepBlocksInBounds) {
  using StoreC = GemmSchedule::StoreC;
  struct Row {
    int64_t b, e; ///< extents of M and K
    StoreC storeC;
  };
  // Rows of squares along a would fit in the cache whole, 2,048,000 columns.
  for (Row row : {Row{104, 16, StoreC::Direct}, {2, 16, StoreC::TransposeN}}) {
    Expression e =
        expression("aced,eb->dcba", {{2048, 2, row.e, 1000}, {row.e, row.b}});
    e.options.machine.l2Bytes = 64 << 20;
    const Schedule schedule = e.steps().schedules.at(0);
    EXPECT_EQ(schedule.gemm.storeC, row.storeC) << schedule.text();
    Result<Schedule> parsed = Schedule::parse(schedule.text());
    ASSERT_TRUE(bool(parsed)) << parsed.error().message;
    EXPECT_EQ(*parsed, schedule);
  }
}

TEST(ChooseSchedule, WorkIsCutForThreadsOnlyWhereItPays) {
  struct Case {
    int64_t n;
    int64_t leastGrains, mostGrains;
  };
  for (Case c : {Case{20, 1, 1}, Case{64, 1, 1}, Case{256, 6, 16},
                 Case{512, 8, 16}, Case{1000, 8, 64}}) {
    Expression e = expression("ij,jk->ik", {{c.n, c.n}, {c.n, c.n}});
    StepList list = e.steps();
    auto number = [&](EincExpression x) { return list.tokens[x.first].value; };
    int64_t grains = number(list.steps[0].extent);
    EXPECT_GE(grains, c.leastGrains) << c.n;
    EXPECT_LE(grains, c.mostGrains) << c.n;
    // A thread's share is 200,000 multiply-adds or more.
    int64_t least = number(list.steps[0].minGrains);
    EXPECT_GE(double(least) * double(c.n * c.n * c.n) / double(grains),
              c.n < 64 ? 0.0 : 190'000.0)
        << c.n;
  }
}

TEST(ChooseSchedule, GemmTakesWhatPaysForItsTables) {
  struct Row {
    int64_t m, n, k;
    bool isGemm;
  } rows[] = {{160, 160, 160, true},       {1'000'000, 1, 1000, false},
              {1, 1'000'000, 1000, false}, {1'000'000, 1000, 1, false},
              {2, 80, 256, true},          {2, 2, 1'000'000, false}};
  for (const Row &row : rows) {
    Expression e = expression("ij,jk->ik", {{row.m, row.k}, {row.k, row.n}});
    StepList list = e.steps();
    EXPECT_EQ(list.schedules[0].family == Family::Gemm, row.isGemm)
        << printSchedules(list);
  }
}

/// Whatever the types, the layout and the target: packed where they are
/// converted, by dot products where there are some.
TEST(ChooseSchedule, ProductsOfAllTypesAreGemm) {
  const Target targets[] = {{v1}, {v3}, {v4}, {v4, true, true}};
  for (size_t a = 0; a < NumElementTypes; ++a)
    for (size_t b = 0; b < NumElementTypes; ++b)
      for (const char *equation :
           {"ij,jk->ik", "ij,kj->ik", "ji,jk->ki", "jai,jbk->abik"}) {
        ElementType output = promote(ElementType(a), ElementType(b));
        std::vector<Shape> shapes = {{200, 190}, {190, 210}};
        if (equation[3] == 'k')
          shapes[1] = {210, 190};
        if (equation[0] == 'j')
          shapes[0] = {190, 200};
        if (equation[1] == 'a')
          shapes = {{190, 3, 40}, {190, 5, 30}};
        Expression e = expression(equation, shapes, output);
        e.operands[0].type = ElementType(a);
        e.operands[1].type = ElementType(b);
        for (const Target &target : targets) {
          e.options.machine.target = target;
          StepList list = e.steps();
          SCOPED_TRACE(std::string(target.text()) + " " + printSchedules(list));
          ASSERT_EQ(list.schedules.size(), 1u);
          const Schedule &schedule = list.schedules[0];
          ASSERT_EQ(schedule.family, Family::Gemm);
          EXPECT_TRUE(bool(checkSchedule(schedule, target)));
          EXPECT_EQ(schedule.gemm.depthStep,
                    gemmDepthStep(schedule.types, target));
          EXPECT_LE(scratchBytes(schedule, target), 8u << 20);
        }
      }
}

TEST(ChooseSchedule, TilesFitTheRegisters) {
  for (Target::ISA isa : {v1, v3, v4}) {
    Target target{isa};
    for (ElementType type : {ElementType::F32, ElementType::C64})
      for (const RegisterTile &tile : registerTiles(target, type)) {
        Schedule schedule;
        schedule.types = type;
        schedule.gemm.tileRows = tile.rows;
        schedule.gemm.tileVectors = tile.vectors;
        unsigned live = gemmTileRegisters(schedule, target);
        EXPECT_LE(live, isa == v4   ? 29u
                        : isa == v3 ? 16u
                                    : 14u)
            << target.text() << " " << tile.rows << "x" << tile.vectors;
        EXPECT_GT(tile.efficiency, 0);
        EXPECT_LE(tile.efficiency, 1);
      }
  }
}

TEST(ChooseSchedule, EveryChoiceFitsItsTarget) {
  std::mt19937 random(5);
  auto pick = [&](int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(random);
  };
  for (int i = 0; i < 3000; ++i) {
    Machine machine = machineFor(i % 3 == 0 ? v1 : i % 3 == 1 ? v3 : v4);
    machine.l2Bytes = uint64_t(128 * 1024) << pick(0, 9);
    ElementType type = pick(0, 1) ? f32 : f64;
    std::vector<StepLabel> labels;
    for (unsigned group = 0; group < 4; ++group)
      for (int64_t n = pick(group == 0 ? 0 : 1, 3); n > 0; --n) {
        StepLabel label{LabelId(labels.size()),
                        pick(2, 1 << pick(1, 9)),
                        {group != 3, group != 2, group != 1}};
        for (unsigned t = 0; t < 3; ++t)
          if (label.in[t])
            label.strides[t] = int64_t(elementBytes(type)) * (1 << pick(0, 12));
        labels.push_back(label);
      }
    GemmChoice choice = chooseGemm(groupLabels(labels, type), type, machine);
    auto fits = checkSchedule(choice.schedule, machine.target);
    ASSERT_TRUE(bool(fits)) << fits.error().message;
    EXPECT_GT(choice.seconds, 0);
    const GemmSchedule &gemm = choice.schedule.gemm;
    // The squares of TransposeN may reach into the L3 cache.
    int64_t packed = gemm.kc * gemm.nc * int64_t(elementBytes(type));
    if (gemm.packB == GemmSchedule::PackB::TransposeN) {
      EXPECT_LE(packed, 2 * int64_t(machine.l2Bytes));
    } else if (gemm.packB != GemmSchedule::PackB::Direct) {
      EXPECT_LE(packed, int64_t(machine.l2Bytes));
    }
    // What the text says is what was chosen.
    Result<Schedule> parsed = Schedule::parse(choice.schedule.text());
    ASSERT_TRUE(bool(parsed)) << parsed.error().message;
    EXPECT_EQ(*parsed, choice.schedule);
  }
}

} // namespace
} // namespace einc::test
