// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The general family against the naive formula on whole numbers.

#include "tests/unit/Kernels/JitKernel.h"
#include "tests/unit/Kernels/LoopProblem.h"
#include "tests/unit/Kernels/StepCheck.h"

#include <gtest/gtest.h>

namespace einc::test {
namespace {

using Vectorize = GeneralSchedule::Vectorize;

struct Case {
  unsigned numOperands;
  Vectorize vectorize;
  bool reduces;
  bool contiguous[2];
};

template <typename T>
::testing::AssertionResult runGeneral(const JitKernel &kernel, const Case &item,
                                      std::mt19937_64 &random) {
  constexpr int64_t extents[] = {1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33, 65, 130};
  auto extent = [&](unsigned limit) {
    return extents[random() % std::min<size_t>(limit, std::size(extents))];
  };
  unsigned both = item.numOperands == 0   ? Out
                  : item.numOperands == 1 ? Out | A
                                          : Out | A | B;
  auto someOf = [&](unsigned required) {
    unsigned of = required | (random() & both);
    return required == Out ? of : of & ~Out;
  };
  std::vector<Loop> output = {{extent(13), both}}, reduction;
  for (unsigned i = random() % 3; i > 0; --i)
    output.push_back({extent(6), someOf(Out)});
  if (item.reduces) {
    reduction.push_back({random() % 20 ? extent(13) : 0, both & ~Out});
    for (unsigned i = random() % 3; i > 0; --i)
      reduction.push_back({extent(5), someOf(A)});
  }
  if (random() % 20 == 0)
    output.back().extent = 0;
  // The vectorised loop comes first, and so is the densest where in order.
  std::vector<Loop> loops = output;
  loops.insert(loops.end(), reduction.begin(), reduction.end());
  size_t vectorLoop = item.vectorize == Vectorize::R ? output.size() : 0;
  if (item.vectorize != Vectorize::None)
    std::swap(loops[0], loops[vectorLoop]);
  LoopProblem<T> problem = [&] {
    for (;;) { // layouts until the promised strides hold
      LoopProblem<T> candidate(loops, random);
      bool fits = true;
      if (item.vectorize == Vectorize::X)
        fits &= candidate.strides[0][0] == 1;
      if (item.vectorize != Vectorize::None)
        for (unsigned i = 0; i < item.numOperands; ++i) {
          if (item.contiguous[i])
            fits &= candidate.strides[i + 1][0] == 1;
          else
            candidate.strides[i + 1][0] = 0;
        }
      if (fits)
        return candidate;
    }
  }();
  for (unsigned tensor = item.numOperands + 1; tensor < 3; ++tensor)
    *problem.origin(tensor) = 1; // the formula always multiplies two
  std::vector<size_t> order(loops.size());
  for (size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  if (item.vectorize != Vectorize::None)
    std::swap(order[0], order[vectorLoop]);

  int64_t outer = 1;
  for (size_t i = 1; i < reduction.size(); ++i)
    outer *= reduction[i].extent;
  std::vector<int64_t> params = {0, int64_t(output.size()),
                                 int64_t(reduction.size()), outer};
  for (size_t i : order) {
    LoopRecord record = problem.record(i);
    params.push_back(record.extent);
    params.insert(params.end(), record.strides, record.strides + 3);
  }
  constexpr T alphas[] = {1, -2, 3}, betas[] = {0, 1, -1, 2};
  T scalars[2] = {alphas[random() % 3], betas[random() % 4]};
  bool accumulates = random() % 4 == 0;
  params[GeneralAccumulate] = accumulates;
  T beta = accumulates ? T(1) : scalars[1];
  // The formula multiplies two operands: a missing one is 1, none is alpha 0.
  std::vector<T> expected =
      problem.expected(item.numOperands ? scalars[0] : T(0), beta);
  std::vector<void *> pointers = {problem.origin(0)};
  for (unsigned i = 0; i < item.numOperands; ++i)
    pointers.push_back(problem.origin(i + 1));
  pointers.push_back(scalars);

  int64_t grains = 1;
  for (size_t i = 1; i < output.size(); ++i)
    grains *= output[i].extent;
  for (int64_t begin = 0; begin < grains;) {
    int64_t end = std::min<int64_t>(grains, begin + 1 + random() % grains);
    if (!kernel.call(pointers.data(), params, begin, end))
      return ::testing::AssertionFailure() << "scratch overrun";
    begin = end;
  }
  for (size_t i = 0; i < expected.size(); ++i)
    if (problem.buffer(0)[i] != expected[i])
      return ::testing::AssertionFailure()
             << "element " << i << " of the output's buffer is "
             << problem.buffer(0)[i] << ", expected " << expected[i];
  return ::testing::AssertionSuccess();
}

TEST(General, MatchesTheFormula) {
  const Case cases[] = {
      {0, Vectorize::None, false, {false, false}},
      {0, Vectorize::X, false, {false, false}},
      {1, Vectorize::None, false, {false, false}},
      {1, Vectorize::None, true, {false, false}},
      {1, Vectorize::X, false, {true, false}},
      {1, Vectorize::X, true, {true, false}},
      {1, Vectorize::X, true, {false, false}},
      {1, Vectorize::R, true, {true, false}},
      {2, Vectorize::None, false, {false, false}},
      {2, Vectorize::None, true, {false, false}},
      {2, Vectorize::X, false, {true, true}},
      {2, Vectorize::X, false, {true, false}},
      {2, Vectorize::X, true, {false, true}},
      {2, Vectorize::X, true, {true, true}},
      {2, Vectorize::R, true, {true, true}},
      {2, Vectorize::R, true, {false, true}},
      {2, Vectorize::R, true, {true, false}},
  };
  uint64_t seed = 112420;
  std::mt19937_64 random(seed);
  for (Target::ISA isa :
       {Target::ISA::X86_64, Target::ISA::X86_64_V3, Target::ISA::X86_64_V4}) {
    Target target{isa};
    if (!hostSupports(target))
      continue;
    for (ElementType element : {ElementType::F32, ElementType::F64})
      for (const Case &item : cases) {
        Schedule schedule;
        schedule.family = Family::General;
        schedule.types = element;
        schedule.general = {item.numOperands,
                            item.vectorize,
                            {item.contiguous[0], item.contiguous[1]},
                            item.reduces,
                            item.reduces};
        auto kernel = JitKernel::make(schedule, target);
        ASSERT_TRUE(bool(kernel)) << kernel.error().render();
        for (unsigned repeat = 0; repeat < 30; ++repeat) {
          auto result = element == ElementType::F32
                            ? runGeneral<float>(**kernel, item, random)
                            : runGeneral<double>(**kernel, item, random);
          ASSERT_TRUE(result) << schedule.text() << " " << target.text()
                              << " repeat " << repeat << " seed " << seed;
        }
      }
  }
}

//===-- All types -------------------------------------------------------===//

std::vector<StepTypes> typesToTest() {
  using enum ElementType;
  std::vector<StepTypes> all;
  for (size_t i = 0; i < NumElementTypes; ++i)
    all.push_back(ElementType(i));
  for (auto [output, a, b] : {std::tuple{F64, I64, F32},
                              {F32, F16, BF16},
                              {BF16, F32, U8},
                              {C64, F16, C64},
                              {C128, I32, C64},
                              {I16, U8, I8},
                              {I64, I32, Bool}})
    all.push_back({output, a, b});
  for (bool both : {false, true}) {
    StepTypes types = {C128, C64, C128};
    types.conjugate[0] = both;
    types.conjugate[1] = true;
    all.push_back(types);
  }
  return all;
}

/// One to three loops of the output, none to two of a sum.
std::vector<SumLoop> randomLoops(unsigned numOperands,
                                 std::mt19937_64 &random) {
  constexpr int64_t extents[] = {1, 2, 3, 5, 8, 16, 17, 33, 65};
  auto extent = [&](size_t limit) { return extents[random() % limit]; };
  bool two = numOperands == 2;
  std::vector<SumLoop> output, sum;
  for (unsigned i = 1 + random() % 3; i > 0; --i) {
    bool a = !two || random() % 3, b = two && (!a || random() % 3);
    output.push_back({extent(output.empty() ? 9 : 5), {true, a, b}});
  }
  for (unsigned i = random() % 3; i > 0; --i)
    sum.push_back({random() % 25 ? extent(sum.empty() ? 9 : 5) : 0,
                   {false, true, two && random() % 4}});
  if (random() % 25 == 0)
    output.back().extent = 0;
  // The first is innermost in most layouts: either kind is vectorised.
  bool sumFirst = random() % 2;
  std::vector<SumLoop> loops = sumFirst ? sum : output;
  const std::vector<SumLoop> &rest = sumFirst ? output : sum;
  loops.insert(loops.end(), rest.begin(), rest.end());
  return loops;
}

TEST(General, MatchesTheFormulaInAllTypes) {
  std::mt19937_64 random(991);
  std::map<std::string, unsigned> met;
  for (const Machine &machine : hostMachines()) {
    KernelCollection kernels;
    for (const StepTypes &types : typesToTest()) {
      ASSERT_TRUE(types.areSound()) << types.text();
      const unsigned repeats = types.isUniform() ? 18 : 8;
      for (unsigned repeat = 0; repeat < repeats; ++repeat) {
        unsigned numOperands = 1 + random() % 2;
        SumProblem problem(randomLoops(numOperands, random), types, numOperands,
                           {}, random);
        KernelChoice choice = chooseGeneralKernel(problem.problem(machine));
        std::string text = choice.schedule.text();
        ++met[text.substr(text.find("operands="))];
        ASSERT_TRUE(checkStep(problem, choice, types.output, machine, kernels,
                              repeat % 3 == 0, random))
            << "repeat " << repeat;
      }
    }
  }
  // Every vectorised loop, with each operand contiguous or not.
  for (const char *form :
       {"operands=1 vectorize=none a=constant b=constant reduce=no",
        "operands=1 vectorize=none a=constant b=constant reduce=yes",
        "operands=1 vectorize=none a=constant b=constant reduce=nested",
        "operands=1 vectorize=x a=contiguous b=constant reduce=no",
        "operands=1 vectorize=x a=contiguous b=constant reduce=yes",
        "operands=1 vectorize=r a=contiguous b=constant reduce=yes",
        "operands=2 vectorize=none a=constant b=constant reduce=nested",
        "operands=2 vectorize=x a=contiguous b=contiguous reduce=no",
        "operands=2 vectorize=x a=contiguous b=constant reduce=yes",
        "operands=2 vectorize=x a=constant b=contiguous reduce=yes",
        "operands=2 vectorize=r a=contiguous b=contiguous reduce=yes",
        "operands=2 vectorize=r a=constant b=contiguous reduce=yes"})
    EXPECT_GE(met[form], 1u) << form;
}

/// A fill is beta * out: with beta = 0 zeros, whatever was there.
TEST(General, FillsInAllTypes) {
  for (const Machine &machine : hostMachines())
    for (size_t t = 0; t < NumElementTypes; ++t) {
      const ElementType type = ElementType(t), compute = computeType(type);
      const size_t unit = elementBytes(type), count = 67;
      const std::vector<StepLabel> labels = {
          {0, int64_t(count), {true, false, false}, {int64_t(unit), 0, 0}}};
      const std::vector<std::string> names = {"i"};
      KernelChoice choice =
          chooseGeneralKernel({labels, 0, type, machine, names});
      auto kernel = JitKernel::make(choice.schedule, machine.target);
      ASSERT_TRUE(bool(kernel)) << kernel.error().render();
      for (double beta : {0., 1., 3.}) {
        if (type == ElementType::Bool && beta > 1)
          continue;
        std::vector<unsigned char> out(count * unit), expected(count * unit);
        for (size_t i = 0; i < count; ++i) {
          Whole old = type == ElementType::Bool ? i % 3 == 0 : double(i % 17);
          if (beta == 0 && isFloating(type))
            old = NAN;
          writeElement(type, &out[i * unit], old);
          writeElement(type, &expected[i * unit], beta == 0 ? 0. : beta * old);
        }
        alignas(16) unsigned char scalars[32];
        writeElement(compute, scalars, 1);
        writeElement(compute, scalars + elementBytes(compute), beta);
        void *pointers[] = {out.data(), scalars};
        ASSERT_TRUE((*kernel)->call(pointers, choice.params, 0, choice.grains));
        EXPECT_EQ(out, expected) << elementName(type) << " beta " << beta;
      }
    }
}

} // namespace
} // namespace einc::test
