// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Schedules as text and back.

#include "compiler/Schedule/Schedule.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace einc {
namespace {

using PackB = GemmSchedule::PackB;
using Vectorize = GeneralSchedule::Vectorize;

TEST(Schedule, HasCanonicalText) {
  Schedule gemm;
  gemm.family = Family::Gemm;
  EXPECT_EQ(
      gemm.text(),
      "gemm f32 tile=6x4 kc=384 mc=192 nc=512 a=direct b=direct run=1 "
      "c=direct c-tiles=irregular b-tiles=irregular order=columns driver=cold");
  gemm.types = ElementType::F64;
  gemm.gemm = {.tileRows = 8,
               .tileVectors = 3,
               .kc = 192,
               .mc = 96,
               .nc = 1152,
               .packA = GemmSchedule::PackA::TransposeM,
               .packB = PackB::TransposeN,
               .runMultiple = 8,
               .irregularC = false,
               .irregularB = false,
               .rowsOuter = true,
               .coldDriver = false};
  EXPECT_EQ(gemm.text(), "gemm f64 tile=8x3 kc=192 mc=96 nc=1152 a=transpose-m "
                         "b=transpose-n run=8 c=direct c-tiles=regular "
                         "b-tiles=regular order=rows driver=hot");

  Schedule general;
  EXPECT_EQ(general.text(), "general f32 operands=2 vectorize=none a=constant "
                            "b=constant reduce=yes");
  general.general = {1, Vectorize::R, {true, false}, true};
  EXPECT_EQ(general.text(), "general f32 operands=1 vectorize=r a=contiguous "
                            "b=constant reduce=yes");
  EXPECT_EQ(general.numPointers(), 3u);
  EXPECT_EQ(gemm.numPointers(), 4u);
}

Schedule randomSchedule(std::mt19937 &random) {
  auto pick = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  Schedule s;
  do {
    auto type = [&] { return ElementType(pick(0, NumElementTypes - 1)); };
    s.types =
        pick(0, 1) ? StepTypes(type()) : StepTypes(type(), type(), type());
    for (unsigned i = 0; i < 2; ++i)
      s.types.conjugate[i] = isComplex(s.types.operands[i]) && pick(0, 1);
  } while (!s.types.areSound());
  if (pick(0, 1)) {
    s.family = Family::Gemm;
    s.gemm.tileRows = unsigned(pick(1, 30));
    s.gemm.tileVectors = unsigned(pick(1, 8));
    s.gemm.kc = pick(1, 1 << 20);
    s.gemm.mc = int64_t(s.gemm.tileRows) * pick(1, 1000);
    s.gemm.runMultiple = unsigned(pick(1, 16));
    s.gemm.nc = int64_t(s.gemm.runMultiple) * pick(1, 1 << 16);
    s.gemm.packA = GemmSchedule::PackA(pick(0, 3));
    s.gemm.packB = PackB(pick(0, 4));
    s.gemm.vectorParts = 1u << pick(0, 2);
    s.gemm.depthStep = 1u << pick(0, 2);
    s.gemm.storeC = GemmSchedule::StoreC(pick(0, 2));
    s.gemm.irregularC = pick(0, 1);
    s.gemm.irregularB = pick(0, 1);
    s.gemm.rowsOuter = pick(0, 1);
    s.gemm.coldDriver = pick(0, 1);
  } else {
    s.general.numOperands = unsigned(pick(0, 2));
    s.general.reduces = s.general.numOperands > 0 && pick(0, 1);
    s.general.nested = s.general.reduces && pick(0, 1);
    s.general.vectorize = Vectorize(pick(0, s.general.reduces ? 2 : 1));
    for (unsigned i = 0; i < s.general.numOperands; ++i)
      s.general.contiguous[i] =
          s.general.vectorize != Vectorize::None && pick(0, 1);
  }
  return s;
}

TEST(Schedule, IsReadBackAsWritten) {
  std::mt19937 random(7);
  std::set<std::string> texts;
  for (int i = 0; i < 5000; ++i) {
    Schedule schedule = randomSchedule(random);
    std::string text = schedule.text();
    Result<Schedule> parsed = Schedule::parse(text);
    ASSERT_TRUE(bool(parsed)) << text << parsed.error().render();
    EXPECT_EQ(*parsed, schedule) << text;
    EXPECT_EQ(parsed->text(), text);
    texts.insert(text);
  }
  EXPECT_GT(texts.size(), 2000u);
}

struct Mistake {
  const char *text;
  const char *message;
};

TEST(Schedule, IsReadStrictly) {
  const Mistake rows[] = {
      {"", "unknown value '', expected one of gemm, general, outer, "
           "permute, reduce, dot, gemv, small"},
      {"gem f32", "unknown value 'gem', expected one of gemm, general, outer, "
                  "permute, reduce, dot, gemv, small"},
      {"gemm", "expected ' '"},
      {"gemm f16x", "expected element types, as 'f32' or 'c64(c64*,f32)'"},
      {"gemm f32(f32,f32)",
       "expected element types, as 'f32' or 'c64(c64*,f32)'"},
      {"gemm f32(f32*,f64)",
       "expected element types, as 'f32' or 'c64(c64*,f32)'"},
      {"gemm f32(f64,f32)",
       "an operand's type does not convert to the result's"},
      {"gemm f32  tile=6x4", "expected 'tile='"},
      {"gemm f32 tile=6", "expected 'tile=' ROWS 'x' VECTORS"},
      {"gemm f32 tile=0x4", "'tile=0' is no number between 1 and 30"},
      {"gemm f32 tile=06x4", "'tile=06' is no number between 1 and 30"},
      {"gemm f32 tile=6x9", "'tile=ROWSx9' is no number between 1 and 8"},
      {"gemm f32 tile=6x4x1",
       "'tile=ROWSxVECTORSx1' is no number between 2 and 4"},
      {"gemm f32 tile=6x4/1",
       "'tile=ROWSxVECTORS/1' is no number between 2 and 4"},
      {"gemm f32 tile=6x", "'tile=ROWSx' is no number between 1 and 8"},
      {"gemm f32 tile=6x4 kc=-1", "'kc=-1' is no number between 1 and 1048576"},
      {"gemm f32 tile=6x4 kc=99999999999999999999",
       "'kc=99999999999999999999' is no number between 1 and 1048576"},
      {"gemm f32 tile=6x4 kc=384 mc=190 nc=512 a=direct b=direct run=1 "
       "c=direct c-tiles=irregular b-tiles=irregular order=columns driver=cold",
       "mc must be a multiple of the tile's rows"},
      {"gemm f32 tile=6x4 kc=384 mc=192 nc=510 a=direct b=direct run=8 "
       "c=direct c-tiles=irregular b-tiles=irregular order=columns driver=cold",
       "nc must be a multiple of run"},
      {"gemm f32 tile=6x4 kc=384 mc=192 nc=512 a=packed",
       "unknown value 'packed' of 'a=', expected one of direct, copy, "
       "transpose-m, scalar"},
      {"gemm f32 tile=6x4 kc=384 mc=192 nc=512 a=direct b=",
       "unknown value '' of 'b=', expected one of direct, copy, transpose-k, "
       "transpose-n, scalar"},
      {"gemm f32 tile=6x4 mc=192", "expected 'kc='"},
      {"general f32 operands=3", "'operands=3' is no number between 0 and 2"},
      {"general f32 operands=1 vectorize=x a=contiguous b=contiguous reduce=no",
       "only an operand of a vectorised loop is contiguous"},
      {"general f32 operands=1 vectorize=none a=contiguous b=constant "
       "reduce=no",
       "only an operand of a vectorised loop is contiguous"},
      {"general f32 operands=1 vectorize=r a=contiguous b=constant reduce=no",
       "vectorize=r needs a reduction"},
      {"general f32 operands=0 vectorize=x a=constant b=constant reduce=yes",
       "operands=0 has nothing to reduce"},
      {"general f32 operands=1 vectorize=x a=contiguous b=constant reduce=no ",
       "unexpected ' ' at the end"},
      {"general f32 operands=1 vectorize=x a=contiguous b=constant reduce=no x",
       "unexpected ' x' at the end"},
      {" general f32",
       "unknown value '', expected one of gemm, general, outer, "
       "permute, reduce, dot, gemv, small"},
  };
  for (const Mistake &row : rows) {
    SCOPED_TRACE(row.text);
    Result<Schedule> parsed = Schedule::parse(row.text);
    ASSERT_FALSE(bool(parsed));
    EXPECT_EQ(parsed.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(parsed.error().message,
              std::string("malformed schedule: ") + row.message);
  }
}

TEST(Schedule, NoDamagedTextIsRead) {
  // Every text with one byte cut, doubled or changed is refused, or is the
  // canonical text of another schedule.
  std::mt19937 random(11);
  for (int i = 0; i < 300; ++i) {
    std::string text = randomSchedule(random).text();
    for (size_t at = 0; at < text.size(); ++at)
      for (int damage = 0; damage < 3; ++damage) {
        std::string bad = text;
        if (damage == 0)
          bad.erase(at, 1);
        else if (damage == 1)
          bad.insert(at, 1, bad[at]);
        else
          bad[at] ^= 1;
        if (Result<Schedule> parsed = Schedule::parse(bad)) {
          EXPECT_EQ(parsed->text(), bad);
        }
      }
  }
}

TEST(Schedule, FamiliesHaveNames) {
  EXPECT_STREQ(familyName(Family::Gemm), "gemm");
  EXPECT_STREQ(familyName(Family::General), "general");
}

} // namespace
} // namespace einc
