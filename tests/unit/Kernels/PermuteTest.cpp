// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The permute family: numbers against the formula, and bits that must arrive
/// as they are.

#include "tests/unit/Kernels/StepCheck.h"

#include <algorithm>
#include <numeric>

namespace einc::test {
namespace {

using enum ElementType;

constexpr SumLayout anyLayout{false, false};

std::vector<StepTypes> typesToTest() {
  std::vector<StepTypes> all;
  for (size_t i = 0; i < NumElementTypes; ++i)
    all.push_back(ElementType(i));
  // The second operand's type is the output's where there is none.
  for (auto [output, a] : {std::pair{F64, F32},
                           {F32, F16},
                           {BF16, F32},
                           {C64, F32},
                           {C128, C64},
                           {I16, I8},
                           {I64, Bool},
                           {F64, I32},
                           {U8, I32}})
    all.push_back({output, a, output});
  for (ElementType output : {C64, C128}) {
    StepTypes types = {output, C64, output};
    types.conjugate[0] = true;
    all.push_back(types);
  }
  return all;
}

std::vector<SumLoop> randomLoops(std::mt19937_64 &random, int64_t most) {
  constexpr int64_t extents[] = {2,  3,  4,  5,  7,  8,  9,  15, 16,
                                 17, 31, 33, 40, 64, 65, 70, 130};
  std::vector<SumLoop> loops;
  for (unsigned i = 2 + random() % 4; i > 0; --i) {
    int64_t extent = extents[random() % std::size(extents)];
    if (extent <= most) {
      loops.push_back({extent, {true, true, false}});
      most /= extent;
    }
  }
  return loops;
}

/// "copied", "transposed by 1", "transposed by squares".
std::string formOf(const PermuteSchedule &permute) {
  return !permute.transposes ? "copied"
         : permute.tile == 1 ? "transposed by 1"
                             : "transposed by squares";
}

TEST(Permute, MatchesTheFormula) {
  std::mt19937_64 random(4711);
  std::map<std::string, unsigned> met;
  for (const Machine &machine : hostMachines()) {
    KernelCollection kernels;
    for (const StepTypes &types : typesToTest()) {
      ASSERT_TRUE(types.areSound()) << types.text();
      for (unsigned repeat = 0; repeat < 6;) {
        SumProblem problem(randomLoops(random, 10'000), types, 1, anyLayout,
                           random);
        auto choice = choosePermuteKernel(problem.problem(machine));
        if (!choice)
          continue;
        ++met[formOf(choice->schedule.permute)];
        ASSERT_TRUE(checkStep(problem, *choice, types.output, machine, kernels,
                              repeat % 3 == 0, random))
            << "repeat " << repeat;
        ++repeat;
      }
    }
  }
  EXPECT_EQ(met.size(), 3u);
  for (auto &[form, count] : met)
    EXPECT_GE(count, 10u) << form;
}

/// A plane of x columns and y rows in memory of its own, its lines padded.
struct Plane {
  Plane(ElementType type, int64_t x, int64_t y, int64_t padding,
        std::mt19937_64 &random)
      : type(type), unit(int64_t(elementBytes(type))), x(x), y(y),
        outStep((x + padding) * unit), aStep((y + padding) * unit),
        out(size_t(outStep * y + 64), 0xee), a(size_t(aStep * x)) {
    for (unsigned char &byte : a)
      byte = static_cast<unsigned char>(random());
    labels = {{0, x, {true, true, false}, {unit, aStep, 0}},
              {1, y, {true, true, false}, {outStep, unit, 0}}};
  }
  StepProblem problem(const Machine &machine) const {
    return {labels, 1, type, machine, names};
  }
  /// At the first multiple of 64, or one element further.
  unsigned char *start(bool aligned) {
    auto address = reinterpret_cast<uintptr_t>(out.data());
    return out.data() + (-address & 63) % 64 + (aligned ? 0 : unit);
  }
  ::testing::AssertionResult isMoved(const unsigned char *from) const {
    for (int64_t i = 0; i < y; ++i) {
      for (int64_t j = 0; j < x; ++j)
        if (!std::equal(from + i * outStep + j * unit,
                        from + i * outStep + (j + 1) * unit,
                        a.data() + j * aStep + i * unit))
          return ::testing::AssertionFailure()
                 << "row " << i << " column " << j;
      if (i + 1 < y && outStep > x * unit &&
          from[i * outStep + x * unit] != 0xee)
        return ::testing::AssertionFailure() << "written past row " << i;
    }
    return ::testing::AssertionSuccess();
  }

  ElementType type;
  int64_t unit, x, y, outStep, aStep;
  std::vector<unsigned char> out, a;
  std::vector<StepLabel> labels;
  std::vector<std::string> names = {"x", "y"};
};

/// Bits that are no number, or a number that a conversion would change.
TEST(Permute, MovesBitsUnchanged) {
  std::mt19937_64 random(12);
  const Whole one = 1, nothing = 0;
  for (const Machine &host : hostMachines()) {
    KernelCollection kernels;
    for (size_t i = 0; i < NumElementTypes; ++i)
      for (bool streams : {false, true})
        // Several blocks with a longer last one; one block; narrow ones.
        for (auto [x, y] : {std::pair{600, 530},
                            {2100, 40},
                            {150, 97},
                            {64, 64},
                            {6, 700},
                            {700, 2},
                            {5, 7}})
          for (int64_t padding : {0, 64}) {
            Machine machine = host;
            machine.l3Bytes = streams ? 1 : 1 << 30;
            Plane plane(ElementType(i), x, y, padding, random);
            auto choice = choosePermuteKernel(plane.problem(machine));
            ASSERT_TRUE(choice);
            auto kernel = kernels.get(choice->schedule, machine.target);
            ASSERT_TRUE(bool(kernel)) << kernel.error().render();
            alignas(16) unsigned char scalars[32];
            ElementType compute = computeType(plane.type);
            writeElement(compute, scalars, one);
            writeElement(compute, scalars + elementBytes(compute), nothing);
            for (bool aligned : {true, false}) {
              std::fill(plane.out.begin(), plane.out.end(), 0xee);
              unsigned char *out = plane.start(aligned);
              void *pointers[] = {out, plane.a.data(), scalars};
              int64_t half = choice->grains / 2;
              ASSERT_TRUE((*kernel)->call(pointers, choice->params, 0, half));
              ASSERT_TRUE((*kernel)->call(pointers, choice->params, half,
                                          choice->grains));
              ASSERT_TRUE(plane.isMoved(out))
                  << choice->schedule.text() << " on " << machine.target.text()
                  << " " << x << "x" << y << " padding " << padding
                  << (aligned ? " aligned" : " unaligned");
            }
          }
  }
}

/// Rank 9: the plane has a short axis, all others are walked.
TEST(Permute, ManyShortAxes) {
  std::mt19937_64 random(99);
  unsigned met = 0;
  for (const Machine &machine : hostMachines()) {
    KernelCollection kernels;
    for (unsigned repeat = 0; repeat < 60; ++repeat) {
      std::vector<SumLoop> loops;
      for (int64_t extent : {2, 3, 2, 3, 2, 2, 3, 7, 8})
        loops.push_back({extent, {true, true, false}});
      std::shuffle(loops.begin(), loops.end(), random);
      SumProblem problem(loops, F32, 1, anyLayout, random);
      auto choice = choosePermuteKernel(problem.problem(machine));
      if (!choice)
        continue;
      ++met;
      ASSERT_TRUE(checkStep(problem, *choice, F32, machine, kernels, repeat % 2,
                            random));
    }
  }
  EXPECT_GE(met, 10u);
}

} // namespace
} // namespace einc::test
