// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Matrix products of every shape that is likely to go wrong: one more and one
/// less than tiles and vectors, all transpositions, batches, sums and columns
/// longer than a cache block, groups of several labels.

#include "tests/e2e/Random/RunCase.h"

#include <cstdio>
#include <gtest/gtest.h>

using namespace einc;
using namespace einc::tests;

namespace {

/// Runs a product with everything else drawn at random, for one type and
/// processor level.
class Sweep {
public:
  Sweep(ElementType element, std::string cpu, uint64_t seed)
      : element(element), cpu(std::move(cpu)), seed(seed) {}
  Sweep(const Sweep &) = delete;
  ~Sweep() { std::printf("%s", coverage.print().c_str()); }

  void check(const std::string &text, const std::map<char, int64_t> &extents) {
    Dice dice(++seed);
    Case test = makeCase(dice, seed, makeEquation(text, extents),
                         CaseTypes::uniform(2, element));
    test.origin = "sweep " + std::to_string(seed);
    test.cpu = cpu;
    // Mostly plain layouts: that is what the fast ways are for.
    if (dice.percent(70)) {
      for (CaseTensor &operand : test.operands)
        makeDense(dice, operand);
      makeDense(dice, test.output);
    }
    EXPECT_EQ(runCase(test, coverage), "");
  }
  unsigned count(const std::string &property) { return coverage[property]; }

private:
  static void makeDense(Dice &dice, CaseTensor &tensor) {
    CaseTensor dense = makeLayout(dice, tensor.shape, LayoutKind::RowMajor);
    dense.type = tensor.type;
    dense.conjugate = tensor.conjugate;
    tensor = dense;
  }

  ElementType element;
  std::string cpu;
  uint64_t seed;
  Coverage coverage;
};

using Parameters = std::tuple<ElementType, std::string>;
class GemmSweep : public testing::TestWithParam<Parameters> {
protected:
  ElementType element() const { return std::get<0>(GetParam()); }
  /// Differs between types and levels.
  uint64_t seed() const {
    const auto &[element, cpu] = GetParam();
    uint64_t seed = 100 * (uint64_t(element) + 1);
    for (const std::string &level : hostLevels())
      seed += level <= cpu;
    return seed * 1'000'000;
  }
  Sweep makeSweep(uint64_t part) const {
    return Sweep(element(), std::get<1>(GetParam()), seed() + part * 100'000);
  }
};

const char *const transpositions[] = {
    "mk,kn->mn", "mk,nk->mn", "km,kn->mn", "km,nk->mn",
    "mk,kn->nm", "mk,nk->nm", "km,kn->nm", "km,nk->nm",
};

TEST_P(GemmSweep, OddExtents) {
  const std::initializer_list<int64_t> all = {
      1, 2, 3, 5, 6, 7, 8, 9, 16, 17, 31, 33, 48, 64, 65, 97, 130};
  const std::initializer_list<int64_t> large = {7,  9,  16, 17, 31, 33,
                                                48, 64, 65, 97, 130};
  Sweep sweep = makeSweep(1);
  Dice dice(seed());
  for (const char *text : transpositions)
    for (unsigned i = 0; i < 12; ++i) {
      const auto &extents = i % 2 == 0 ? all : large;
      sweep.check(text, {{'m', dice.oneOf(extents)},
                         {'n', dice.oneOf(extents)},
                         {'k', dice.oneOf(extents)}});
    }
  EXPECT_GT(sweep.count("gemm"), 30u);
}

/// Nothing to add, and nothing to write.
TEST_P(GemmSweep, EmptyExtents) {
  Sweep sweep = makeSweep(5);
  for (const char *text : transpositions) {
    sweep.check(text, {{'m', 33}, {'n', 65}, {'k', 0}});
    sweep.check(text, {{'m', 0}, {'n', 65}, {'k', 33}});
    sweep.check(text, {{'m', 33}, {'n', 0}, {'k', 65}});
  }
  EXPECT_EQ(sweep.count("zero extent"), 24u);
}

/// Extents around the cache blocks (kc 384, mc 192, nc 512 and their like).
TEST_P(GemmSweep, CacheBlocks) {
  Sweep sweep = makeSweep(2);
  const std::map<char, int64_t> extents[] = {
      {{'m', 7}, {'n', 33}, {'k', 1025}},  {{'m', 33}, {'n', 17}, {'k', 800}},
      {{'m', 9}, {'n', 1100}, {'k', 31}},  {{'m', 401}, {'n', 18}, {'k', 33}},
      {{'m', 195}, {'n', 70}, {'k', 385}}, {{'m', 50}, {'n', 513}, {'k', 49}},
  };
  unsigned number = 0;
  for (const auto &extent : extents)
    for (unsigned i = 0; i < 3; ++i)
      sweep.check(transpositions[number++ % 8], extent);
  // Every block loop more than once; the reference is slower in other types.
  if (element() == ElementType::F32)
    sweep.check("km,nk->mn", {{'m', 387}, {'n', 1043}, {'k', 801}});
  else
    sweep.check("mk,kn->nm", {{'m', 197}, {'n', 522}, {'k', 401}});
  EXPECT_EQ(sweep.count("gemm"), number + 1);
}

TEST_P(GemmSweep, Batches) {
  Sweep sweep = makeSweep(3);
  for (const char *text :
       {"bmk,bkn->bmn", "bmk,bnk->bmn", "mbk,kbn->bmn", "mkb,knb->mnb",
        "bkm,bkn->nbm", "abmk,bakn->mban", "bmk,kn->bmn", "mk,bkn->bmn"}) {
    sweep.check(text, {{'a', 2}, {'b', 3}, {'m', 17}, {'n', 33}, {'k', 9}});
    sweep.check(text, {{'a', 5}, {'b', 2}, {'m', 24}, {'n', 49}, {'k', 65}});
    sweep.check(text, {{'a', 1}, {'b', 7}, {'m', 5}, {'n', 16}, {'k', 31}});
    sweep.check(text, {{'a', 2}, {'b', 2}, {'m', 41}, {'n', 66}, {'k', 40}});
  }
  EXPECT_GT(sweep.count("gemm"), 12u);
}

TEST_P(GemmSweep, GroupsOfLabels) {
  Sweep sweep = makeSweep(4);
  const std::map<char, int64_t> odd = {{'a', 9},  {'b', 7}, {'c', 5}, {'d', 3},
                                       {'e', 17}, {'f', 6}, {'g', 11}};
  const std::map<char, int64_t> even = {
      {'a', 8}, {'b', 24}, {'c', 16}, {'d', 12}, {'e', 24}, {'f', 4}, {'g', 2}};
  // From coupled-cluster and tensor-train codes, and made up.
  for (const char *text :
       {"aced,eb->dcba", "abed,ec->abcd", "ebad,ce->abcd", "ea,ebcd->abcd",
        "aebf,dfce->abcd", "efab,cdef->abcd", "aefb,fced->abcd",
        "adec,ebd->abc", "dbea,ec->abcd", "afge,bgdfc->abcde"}) {
    sweep.check(text, odd);
    sweep.check(text, even);
  }
  sweep.check("aced,eb->dcba",
              {{'a', 24}, {'b', 24}, {'c', 9}, {'d', 24}, {'e', 72}});
  sweep.check("aced,eb->dcba",
              {{'a', 7}, {'b', 24}, {'c', 3}, {'d', 72}, {'e', 72}});
  sweep.check("aced,eb->dcba",
              {{'a', 72}, {'b', 17}, {'c', 2}, {'d', 33}, {'e', 25}});
  EXPECT_GT(sweep.count("gemm"), 15u);
}

/// f32 and f64 at every level, the others at the best.
std::vector<Parameters> kinds() {
  std::vector<Parameters> kinds;
  for (ElementType element : {ElementType::F32, ElementType::F64})
    for (const std::string &level : hostLevels())
      kinds.emplace_back(element, level);
  for (ElementType element :
       {ElementType::C64, ElementType::C128, ElementType::I8, ElementType::I16,
        ElementType::F16, ElementType::BF16})
    kinds.emplace_back(element, "native");
  return kinds;
}

INSTANTIATE_TEST_SUITE_P(Kinds, GemmSweep, testing::ValuesIn(kinds()),
                         [](const testing::TestParamInfo<Parameters> &info) {
                           std::string name =
                               elementName(std::get<0>(info.param));
                           name += "_" + std::get<1>(info.param);
                           for (char &c : name)
                             c = c == '-' ? '_' : c;
                           return name;
                         });

} // namespace
