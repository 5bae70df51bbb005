// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Results do not depend on how steps are cut into ranges, in which order and
/// on which threads those run, nor on how many threads there are: bit by bit.

#include "tests/e2e/Threads/Problem.h"
#include "tests/e2e/Threads/RangeExecutor.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <ostream>

namespace einc::tests {

static void PrintTo(const Row &row, std::ostream *out) { *out << row.name; }

namespace {

std::vector<ElementType> allTypes() {
  std::vector<ElementType> types;
  for (size_t i = 0; i < NumElementTypes; ++i)
    types.push_back(ElementType(i));
  return types;
}

uint64_t seedOfRun() {
  const char *given = std::getenv("EINC_TEST_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 1;
}

struct Level {
  Target target;
  std::vector<ElementType> types;
};

/// Every type on the host's best target, one on the others that it can run.
std::vector<Level> levels() {
  std::vector<Level> result = {{hostMachine().target, allTypes()}};
  for (auto isa : {Target::ISA::X86_64, Target::ISA::X86_64_V3})
    if (hostSupports(Target{isa}) && Target{isa} != hostMachine().target)
      result.push_back({Target{isa}, {ElementType::F32}});
  return result;
}

class Ranges : public testing::TestWithParam<Row> {};

std::string describe(const Level &level, ElementType type, bool scaled) {
  return std::string(level.target.text()) + " " + elementName(type) +
         (scaled ? ", alpha and beta" : "");
}

TEST_P(Ranges, OrderDoesNotMatter) {
  uint64_t seed = seedOfRun();
  std::printf("EINC_TEST_SEED=%llu\n", static_cast<unsigned long long>(seed));
  int64_t mostGrains = 0;
  for (const Level &level : levels())
    for (ElementType type : level.types) {
      Problem problem(GetParam(), type, smallMachine(level.target));
      ASSERT_TRUE(problem.compiled());
      for (bool scaled : {false, true}) {
        SCOPED_TRACE(describe(level, type, scaled));
        const std::vector<char> serial =
            problem.run({.threads = 1}, {scaled}, 0x00);
        EXPECT_NE(serial, std::vector<char>(serial.size(), 0));
        for (auto order : {RangeOrder::Forward, RangeOrder::Reversed,
                           RangeOrder::Shuffled, RangeOrder::Delayed}) {
          RangeExecutor ranges(problem, order, ++seed);
          runtime::RunOptions options;
          options.threads = 4;
          options.executor = &ranges.executor();
          EXPECT_TRUE(problem.run(options, {scaled}, 0xff) == serial)
              << orderName(order) << ", seed " << seed;
          mostGrains = std::max(mostGrains, ranges.mostGrains());
        }
      }
    }
  EXPECT_GE(mostGrains, 2) << "no step has ranges";
}

TEST_P(Ranges, NumberOfThreadsDoesNotMatter) {
  for (ElementType type : allTypes()) {
    Problem problem(GetParam(), type, smallMachine());
    ASSERT_TRUE(problem.compiled());
    for (bool scaled : {false, true}) {
      SCOPED_TRACE(describe({smallMachine().target, {}}, type, scaled));
      const std::vector<char> serial =
          problem.run({.threads = 1}, {scaled}, 0x00);
      for (unsigned threads : {2, 3, 7})
        for (int repeat = 0; repeat < 3; ++repeat)
          EXPECT_TRUE(problem.run({.threads = threads}, {scaled}, 0xff) ==
                      serial)
              << threads << " threads";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Ranges, testing::ValuesIn(rows()),
                         [](const auto &info) { return info.param.name; });

} // namespace
} // namespace einc::tests
