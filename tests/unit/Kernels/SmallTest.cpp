// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The small family against the formula on whole numbers.

#include "tests/unit/Kernels/StepCheck.h"

#include <algorithm>

namespace einc::test {
namespace {

using enum ElementType;
using ReadB = SmallSchedule::ReadB;

/// n, k and m in this order of memory, then batch loops. Extents of 1 are no
/// labels.
std::vector<SumLoop> loopsOf(int64_t m, int64_t n, int64_t k,
                             std::vector<int64_t> batch) {
  std::vector<SumLoop> loops = {{n, {true, false, true}},
                                {k, {false, true, true}},
                                {m, {true, true, false}}};
  if (m == 1)
    loops.pop_back();
  for (int64_t extent : batch)
    loops.push_back({extent, {true, true, true}});
  return loops;
}

std::vector<int64_t> randomBatch(std::mt19937_64 &random) {
  std::vector<int64_t> batch;
  for (unsigned i = random() % 4; i > 0; --i)
    batch.push_back(2 + random() % 3);
  return batch;
}

/// Layouts until the family takes one.
void checkShape(int64_t m, int64_t n, int64_t k, StepTypes types, bool ordered,
                const Machine &machine, KernelCollection &kernels,
                std::map<ReadB, unsigned> &met, std::mt19937_64 &random) {
  // Some strides are not this family's; some always are.
  for (unsigned attempt = 0; attempt < 1000; ++attempt) {
    SumProblem problem(loopsOf(m, n, k, randomBatch(random)), types, 2,
                       {ordered, true}, random);
    auto choice = chooseSmallKernel(problem.problem(machine));
    if (!choice)
      continue;
    ++met[choice->schedule.small.readB];
    ASSERT_TRUE(checkStep(problem, *choice, types.output, machine, kernels,
                          random() % 3 == 0, random));
    return;
  }
  FAIL() << "no small kernel for " << m << "x" << n << "x" << k << " of "
         << types.text();
}

TEST(Small, EveryShapeUpToNine) {
  std::mt19937_64 random(31);
  unsigned turn = 0;
  for (const Machine &machine : hostMachines()) {
    KernelCollection kernels;
    std::map<ReadB, unsigned> met;
    // Every pair of two extents; another third one for each target.
    const int64_t shift = 3 * int64_t(machine.target.isa);
    for (int64_t m = 1; m <= 9; ++m)
      for (int64_t n = 2; n <= 9; ++n)
        for (int64_t k = 2; k <= 9; ++k)
          if ((m + n + k + shift) % 9 == 0) {
            StepTypes types = turn++ % 2 ? F32 : F64;
            checkShape(m, n, k, types, turn % 4 < 3, machine, kernels, met,
                       random);
            if (HasFatalFailure())
              return;
          }
  }
}

TEST(Small, LongerShapes) {
  struct Shape {
    int64_t m, n, k;
  };
  // One tile; tiles and rests of both kinds; overlapping vectors; loops of k
  // with a rest.
  constexpr Shape shapes[] = {{16, 16, 16}, {13, 17, 31}, {33, 31, 32},
                              {1, 64, 29},  {64, 2, 23},  {7, 61, 2},
                              {29, 17, 64}, {11, 47, 13}, {32, 32, 32}};
  std::mt19937_64 random(32);
  for (const Machine &machine : hostMachines()) {
    KernelCollection kernels;
    std::map<ReadB, unsigned> met;
    for (const Shape &shape : shapes)
      for (ElementType type : {F32, F64, C64})
        for (unsigned repeat = 0; repeat < 2; ++repeat) {
          checkShape(shape.m, shape.n, shape.k, type, repeat == 0, machine,
                     kernels, met, random);
          if (HasFatalFailure())
            return;
        }
  }
}

TEST(Small, EveryType) {
  std::vector<StepTypes> all;
  for (size_t i = 0; i < NumElementTypes; ++i)
    all.push_back(ElementType(i));
  for (StepTypes mix : {StepTypes(F64, F32, F64), StepTypes(F32, F16, BF16),
                        StepTypes(F16, F32, F32), StepTypes(C64, C64, F32),
                        StepTypes(C128, F32, C64), StepTypes(F64, I32, F32),
                        StepTypes(I16, I8, U8), StepTypes(I64, Bool, U8),
                        StepTypes(I32, I8, I8)})
    all.push_back(mix);
  std::mt19937_64 random(33);
  std::map<ReadB, unsigned> met;
  for (const Machine &machine : hostMachines())
    for (StepTypes types : all) {
      ASSERT_TRUE(types.areSound()) << types.text();
      KernelCollection kernels;
      const unsigned ways = isComplex(types.output) ? 4 : 1;
      for (unsigned conjugates = 0; conjugates < ways; ++conjugates) {
        for (unsigned i : {0, 1})
          types.conjugate[i] =
              isComplex(types.operands[i]) && (conjugates >> i & 1);
        for (bool ordered : {true, false}) {
          checkShape(2 + random() % 5, 2 + random() % 12, 2 + random() % 9,
                     types, ordered, machine, kernels, met, random);
          if (HasFatalFailure())
            return;
        }
      }
    }
  EXPECT_EQ(met.size(), 3u);
  for (auto &[read, count] : met)
    EXPECT_GE(count, 8u) << int(read);
}

/// Sums that round: where the batch is cut does not matter.
TEST(Small, RangesDoNotMatter) {
  std::mt19937_64 random(34);
  Machine machine = hostMachine();
  KernelCollection kernels;
  for (StepTypes types : {StepTypes(F32), StepTypes(C128), StepTypes(F16)})
    for (unsigned repeat = 0; repeat < 10; ++repeat) {
      SumProblem problem(loopsOf(5, 19, 21, {7, 3, 2}), types, 2,
                         {repeat % 2 == 0, false}, random);
      auto choice = chooseSmallKernel(problem.problem(machine));
      if (!choice)
        continue;
      EXPECT_EQ(choice->grains, 42);
      problem.fillWithFractions(random);
      problem.fillOutput(0.25);
      const auto before = problem.output();
      auto kernel = kernels.get(choice->schedule, machine.target);
      ASSERT_TRUE(bool(kernel)) << kernel.error().render();
      ASSERT_TRUE(problem.run(**kernel, *choice, 1.5, 0.5, nullptr));
      const auto whole = problem.output();
      EXPECT_NE(whole, before);
      for (unsigned cuts = 0; cuts < 3; ++cuts) {
        problem.setOutput(before);
        ASSERT_TRUE(problem.run(**kernel, *choice, 1.5, 0.5, &random));
        ASSERT_EQ(problem.output(), whole) << problem.text();
      }
    }
}

} // namespace
} // namespace einc::test
