// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Whole equations, interpreted step by step, against the formula: fixed
/// equations that cover each rule, and random ones over random layouts, trees
/// and targets.

#include "tests/unit/Schedule/Formula.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace einc::test {
namespace {

/// A layout of these extents with gaps, in any order of axes, forwards or
/// backwards; `broadcasts`: some strides may be 0.
TensorLayout randomLayout(ElementType type, const Shape &extents,
                          bool broadcasts, Random &random) {
  TensorLayout layout = TensorLayout::rowMajor(type, extents);
  if (pick(random, 0, 2) == 0)
    return layout;
  std::vector<size_t> order(extents.size());
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), random);
  int64_t stride = pick(random, 0, 4) == 0 ? 2 : 1;
  for (size_t axis : order) {
    layout.strides[axis] = stride;
    stride *= std::max<int64_t>(extents[axis], 1);
    if (pick(random, 0, 5) == 0)
      stride += pick(random, 1, 3);
    if (pick(random, 0, 5) == 0)
      layout.strides[axis] = -layout.strides[axis];
    if (broadcasts && pick(random, 0, 9) == 0)
      layout.strides[axis] = 0;
  }
  return layout;
}

ContractionTree randomTree(size_t numOperands, Random &random) {
  std::vector<uint32_t> live(numOperands);
  std::iota(live.begin(), live.end(), 0);
  ContractionTree tree;
  while (live.size() > 1) {
    std::shuffle(live.begin(), live.end(), random);
    tree.steps.push_back({live[live.size() - 2], live[live.size() - 1]});
    live.pop_back();
    live.back() = uint32_t(numOperands + tree.steps.size() - 1);
  }
  return tree;
}

struct Fixed {
  const char *equation;
  std::vector<Shape> shapes;
};

TEST(Steps, ComputesTheFormula) {
  const Fixed rows[] = {
      {"ij,jk->ik", {{3, 4}, {4, 2}}},
      {"ij,jk->ik", {{17, 33}, {33, 19}}},
      {"ij,jk->ik", {{1, 7}, {7, 5}}},
      {"ki,kj->ij", {{21, 16}, {21, 40}}},
      {"ik,jk->ij", {{20, 40}, {24, 40}}},
      {"ij,jk->ki", {{40, 20}, {20, 24}}},
      {"bij,bjk->bik", {{3, 16, 20}, {3, 20, 18}}},
      {"bij,bjk->ikb", {{3, 16, 20}, {3, 20, 18}}},
      {"aced,eb->dcba", {{8, 5, 6, 9}, {6, 16}}},
      {"aced,eb->dcba", {{24, 5, 6, 9}, {6, 16}}},
      {"abcd,cdef->abef", {{4, 5, 3, 6}, {3, 6, 5, 4}}},
      {"abc,cd,db->a", {{3, 4, 5}, {5, 6}, {6, 4}}},
      // Kernels chosen for one step serve the next.
      {"ab,bc,cd->ad", {{17, 20}, {20, 33}, {33, 18}}},
      {"i,i->", {{100}, {100}}},
      {"i,j->ij", {{5}, {70}}},
      {"ij,j->i", {{30, 40}, {40}}},
      {"ij,i->j", {{30, 40}, {30}}},
      {",->", {{}, {}}},
      {"->", {{}}},
      {"i->", {{37}}},
      {"ij->ji", {{5, 7}}},
      {"ij->ij", {{5, 7}}},
      {"ij->j", {{5, 7}}},
      {"ii->", {{6, 6}}},
      {"ii->i", {{6, 6}}},
      {"iji->ji", {{4, 3, 4}}},
      {"i->ii", {{6}}},
      {"i->iii", {{3}}},
      {"ij->iji", {{3, 4}}},
      {"i,j->iijj", {{2}, {3}}},
      {"ii,ij->ij", {{4, 4}, {4, 5}}},
      {"ij,kl->", {{2, 3}, {4, 5}}},
      {"ij,kl->il", {{2, 3}, {4, 5}}},
      {"ij,ij->ij", {{1, 5}, {4, 1}}},
      {"ij,jk->ik", {{4, 1}, {3, 5}}},
      {"ij,jk->ik", {{4, 3}, {1, 5}}},
      {"i,i,i->i", {{5}, {1}, {5}}},
      {"ij,jk,jl->ikl", {{2, 5}, {5, 3}, {1, 4}}},
      {"ij,j,k->i", {{4, 5}, {5}, {6}}},
      {"ij,jk->ik", {{0, 4}, {4, 5}}},
      {"ij,jk->ik", {{3, 0}, {0, 5}}},
      {"ij,jk,kl->il", {{3, 4}, {4, 0}, {0, 5}}},
      {"i,i->", {{1}, {0}}},
      {"i->ii", {{0}}},
      {"i->ii", {{1}}},
      {"ij,jk->ik", {{1, 1}, {1, 1}}},
      {"...ij,...jk->...ik", {{2, 1, 3, 4}, {5, 4, 2}}},
  };
  Random random(20240607);
  for (const Fixed &row : rows)
    for (ElementType type : {ElementType::F32, ElementType::F64})
      for (auto [alpha, beta] :
           {std::pair(1.0, 0.0), {3.0, 0.0}, {1.0, 1.0}, {-2.0, 5.0}}) {
        SCOPED_TRACE(row.equation);
        check(expression(row.equation, row.shapes, type), alpha, beta, random);
        if (HasFatalFailure())
          return;
      }
}

/// A random equation of at most `budget` products.
Expression randomExpression(Random &random, double budget) {
  for (;;) {
    size_t numLabels = size_t(pick(random, 1, 7));
    size_t numOperands = size_t(pick(random, 1, 4));
    std::vector<int64_t> extents(numLabels);
    double work = 1;
    for (int64_t &extent : extents) {
      static constexpr int64_t choices[] = {1, 2, 2,  3,  4,  5,  7,
                                            8, 9, 13, 16, 17, 24, 33};
      extent = pick(random, 0, 60) == 0 ? 0 : choices[pick(random, 0, 13)];
      work *= double(extent);
    }
    if (work > budget)
      continue;
    std::string text;
    std::vector<Shape> shapes;
    std::vector<bool> used(numLabels, false);
    // One extent per operand and label, so that a diagonal's are equal.
    for (size_t i = 0; i < numOperands; ++i) {
      text += i ? "," : "";
      Shape shape;
      std::vector<int64_t> mine(numLabels);
      for (size_t l = 0; l < numLabels; ++l)
        mine[l] = pick(random, 0, 9) == 0 ? 1 : extents[l];
      int64_t rank = pick(random, 0, 4);
      for (int64_t axis = 0; axis < rank; ++axis) {
        size_t label = size_t(pick(random, 0, int64_t(numLabels) - 1));
        text += char('a' + label);
        shape.push_back(mine[label]);
        used[label] = true;
      }
      shapes.push_back(shape);
    }
    text += "->";
    double outputSize = 1;
    for (size_t label = 0; label < numLabels; ++label)
      if (used[label] && pick(random, 0, 1)) {
        int64_t times = pick(random, 0, 9) == 0 ? 2 : 1;
        for (; times > 0; --times) {
          size_t at = size_t(
              pick(random, int64_t(text.find("->")) + 2, int64_t(text.size())));
          text.insert(at, 1, char('a' + label));
          outputSize *= double(std::max<int64_t>(extents[label], 1));
        }
      }
    if (outputSize > budget)
      continue;
    ElementType type = pick(random, 0, 1) ? ElementType::F32 : ElementType::F64;
    static constexpr Target::ISA isas[] = {
        Target::ISA::X86_64, Target::ISA::X86_64_V3, Target::ISA::X86_64_V4};
    Expression e = expression(text, shapes, type, isas[pick(random, 0, 2)]);
    e.tree = randomTree(numOperands, random);
    for (TensorLayout &layout : e.operands)
      layout = randomLayout(type, layout.extents, true, random);
    e.output = randomLayout(type, e.output.extents, false, random);
    return e;
  }
}

/// A random contraction of two tensors that is large enough for the GEMM
/// family, at times with a matrix applied to its result.
Expression randomContraction(Random &random) {
  for (;;) {
    std::string batch, m, n, k;
    std::vector<int64_t> extents;
    auto addLabels = [&](std::string &group, int64_t low, int64_t high) {
      static constexpr int64_t choices[] = {2, 3, 4, 5, 8, 9, 16, 17, 24, 40};
      for (int64_t i = pick(random, low, high); i > 0; --i) {
        group += char('a' + extents.size());
        extents.push_back(choices[pick(random, 0, 9)]);
      }
    };
    addLabels(batch, 0, 1);
    addLabels(m, 1, 2);
    addLabels(n, 1, 3);
    addLabels(k, 1, 2);
    double work = 1;
    for (int64_t extent : extents)
      work *= double(extent);
    if (work < 4096 || work > 50'000)
      continue;
    auto shuffled = [&](std::string term) {
      std::shuffle(term.begin(), term.end(), random);
      return term;
    };
    std::vector<std::string> terms = {shuffled(batch + m + k),
                                      shuffled(batch + n + k)};
    std::string result = shuffled(batch + m + n);
    if (pick(random, 0, 3) == 0 && work < 40'000) {
      extents.push_back(pick(random, 2, 5));
      char added = char('a' + extents.size() - 1);
      terms.push_back({n[0], added});
      std::replace(result.begin(), result.end(), n[0], added);
    }
    std::string text;
    std::vector<Shape> shapes;
    for (const std::string &term : terms) {
      text += (text.empty() ? "" : ",") + term;
      shapes.emplace_back();
      for (char label : term)
        shapes.back().push_back(extents[size_t(label - 'a')]);
    }
    ElementType type = pick(random, 0, 1) ? ElementType::F32 : ElementType::F64;
    static constexpr Target::ISA isas[] = {
        Target::ISA::X86_64, Target::ISA::X86_64_V3, Target::ISA::X86_64_V4};
    Expression e = expression(text + "->" + result, shapes, type,
                              isas[pick(random, 0, 2)]);
    // Small caches, so that small problems have several blocks.
    e.options.machine.l2Bytes = 128 * 1024;
    if (pick(random, 0, 1))
      return e;
    for (TensorLayout &layout : e.operands)
      layout = randomLayout(type, layout.extents, true, random);
    e.output = randomLayout(type, e.output.extents, false, random);
    return e;
  }
}

TEST(Steps, ComputesTheFormulaOnRandomEquations) {
  int several = 0;
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    Expression e = randomExpression(random, 60'000);
    if (Result<StepList> list = e.make())
      several += list->steps.size() > 1;
    check(e, double(pick(random, 1, 3)), double(pick(random, 0, 2)), random);
    if (HasFailure())
      return;
  }
  EXPECT_GT(several, 500);
}

TEST(Steps, ComputesTheFormulaOnRandomContractions) {
  // The problems reach what they are meant to reach.
  using PackB = GemmSchedule::PackB;
  int gemms = 0, padded = 0, swapped = 0, ways[5] = {}, regular = 0;
  for (uint64_t seed = 1; seed <= 250; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    Expression e = randomContraction(random);
    Result<StepList> list = e.make();
    ASSERT_TRUE(bool(list)) << list.error().render();
    for (const EincStep &step : list->steps) {
      const Schedule &schedule = list->schedules[step.kernel];
      if (schedule.family != Family::Gemm)
        continue;
      ++gemms;
      padded += schedule.gemm.runMultiple != 1;
      regular += !schedule.gemm.irregularC;
      ++ways[int(schedule.gemm.packB)];
      swapped += list->pointers[step.firstPointer + 1].buffer == 1;
    }
    check(e, double(pick(random, 1, 3)), double(pick(random, 0, 2)), random);
    if (HasFailure())
      return;
  }
  EXPECT_GT(gemms, 200);
  EXPECT_GT(padded, 5);
  EXPECT_GT(regular, 20);
  EXPECT_GT(swapped, 60);
  for (PackB way :
       {PackB::Direct, PackB::TransposeK, PackB::TransposeN, PackB::Scalar})
    EXPECT_GT(ways[int(way)], 0) << "way " << int(way);
}

} // namespace
} // namespace einc::test
