// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random equations against the naive formula. EINC_RANDOM_CASES: how many
/// (2400); EINC_SEED: the first case's seed, the others count up from it.

#include "tests/e2e/Random/RunCase.h"

#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>

using namespace einc::tests;

namespace {

uint64_t environmentNumber(const char *name, uint64_t otherwise) {
  const char *text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// The parts run as tests of their own, so that they can run side by side.
constexpr unsigned NumParts = 4;

class RandomEquations : public testing::TestWithParam<unsigned> {};

/// Property, and the fewest cases in a thousand that must have it.
struct Share {
  const char *property;
  unsigned perThousand;
};
constexpr Share shares[] = {
    {"f32", 400},
    {"f64", 400},
    {"native", 200},
    {"x86-64", 200},
    {"gemm", 120},
    {"general", 400},
    {"1 operands", 80},
    {"2 operands", 350},
    {"3 operands", 100},
    {"4 operands", 50},
    {"5 operands", 40},
    {"strided", 300},
    {"strided output", 150},
    {"negative stride", 120},
    {"zero stride", 60},
    {"unaligned", 400},
    {"zero extent", 30},
    {"extent one", 100},
    {"repeated label", 30},
    {"repeated output label", 20},
    {"broadcast", 60},
    {"ellipsis", 60},
    {"parentheses", 40},
    {"alpha", 120},
    {"beta", 150},
    {"exact", 400},
    {"infinities", 20},
    {"distinct", 300},
    {"parallel", 8},
};

TEST_P(RandomEquations, MatchTheNaiveFormula) {
  unsigned part = GetParam();
  uint64_t seed = environmentNumber("EINC_SEED", 1) + part * 1'000'000;
  uint64_t total = environmentNumber("EINC_RANDOM_CASES", 2400);
  uint64_t count = (total + NumParts - 1 - part) / NumParts;
  std::printf("%llu cases from EINC_SEED=%llu\n", (unsigned long long)count,
              (unsigned long long)seed);
  Coverage coverage;
  unsigned failures = 0;
  for (uint64_t i = 0; i < count && failures < 10; ++i) {
    Dice dice(seed + i);
    Case test = makeCase(dice, seed + i, makeRandomEquation(dice));
    test.origin =
        "EINC_SEED=" + std::to_string(seed + i) + " EINC_RANDOM_CASES=1";
    std::string wrong = runCase(test, coverage);
    failures += !wrong.empty();
    EXPECT_EQ(wrong, "");
  }
  std::printf("%s\n", printCoverage(coverage).c_str());
  if (count < 500 || failures > 0)
    return;
  for (const Share &share : shares)
    EXPECT_GE(coverage[share.property] * 1000, share.perThousand * count)
        << share.property;
}

INSTANTIATE_TEST_SUITE_P(Part, RandomEquations, testing::Range(0u, NumParts));

} // namespace
