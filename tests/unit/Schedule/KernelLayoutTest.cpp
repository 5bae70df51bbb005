// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Sizes that steps and kernels agree on.

#include "compiler/Schedule/KernelLayout.h"

#include <gtest/gtest.h>

namespace einc {
namespace {

constexpr Target sse{Target::ISA::X86_64}, avx2{Target::ISA::X86_64_V3},
    avx512{Target::ISA::X86_64_V4};

Schedule gemm(ElementType element, GemmSchedule details) {
  Schedule schedule;
  schedule.family = Family::Gemm;
  schedule.types = element;
  schedule.gemm = details;
  return schedule;
}

TEST(KernelLayout, TilesAndChunksFollowTheVectors) {
  Schedule f32 = gemm(ElementType::F32, {.tileRows = 4, .tileVectors = 3});
  Schedule f64 = gemm(ElementType::F64, {.tileRows = 4, .tileVectors = 3});
  EXPECT_EQ(gemmTileColumns(f32, avx512), 48u);
  EXPECT_EQ(gemmTileColumns(f32, avx2), 24u);
  EXPECT_EQ(gemmTileColumns(f32, sse), 12u);
  EXPECT_EQ(gemmTileColumns(f64, avx512), 24u);
  EXPECT_EQ(gemmTileColumns(f64, sse), 6u);
  EXPECT_EQ(gemmChunk(f32, avx512), 8u);
  EXPECT_EQ(gemmChunk(f32, avx2), 8u);
  EXPECT_EQ(gemmChunk(f32, sse), 4u);
  EXPECT_EQ(gemmChunk(f64, avx512), 8u);
  EXPECT_EQ(gemmChunk(f64, sse), 2u);
}

TEST(KernelLayout, ScratchPartsAreAlignedAndApart) {
  for (bool packs : {false, true}) {
    Schedule schedule =
        gemm(ElementType::F32, {.tileRows = 6,
                                .tileVectors = 4,
                                .kc = 40,
                                .mc = 18,
                                .nc = 192,
                                .packA = packs ? GemmSchedule::PackA::Copy
                                               : GemmSchedule::PackA::Direct,
                                .packB = packs ? GemmSchedule::PackB::Copy
                                               : GemmSchedule::PackB::Direct,
                                .irregularB = false});
    GemmScratch s = gemmScratch(schedule, avx512);
    const std::pair<int64_t, int64_t> parts[] = {
        {s.aRows, 18 * 8},
        {s.cRows, 18 * 8},
        {s.bColumns, 192 * 8},
        {s.cColumns, 192 * 8},
        {s.aDepth, 40 * 8},
        {s.bDepth, 40 * 8},
        {s.packedDepth, 40 * 8},
        {s.packedA, packs ? 18 * 3 * 64 : 0},
        {s.packedB, packs ? 192 * 40 * 4 : 0},
        {s.tile, 6 * 64 * 4}};
    int64_t end = 0;
    for (auto [offset, bytes] : parts) {
      EXPECT_EQ(offset % 64, 0);
      EXPECT_GE(offset, end);
      end = offset + bytes;
    }
    EXPECT_GE(s.bytes, end);
    EXPECT_EQ(scratchBytes(schedule, avx512), uint64_t(s.bytes));
    EXPECT_LT(s.bytes, packs ? 64 * 1024 : 16 * 1024);
  }
  EXPECT_EQ(scratchBytes(Schedule{}, avx512), 0u);
}

struct Misfit {
  GemmSchedule gemm;
  Target target;
  const char *message;
};

TEST(KernelLayout, SaysWhyAScheduleDoesNotFit) {
  const GemmSchedule good = {.tileRows = 6, .tileVectors = 4};
  EXPECT_TRUE(bool(checkSchedule(gemm(ElementType::F32, good), avx512)));
  EXPECT_TRUE(bool(checkSchedule(Schedule{}, sse)));
  const Misfit rows[] = {
      {good, avx2,
       "a register tile of 6x4 needs 29 vector registers, x86-64-v3 has 16"},
      {{.tileRows = 7, .tileVectors = 2, .mc = 70},
       sse,
       "a register tile of 7x2 needs 18 vector registers, x86-64 has 16"},
      {{.tileRows = 4, .tileVectors = 4, .vectorParts = 4},
       sse,
       "a register tile of 4x4 needs 22 vector registers, x86-64 has 16"},
      {{.tileRows = 2, .tileVectors = 4, .vectorParts = 4},
       sse,
       "a vector in 4 parts has less than two elements on x86-64"},
      {{.tileRows = 6, .tileVectors = 3, .vectorParts = 4},
       avx512,
       "a tile of 3 vectors in 4 parts is no multiple of 8 columns on "
       "x86-64-v4"},
      {{.tileRows = 6, .tileVectors = 4, .kc = (1 << 20) + 1},
       avx512,
       "kc, mc and nc are from 1 to 1048576"},
      {{.tileRows = 6, .tileVectors = 4, .nc = 500},
       avx512,
       "nc=500 is no multiple of the tile's 64 columns on x86-64-v4"},
      {{.tileRows = 6, .tileVectors = 4, .runMultiple = 4},
       avx512,
       "run=4 is neither 1 nor 8 on x86-64-v4"},
      {{.tileRows = 6, .tileVectors = 4, .runMultiple = 8, .irregularC = false},
       avx512,
       "padded runs (run=8) need c-tiles=irregular"},
      {{.tileRows = 6, .tileVectors = 4, .runMultiple = 8, .irregularB = false},
       avx512,
       "padded runs (run=8) read in place need b-tiles=irregular"},
  };
  for (const Misfit &row : rows) {
    auto fits = checkSchedule(gemm(ElementType::F32, row.gemm), row.target);
    ASSERT_FALSE(bool(fits)) << row.message;
    EXPECT_EQ(fits.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(fits.error().message, row.message);
  }
}

TEST(KernelLayout, SaysWhyAScheduleDoesNotFitItsTypes) {
  using enum ElementType;
  using PackA = GemmSchedule::PackA;
  using PackB = GemmSchedule::PackB;
  const Target dots{Target::ISA::X86_64_V4, true, true};
  struct Row {
    StepTypes types;
    GemmSchedule gemm;
    Target target;
    const char *message; ///< empty: it fits
  };
  const Row rows[] = {
      {C64, {.tileRows = 3, .tileVectors = 4}, avx512, ""},
      {C64,
       {.tileRows = 4, .tileVectors = 4},
       avx512,
       "a register tile of 4x4 needs 37 vector registers, x86-64-v4 has 32"},
      {I32, {.tileRows = 6, .tileVectors = 4}, avx512, ""},
      {I64,
       {.tileRows = 6, .tileVectors = 2},
       avx2,
       "a register tile of 6x2 needs 19 vector registers, x86-64-v3 has 16"},
      {{F64, F32, F64},
       {.tileRows = 6, .tileVectors = 4},
       avx512,
       "operands of f64(f32,f64) are not read in place: they are converted"},
      {{F64, F64, F32},
       {.tileRows = 6, .tileVectors = 4},
       avx512,
       "operands of f64(f64,f32) are not read in place: they are converted"},
      {F16,
       {.tileRows = 6,
        .tileVectors = 4,
        .packA = PackA::Copy,
        .packB = PackB::Copy},
       avx512,
       "sums of f16 are rounded once, which needs c=block or c=transpose-n"},
      {{I32, I8, I8},
       {.tileRows = 6,
        .tileVectors = 4,
        .depthStep = 4,
        .packA = PackA::Copy,
        .packB = PackB::Copy},
       dots,
       ""},
      {{I32, I8, I8},
       {.tileRows = 6,
        .tileVectors = 4,
        .depthStep = 4,
        .packA = PackA::Copy,
        .packB = PackB::Copy},
       avx512,
       "no dot products of 4 of i32(i8,i8) on x86-64-v4"},
      {{F32, BF16, F16},
       {.tileRows = 6,
        .tileVectors = 4,
        .depthStep = 2,
        .packA = PackA::Copy,
        .packB = PackB::Copy},
       dots,
       "no dot products of 2 of f32(bf16,f16) on x86-64-v4+bf16+vnni"},
      {{I32, I8, U8},
       {.tileRows = 6,
        .tileVectors = 4,
        .depthStep = 4,
        .kc = 30,
        .packA = PackA::Copy,
        .packB = PackB::Copy},
       dots,
       "kc=30 is no multiple of 4"},
      {{I32, I16, I8},
       {.tileRows = 4, .tileVectors = 2, .depthStep = 2, .packB = PackB::Copy},
       sse,
       "operands of i32(i16,i8) are not read in place: they are converted"},
  };
  for (const Row &row : rows) {
    Schedule schedule = gemm(F32, row.gemm);
    schedule.types = row.types;
    schedule.gemm.mc = row.gemm.tileRows * 8;
    schedule.gemm.nc = gemmTileColumns(schedule, row.target) * 2;
    auto fits = checkSchedule(schedule, row.target);
    EXPECT_EQ(fits ? "" : fits.error().message, row.message);
  }
}

TEST(KernelLayout, TheDeepestDotProductsAreBest) {
  using enum ElementType;
  const Target v4{Target::ISA::X86_64_V4}, bf16{Target::ISA::X86_64_V4, true},
      vnni{Target::ISA::X86_64_V4, false, true};
  struct Row {
    StepTypes types;
    unsigned onSSE, onV4, withBF16, withVNNI;
  };
  for (const Row &row :
       {Row{F32, 1, 1, 1, 1}, Row{BF16, 1, 1, 2, 1},
        Row{{F32, BF16, BF16}, 1, 1, 2, 1}, Row{{F32, BF16, F16}, 1, 1, 1, 1},
        Row{I8, 2, 2, 2, 4}, Row{{I32, U8, I8}, 2, 2, 2, 4},
        Row{I16, 2, 2, 2, 2}, Row{{I16, I16, U8}, 2, 2, 2, 2},
        Row{{I32, I8, I32}, 1, 1, 1, 1}, Row{{I64, I8, I8}, 1, 1, 1, 1}}) {
    EXPECT_EQ(gemmDepthStep(row.types, sse), row.onSSE) << row.types.text();
    EXPECT_EQ(gemmDepthStep(row.types, v4), row.onV4) << row.types.text();
    EXPECT_EQ(gemmDepthStep(row.types, bf16), row.withBF16) << row.types.text();
    EXPECT_EQ(gemmDepthStep(row.types, vnni), row.withVNNI) << row.types.text();
  }
}

} // namespace
} // namespace einc
