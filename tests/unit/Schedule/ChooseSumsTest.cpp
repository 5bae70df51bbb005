// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which steps the families Reduce, Dot and Gemv take, and in which form.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/KernelLayout.h"
#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

#include <cmath>

namespace einc::test {
namespace {

struct Row {
  const char *equation;
  std::vector<Shape> shapes;
  const char *schedule; ///< of the only step
};

TEST(ChooseSums, FormFollowsWhatIsContiguous) {
  const Row rows[] = {
      // Sums of one operand.
      {"ij->i", {{300, 400}}, "reduce f32 form=rows read=vectors k=loop"},
      {"ij->j",
       {{300, 400}},
       "reduce f32 form=columns read=vectors k=loop out=contiguous"},
      {"ij->", {{30, 40}}, "reduce f32 form=rows read=vectors k=loop"},
      {"ijk->j", {{30, 40, 50}}, "reduce f32 form=rows read=vectors k=nest"},
      {"ijk->ik",
       {{30, 40, 50}},
       "reduce f32 form=columns read=vectors k=loop out=contiguous"},
      {"ijk->ki",
       {{30, 40, 50}},
       "reduce f32 form=columns read=vectors k=loop out=strided"},
      // Pieces of 12 bytes, which rows would gather from all over the operand.
      {"ijk->j",
       {{300, 400, 3}},
       "reduce f32 form=columns read=scalars k=nest"},
      {"ijk->ij", {{300, 400, 3}}, "reduce f32 form=rows read=vectors k=loop"},
      // Diagonals.
      {"ii->", {{300, 300}}, "reduce f32 form=rows read=scalars k=loop"},
      {"iij->i", {{30, 30, 40}}, "reduce f32 form=rows read=vectors k=loop"},
      {"iij->j",
       {{30, 30, 40}},
       "reduce f32 form=columns read=vectors k=loop out=contiguous"},
      {"ijj->j",
       {{300, 40, 40}},
       "reduce f32 form=columns read=scalars k=loop"},
      // Dot products.
      {"i,i->", {{1000}, {1000}}, "dot f32 form=rows read=vectors k=loop"},
      {"ij,ij->",
       {{30, 40}, {30, 40}},
       "dot f32 form=rows read=vectors k=loop"},
      {"ij,ji->",
       {{30, 40}, {40, 30}},
       "dot f32 form=rows read=scalars k=nest"},
      {"bi,bi->b",
       {{30, 40}, {30, 40}},
       "dot f32 form=rows read=vectors k=loop"},
      {"ib,ib->b",
       {{30, 40}, {30, 40}},
       "dot f32 form=columns read=vectors k=loop b=vectors out=contiguous"},
      {"aib,aib->ba",
       {{10, 30, 40}, {10, 30, 40}},
       "dot f32 form=columns read=vectors k=loop b=vectors out=strided"},
      // Matrix times vector, on either side.
      {"ij,j->i",
       {{300, 400}, {400}},
       "gemv f32 form=rows read=vectors k=loop"},
      {"j,ij->i",
       {{400}, {300, 400}},
       "gemv f32 form=rows read=vectors k=loop"},
      {"ij,i->j",
       {{300, 400}, {300}},
       "gemv f32 form=columns read=vectors k=loop b=constant out=contiguous"},
      {"i,ij->j",
       {{300}, {300, 400}},
       "gemv f32 form=columns read=vectors k=loop b=constant out=contiguous"},
      {"bij,bj->bi",
       {{10, 300, 400}, {10, 400}},
       "gemv f32 form=rows read=vectors k=loop"},
      {"bij,bi->jb",
       {{10, 300, 400}, {10, 300}},
       "gemv f32 form=columns read=vectors k=loop b=constant out=strided"},
      {"ijk,jk->i",
       {{30, 40, 50}, {40, 50}},
       "gemv f32 form=rows read=vectors k=loop"},
      {"ijk,kj->i",
       {{30, 40, 50}, {50, 40}},
       "gemv f32 form=rows read=scalars k=nest"},
      {"ijk,j->ik",
       {{30, 40, 50}, {40}},
       "gemv f32 form=columns read=vectors k=loop b=constant out=contiguous"},
      // The batch is innermost in both operands.
      {"ijb,jb->ib",
       {{30, 40, 50}, {40, 50}},
       "gemv f32 form=columns read=vectors k=loop b=vectors out=contiguous"},
  };
  for (const Row &row : rows) {
    SCOPED_TRACE(row.equation);
    StepList list = expression(row.equation, row.shapes).steps();
    ASSERT_EQ(list.steps.size(), 1u) << printSchedules(list);
    EXPECT_EQ(list.schedules[0].text(), row.schedule);
  }
}

TEST(ChooseSums, OtherStridesAreReadOneByOne) {
  Expression e = expression("ij,j->i", {{300, 400}, {400}});
  e.operands[0].strides = {800, 2};
  EXPECT_EQ(e.steps().schedules[0].text(),
            "gemv f32 form=rows read=scalars k=loop");
  e.operands[0].strides = {2, 600};
  EXPECT_EQ(e.steps().schedules[0].text(),
            "gemv f32 form=columns read=scalars k=loop");
  e.operands[0].strides = {400, -1};
  EXPECT_EQ(e.steps().schedules[0].text(),
            "gemv f32 form=rows read=scalars k=loop");
  // Column-major: the same as ij,i->j.
  e.operands[0].strides = {1, 300};
  EXPECT_EQ(
      e.steps().schedules[0].text(),
      "gemv f32 form=columns read=vectors k=loop b=constant out=contiguous");
  e.output.strides = {-1};
  EXPECT_EQ(e.steps().schedules[0].text(),
            "gemv f32 form=columns read=vectors k=loop b=constant out=strided");
  // A row of the same vector again and again.
  e = expression("bi,bi->b", {{30, 40}, {30, 40}});
  e.operands[1].strides = {0, 1};
  EXPECT_EQ(e.steps().schedules[0].text(),
            "dot f32 form=rows read=vectors k=loop");
}

TEST(ChooseSums, StridesCountInBytesOfEachTensor) {
  Expression e = expression("ij,j->i", {{300, 400}, {400}}, ElementType::F64);
  e.operands[0].type = ElementType::F32;
  e.operands[1].type = ElementType::I16;
  EXPECT_EQ(e.steps().schedules[0].text(),
            "gemv f64(f32,i16) form=rows read=vectors k=loop");
}

TEST(ChooseSums, OthersAreDeclined) {
  const Row rows[] = {
      {"ij,jk->ik", {{300, 400}, {400, 300}}, ""},
      {"bij,bjk->bik", {{9, 30, 40}, {9, 40, 30}}, ""},
      {"i,j->ij", {{300}, {400}}, ""},
      {"i,i->i", {{300}, {300}}, ""},
      {"ij,i->ij", {{300, 400}, {300}}, ""},
      {"ij->ji", {{300, 400}}, ""},
      {"ii->i", {{300, 300}}, ""},
  };
  for (const Row &row : rows)
    for (const Schedule &schedule :
         expression(row.equation, row.shapes).steps().schedules)
      EXPECT_TRUE(schedule.family != Family::Reduce &&
                  schedule.family != Family::Dot &&
                  schedule.family != Family::Gemv)
          << row.equation << ": " << schedule.text();
}

TEST(ChooseSums, GrainsAreRowsOrPiecesOfALine) {
  struct Case {
    const char *equation;
    std::vector<Shape> shapes;
    int64_t grains;
    double work; ///< of a grain
  } cases[] = {
      {"ij->i", {{301, 400}}, 301, 400},
      {"ij,j->i", {{301, 400}, {400}}, 76, 1600},
      {"bij,bj->bi", {{10, 301, 400}, {10, 400}}, 760, 1600},
      {"ij,i->j", {{300, 513}, {300}}, 3, 256 * 300},
      {"bij,bi->bj", {{10, 300, 40}, {10, 300}}, 10, 40 * 300},
      {"i,i->", {{1000}, {1000}}, 1, 1000},
  };
  for (const Case &item : cases) {
    SCOPED_TRACE(item.equation);
    StepList list = expression(item.equation, item.shapes).steps();
    auto number = [&](EincExpression x) { return list.tokens[x.first].value; };
    EXPECT_EQ(number(list.steps[0].extent), item.grains);
    EXPECT_EQ(number(list.steps[0].minGrains),
              int64_t(std::ceil(double(ThreadWork) / item.work)));
  }
}

TEST(ChooseSums, ScratchIsOneBlockOfColumns) {
  const Target target{Target::ISA::X86_64_V4};
  struct Case {
    const char *schedule;
    uint64_t bytes;
  } cases[] = {
      {"reduce f32 form=rows read=vectors k=loop", 0},
      {"reduce f32 form=columns read=vectors k=loop out=contiguous", 16384},
      {"reduce c128 form=columns read=scalars k=loop", 16384},
      {"dot bf16 form=columns read=vectors k=loop b=vectors out=strided",
       16384},
      {"gemv i8 form=columns read=vectors k=loop b=constant out=strided",
       16384},
      {"gemv i8 form=rows read=scalars k=loop", 0},
  };
  for (const Case &item : cases) {
    Result<Schedule> schedule = Schedule::parse(item.schedule);
    ASSERT_TRUE(bool(schedule)) << schedule.error().message;
    EXPECT_EQ(schedule->text(), item.schedule);
    EXPECT_EQ(scratchBytes(*schedule, target), item.bytes) << item.schedule;
  }
  for (ElementType type : {ElementType::F32, ElementType::C128,
                           ElementType::Bool, ElementType::F16})
    EXPECT_EQ(columnBlock(type) % columnGrain, 0) << elementName(type);
}

TEST(ChooseSums, TextIsReadStrictly) {
  struct Mistake {
    const char *text;
    const char *message;
  } rows[] = {
      {"reduce f32 form=column", "unknown value 'column' of 'form=', expected "
                                 "one of rows, columns"},
      {"reduce f32 form=rows read=vector",
       "unknown value 'vector' of 'read=', expected one of scalars, vectors"},
      {"reduce f32 form=rows read=vectors k=loop out=contiguous",
       "unexpected ' out=contiguous' at the end"},
      {"dot f32 form=columns read=scalars k=loop b=constant",
       "unexpected ' b=constant' at the end"},
      {"reduce f32 form=columns read=vectors k=loop b=constant out=contiguous",
       "expected 'out='"},
      {"gemv f32 form=columns read=vectors k=loop out=contiguous",
       "expected 'b='"},
  };
  for (const Mistake &row : rows) {
    Result<Schedule> parsed = Schedule::parse(row.text);
    ASSERT_FALSE(bool(parsed)) << row.text;
    EXPECT_EQ(parsed.error().message,
              std::string("malformed schedule: ") + row.message);
  }
}

} // namespace
} // namespace einc::test
