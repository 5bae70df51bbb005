// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The outer family: which steps it takes, and its numbers.

#include "tests/unit/Kernels/HostTypes.h"
#include "tests/unit/Kernels/StepCheck.h"

#include <cstring>

namespace einc::test {
namespace {

using enum ElementType;

std::vector<StepTypes> typesToTest() {
  std::vector<StepTypes> all;
  for (size_t i = 0; i < NumElementTypes; ++i)
    all.push_back(ElementType(i));
  for (auto [output, a, b] : {std::tuple{F64, F32, I32},
                              {F64, I64, F16},
                              {F32, F16, BF16},
                              {BF16, F32, BF16},
                              {F16, U8, F16},
                              {C64, F32, C64},
                              {C128, C64, I64},
                              {I16, I8, U8},
                              {I64, Bool, I32},
                              {U8, I32, Bool}})
    all.push_back({output, a, b});
  for (ElementType a : {C64, C128}) {
    StepTypes types = {C128, a, C64};
    types.conjugate[0] = true;
    types.conjugate[1] = a == C64;
    all.push_back(types);
  }
  return all;
}

/// The first loop is long enough to be x, with every kind of rest.
std::vector<SumLoop> randomLoops(unsigned numOperands, std::mt19937_64 &random,
                                 const Machine &machine,
                                 const StepTypes &types) {
  int64_t width = machine.target.vectorBytes() /
                  int64_t(elementBytes(realType(types.output)));
  int64_t more[] = {0, 1, width / 2, width, 3 * width + 1, 4 * width, 61};
  std::vector<SumLoop> loops;
  int64_t extent = width + more[random() % std::size(more)];
  for (unsigned i = 1 + random() % 3; i > 0; --i) {
    bool a = numOperands == 1 || random() % 3, b = !a || random() % 3;
    loops.push_back({extent, {true, a, numOperands == 2 && b}});
    extent = 1 + int64_t(random() % 7);
  }
  return loops;
}

TEST(Outer, MatchesTheFormula) {
  std::mt19937_64 random(20'251);
  std::map<std::string, unsigned> met;
  for (const Machine &machine : hostMachines()) {
    KernelCollection kernels;
    for (const StepTypes &types : typesToTest()) {
      ASSERT_TRUE(types.areSound()) << types.text();
      for (unsigned repeat = 0; repeat < 12;) {
        unsigned numOperands = 1 + random() % 2;
        SumProblem problem(randomLoops(numOperands, random, machine, types),
                           types, numOperands, {}, random);
        auto choice = chooseOuterKernel(problem.problem(machine));
        if (!choice)
          continue;
        std::string text = choice->schedule.text();
        ++met[text.substr(text.find("operands="))];
        ASSERT_TRUE(checkStep(problem, *choice, types.output, machine, kernels,
                              repeat % 3 == 0, random))
            << "repeat " << repeat;
        ++repeat;
      }
    }
  }
  // One operand or two, each contiguous or constant; lines as short as these
  // are not streamed.
  EXPECT_EQ(met.size(), 6u);
  for (auto &[form, count] : met)
    EXPECT_GE(count, 10u) << form;
}

//===-- Long lines ------------------------------------------------------===//

/// `i,->i` or `i,i->i` of i32 bits in a memory of its own: x of `extent`
/// elements at `offset` bytes past a multiple of 64.
class Line {
public:
  Line(StepTypes types, int64_t extent, int64_t offset)
      : types(types), extent(extent), offset(offset) {
    for (unsigned role = 0; role < 3; ++role) {
      memory[role].assign(size_t(extent * types.unit(role)) + 256, 0xee);
      auto address = reinterpret_cast<uintptr_t>(memory[role].data());
      starts[role] = memory[role].data() + (-address & 63) + 64 + offset;
    }
    labels = {{0,
               extent,
               {true, true, true},
               {types.unit(0), types.unit(1), types.unit(2)}}};
    for (int64_t i = 0; i < extent; ++i)
      for (unsigned role = 0; role < 3; ++role)
        writeElement(types.of(role), at(role, i), number(role, i));
  }
  unsigned char *at(unsigned role, int64_t i) {
    return starts[role] + i * types.unit(role);
  }
  static Whole number(unsigned role, int64_t i) {
    const int64_t modulus[] = {5, 7, 11};
    return {double(i % modulus[role]), double(role * (i % 3))};
  }
  /// Whether the output is the product, with what is around it as before.
  ::testing::AssertionResult holdsProducts(const KernelChoice &choice,
                                           const JitKernel &kernel,
                                           int64_t grains) {
    alignas(16) unsigned char scalars[32] = {};
    writeElement(types.compute(), scalars, 1);
    void *pointers[] = {starts[0], starts[1], starts[2], scalars};
    for (int64_t begin = 0; begin < choice.grains; begin += grains)
      if (!kernel.call(pointers, choice.params, begin,
                       std::min(begin + grains, choice.grains)))
        return ::testing::AssertionFailure() << "scratch overrun";
    for (int64_t i = 0; i < extent; ++i) {
      Whole a = number(1, i), b = number(2, i);
      if (!isComplex(types.operands[0]))
        a.imag(0), b.imag(0);
      unsigned char expected[16];
      writeElement(types.output, expected,
                   types.output == Bool ? Whole(a != 0. && b != 0.) : a * b);
      if (std::memcmp(expected, at(0, i), size_t(types.unit(0))) != 0)
        return ::testing::AssertionFailure() << "element " << i;
    }
    unsigned char *end = at(0, extent);
    for (unsigned char *p = memory[0].data(); p < starts[0]; ++p)
      if (*p != 0xee)
        return ::testing::AssertionFailure() << "written before the line";
    for (; end < memory[0].data() + memory[0].size(); ++end)
      if (*end != 0xee)
        return ::testing::AssertionFailure() << "written past the line";
    return ::testing::AssertionSuccess();
  }

  StepTypes types;
  int64_t extent, offset;
  std::vector<StepLabel> labels;
  std::vector<std::string> names = {"i"};

private:
  std::vector<unsigned char> memory[3];
  unsigned char *starts[3];
};

TEST(Outer, StreamsLinesAtEveryAlignment) {
  for (Machine machine : hostMachines()) {
    machine.l3Bytes = 1;
    KernelCollection kernels;
    for (size_t t = 0; t < NumElementTypes; ++t) {
      const StepTypes types = ElementType(t);
      const int64_t unit = types.unit(RoleC);
      const int64_t shortest = OuterSchedule::shortestStream / unit;
      for (int64_t extent : {shortest, shortest + 1, shortest + 61})
        for (int64_t offset = 0; offset < 64;
             offset += int64_t(elementAlignment(types.output))) {
          Line line(types, extent, offset);
          auto choice =
              chooseOuterKernel({line.labels, 2, types, machine, line.names});
          ASSERT_TRUE(choice);
          ASSERT_TRUE(choice->schedule.outer.stream);
          auto kernel = kernels.get(choice->schedule, machine.target);
          ASSERT_TRUE(bool(kernel)) << kernel.error().render();
          EXPECT_NE((*kernel)->assembly().find("movnt"), std::string::npos);
          EXPECT_NE((*kernel)->assembly().find("sfence"), std::string::npos);
          ASSERT_TRUE(line.holdsProducts(*choice, **kernel, choice->grains))
              << types.text() << " on " << machine.target.text() << ", "
              << extent << " elements at " << offset;
        }
    }
  }
}

TEST(Outer, CutsLongLinesInPieces) {
  for (Machine machine : hostMachines())
    for (bool stream : {false, true}) {
      machine.l3Bytes = stream ? 1 : 1 << 30;
      KernelCollection kernels;
      for (int64_t extent : {16'384, 32'767, 32'768, 49'157, 100'003})
        for (StepTypes types : {StepTypes(F32), StepTypes(I8)}) {
          Line line(types, extent, 4);
          auto choice =
              chooseOuterKernel({line.labels, 2, types, machine, line.names});
          ASSERT_TRUE(choice);
          EXPECT_EQ(choice->schedule.outer.stream, stream);
          EXPECT_EQ(choice->grains, extent / 16'384);
          auto kernel = kernels.get(choice->schedule, machine.target);
          ASSERT_TRUE(bool(kernel)) << kernel.error().render();
          for (int64_t grains : {int64_t(1), int64_t(2), choice->grains})
            ASSERT_TRUE(line.holdsProducts(*choice, **kernel, grains))
                << choice->schedule.text() << ", " << extent << " elements";
        }
    }
}

//===-- Choices ---------------------------------------------------------===//

struct ChoiceCase {
  const char *what;
  unsigned numOperands;
  std::vector<StepLabel> labels;
  const char *schedule; ///< null: declined
};

TEST(Outer, TakesStepsWithoutSumsAlongTheOutputsUnitStride) {
  constexpr bool yes = true, no = false;
  const ChoiceCase cases[] = {
      {"i,j->ij",
       2,
       {{0, 30, {yes, yes, no}, {400, 4, 0}},
        {1, 100, {yes, no, yes}, {4, 0, 4}}},
       "outer f32 operands=2 a=constant b=contiguous store=cached"},
      {"ij,ij->ij of transposed views",
       2,
       {{0, 30, {yes, yes, yes}, {4, 4, 4}},
        {1, 100, {yes, yes, yes}, {120, 128, 120}}},
       "outer f32 operands=2 a=contiguous b=contiguous store=cached"},
      {"ij,i->ij",
       2,
       {{0, 30, {yes, yes, yes}, {400, 400, 4}},
        {1, 100, {yes, yes, no}, {4, 4, 0}}},
       "outer f32 operands=2 a=contiguous b=constant store=cached"},
      {"a padded copy",
       1,
       {{0, 30, {yes, yes, no}, {512, 400, 0}},
        {1, 100, {yes, yes, no}, {4, 4, 0}}},
       "outer f32 operands=1 a=contiguous b=constant store=cached"},
      {"large",
       2,
       {{0, 5000, {yes, yes, no}, {40'000, 4, 0}},
        {1, 10'000, {yes, no, yes}, {4, 0, 4}}},
       "outer f32 operands=2 a=constant b=contiguous store=streamed"},
      {"large, of short lines",
       2,
       {{0, 1'000'000, {yes, yes, no}, {400, 4, 0}},
        {1, 100, {yes, no, yes}, {4, 0, 4}}},
       "outer f32 operands=2 a=constant b=contiguous store=cached"},
      {"a sum",
       2,
       {{0, 30, {yes, yes, yes}, {4, 4, 4}},
        {1, 100, {no, yes, yes}, {0, 128, 120}}},
       nullptr},
      {"i->ii", 1, {{0, 100, {yes, yes, no}, {404, 4, 0}}}, nullptr},
      {"an operand of other strides",
       2,
       {{0, 30, {yes, yes, yes}, {4, 4, 400}},
        {1, 100, {yes, yes, yes}, {120, 120, 4}}},
       nullptr},
      {"a short line",
       2,
       {{0, 100, {yes, yes, no}, {12, 4, 0}},
        {1, 3, {yes, no, yes}, {4, 0, 4}}},
       nullptr},
      {"a reversed output", 1, {{0, 100, {yes, yes, no}, {-4, 4, 0}}}, nullptr},
      {"nothing to store",
       2,
       {{0, 0, {yes, yes, no}, {400, 4, 0}},
        {1, 100, {yes, no, yes}, {4, 0, 4}}},
       nullptr},
      {"no operand", 0, {{0, 100, {yes, no, no}, {4, 0, 0}}}, nullptr},
  };
  Machine machine;
  machine.target.isa = Target::ISA::X86_64_V3;
  const std::vector<std::string> names = {"i", "j"};
  for (const ChoiceCase &item : cases) {
    auto choice =
        chooseOuterKernel({item.labels, item.numOperands, F32, machine, names});
    EXPECT_EQ(choice ? choice->schedule.text() : "declined",
              item.schedule ? item.schedule : "declined")
        << item.what;
  }
}

} // namespace
} // namespace einc::test
