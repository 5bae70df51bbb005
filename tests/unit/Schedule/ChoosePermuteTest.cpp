// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which steps the permute family takes, and how.

#include "compiler/Schedule/ChooseSchedule.h"
#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

#include <cstring>

namespace einc::test {
namespace {

using enum ElementType;
constexpr Target::ISA v1 = Target::ISA::X86_64, v3 = Target::ISA::X86_64_V3,
                      v4 = Target::ISA::X86_64_V4;

struct Row {
  const char *equation;
  Shape shape;
  ElementType type;
  Target::ISA isa;
  const char *schedule; ///< its start
};

TEST(ChoosePermute, OfDenseTensors) {
  const Row rows[] = {
      // Squares as wide as a register, up to 16; 4 of the widest elements.
      {"ij->ji",
       {100, 200},
       F32,
       v4,
       "permute f32 lines=transposed tile=16 store=cached"},
      {"ij->ji",
       {100, 200},
       F32,
       v3,
       "permute f32 lines=transposed tile=8 store=cached"},
      {"ij->ji",
       {100, 200},
       F64,
       v1,
       "permute f64 lines=transposed tile=2 store=cached"},
      {"ij->ji",
       {100, 200},
       I8,
       v4,
       "permute i8 lines=transposed tile=16 store=cached"},
      {"ij->ji",
       {100, 200},
       F16,
       v1,
       "permute f16 lines=transposed tile=8 store=cached"},
      {"ij->ji",
       {100, 200},
       C128,
       v1,
       "permute c128 lines=transposed tile=4 store=cached"},
      // No larger than the plane.
      {"ijk->kji",
       {9, 5, 30},
       F32,
       v4,
       "permute f32 lines=transposed tile=8 store=cached"},
      {"ijk->kji",
       {9, 5, 7},
       F32,
       v4,
       "permute f32 lines=transposed tile=4 store=cached"},
      // The innermost label stays.
      {"ijk->jik",
       {30, 40, 100},
       F32,
       v4,
       "permute f32 lines=copied tile=16 store=cached"},
      {"ijk->jik",
       {30, 40, 3},
       F32,
       v4,
       "permute f32 lines=copied tile=2 store=cached"},
      // Larger than the last cache: past it, in whole lines only.
      {"ij->ji",
       {4096, 4096},
       F32,
       v4,
       "permute f32 lines=transposed tile=16 store=streamed"},
      {"ij->ji",
       {4096, 4096},
       F32,
       v3,
       "permute f32 lines=transposed tile=8 store=cached"},
      {"ij->ji",
       {4097, 4099},
       F32,
       v4,
       "permute f32 lines=transposed tile=16 store=cached"},
      {"ijk->jik",
       {256, 256, 256},
       F32,
       v4,
       "permute f32 lines=copied tile=16 store=streamed"},
      // Nothing is out of order.
      {"ij->ij", {100, 200}, F32, v4, "outer "},
      // Planes of a few elements.
      {"ijk->kji", {3, 100, 3}, F32, v4, "general "},
      {"ijklm->mlkji", {2, 2, 2, 2, 2}, F32, v4, "general "},
      // A sum, a broadcast.
      {"ijk->ki", {30, 40, 50}, F32, v4, "reduce "},
  };
  for (const Row &row : rows) {
    SCOPED_TRACE(row.equation);
    Expression e = expression(row.equation, {row.shape}, row.type, row.isa);
    StepList list = e.steps();
    ASSERT_EQ(list.schedules.size(), 1u);
    EXPECT_EQ(list.schedules[0].text().substr(0, strlen(row.schedule)),
              row.schedule);
  }
}

TEST(ChoosePermute, StridesDecide) {
  Expression e = expression("ij->ji", {{100, 200}});
  // No unit stride: one element after the other.
  e.operands[0].strides = {400, 2};
  EXPECT_EQ(e.steps().schedules[0].text(),
            "permute f32 lines=transposed tile=1 store=cached");
  // The output is in the operand's order.
  e.operands[0].strides = {1, 100};
  EXPECT_EQ(e.steps().schedules[0].family, Family::Outer);
  // One of a pair repeated.
  e.operands[0].strides = {0, 1};
  EXPECT_NE(e.steps().schedules[0].family, Family::Permute);
}

TEST(ChoosePermute, ConvertsAndConjugates) {
  StepTypes types = {C128, C64, C128};
  types.conjugate[0] = true;
  std::vector<StepLabel> labels = {{0, 100, {true, true, false}, {16, 800, 0}},
                                   {1, 100, {true, true, false}, {1600, 8, 0}}};
  std::vector<std::string> names = {"i", "j"};
  Machine machine = machineFor(v4);
  machine.l3Bytes = 1024;
  auto choice = choosePermuteKernel({labels, 1, types, machine, names});
  ASSERT_TRUE(choice);
  // What is not moved as it is does not go past the caches.
  EXPECT_EQ(choice->schedule.text(),
            "permute c128(c64*,c128) lines=transposed tile=8 store=cached");
}

} // namespace
} // namespace einc::test
