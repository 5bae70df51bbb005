// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random equations against the naive formula. Environment variables:
/// EINC_RANDOM_CASES (10000): how many; EINC_SEED (1): the first case's seed,
/// the others count up from it; EINC_RANDOM_TYPES ("f32,f64") and
/// EINC_RANDOM_SHAPES ("dot,outer", names of shapeTemplates) leave only these.

#include "tests/e2e/Random/RunCase.h"
#include "tests/e2e/Random/ShapeTemplates.h"

#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>

using namespace einc;
using namespace einc::tests;

namespace {

uint64_t environmentNumber(const char *name, uint64_t otherwise) {
  const char *text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// The entries of a list that an environment variable leaves.
template <typename Entry, typename NameOf>
std::vector<Entry> environmentChoice(const char *variable,
                                     const std::vector<Entry> &all,
                                     NameOf &&nameOf) {
  const char *text = std::getenv(variable);
  if (!text)
    return all;
  std::string list = std::string(",") + text + ",";
  std::vector<Entry> chosen;
  for (const Entry &entry : all)
    if (list.find("," + std::string(nameOf(entry)) + ",") != std::string::npos)
      chosen.push_back(entry);
  return chosen;
}

std::vector<ElementType> allTypes() {
  std::vector<ElementType> types;
  for (size_t i = 0; i < NumElementTypes; ++i)
    types.push_back(ElementType(i));
  return types;
}

RandomEquation drawEquation(Dice &dice,
                            const std::vector<ShapeTemplate> &templates) {
  unsigned total = 0;
  for (const ShapeTemplate &shape : templates)
    total += shape.weight;
  size_t place = dice.below(total);
  for (const ShapeTemplate &shape : templates) {
    if (place < shape.weight)
      return shape.make(dice);
    place -= shape.weight;
  }
  return {};
}

/// A property, and the fewest of 10000 cases that must have it.
struct Share {
  std::string property;
  unsigned least;
};

std::vector<Share> requiredShares() {
  std::vector<Share> shares = {
      {"native", 5000},         {"x86-64", 1000},
      {"1 operands", 800},      {"2 operands", 3500},
      {"3 operands", 500},      {"4 operands", 300},
      {"5 operands", 200},      {"3 operands or more", 2000},
      {"mixed types", 400},     {"wider sums", 200},
      {"conjugated", 300},      {"strided", 3000},
      {"strided output", 1500}, {"negative stride", 1000},
      {"zero stride", 500},     {"unaligned", 4000},
      {"zero extent", 200},     {"extent one", 1000},
      {"repeated label", 1000}, {"repeated output label", 200},
      {"broadcast", 300},       {"ellipsis", 300},
      {"parentheses", 200},     {"alpha", 1200},
      {"beta", 1500},           {"exact", 6000},
      {"infinities", 150},      {"distinct", 2000},
      {"parallel", 300},        {"einsumInto", 500},
      {"one: out", 100},        {"one: sum", 100},
      {"one: out sum", 100},    {"one: none", 10},
      {"two: none", 10},
  };
  for (ElementType type : allTypes())
    shares.push_back({elementName(type), 300});
  for (unsigned groups = 1; groups < 16; ++groups) {
    std::string text = "two:";
    const char *const names[] = {" batch", " M", " N", " K"};
    for (unsigned g = 0; g < 4; ++g)
      text += groups & (1u << g) ? names[g] : "";
    shares.push_back({text, 40});
  }
  std::vector<std::string> kernels = {SplitSumName};
  for (size_t i = 0; i < NumFamilies; ++i)
    kernels.push_back(familyName(Family(i)));
  for (const std::string &name : kernels) {
    shares.push_back({name, 100});
    shares.push_back({"parallel " + name, 10});
  }
  return shares;
}

/// The parts run as tests of their own, so that they can run side by side.
constexpr unsigned NumParts = 2;

class RandomEquations : public testing::TestWithParam<unsigned> {};

TEST_P(RandomEquations, MatchTheNaiveFormula) {
  std::vector<ElementType> types =
      environmentChoice("EINC_RANDOM_TYPES", allTypes(), elementName);
  std::vector<ShapeTemplate> templates =
      environmentChoice("EINC_RANDOM_SHAPES", shapeTemplates(),
                        [](const ShapeTemplate &shape) { return shape.name; });
  ASSERT_FALSE(types.empty() || templates.empty()) << "no such type or shape";
  bool restricted =
      types != allTypes() || templates.size() != shapeTemplates().size();

  unsigned part = GetParam();
  uint64_t seed = environmentNumber("EINC_SEED", 1) + part * 1'000'000;
  uint64_t total = environmentNumber("EINC_RANDOM_CASES", 10000);
  uint64_t count = (total + NumParts - 1 - part) / NumParts;
  std::printf("%llu cases from EINC_SEED=%llu\n", (unsigned long long)count,
              (unsigned long long)seed);
  std::string choices;
  for (const char *name : {"EINC_RANDOM_TYPES", "EINC_RANDOM_SHAPES"})
    if (const char *text = std::getenv(name))
      choices += std::string(" ") + name + "=\"" + text + "\"";
  Coverage coverage;
  unsigned failures = 0;
  for (uint64_t i = 0; i < count && failures < 10; ++i) {
    Dice dice(seed + i);
    RandomEquation equation = drawEquation(dice, templates);
    CaseTypes caseTypes = makeTypes(dice, equation.shapes.size(), types);
    Case test = makeCase(dice, seed + i, std::move(equation), caseTypes);
    test.origin = "EINC_SEED=" + std::to_string(seed + i) +
                  " EINC_RANDOM_CASES=1" + choices;
    std::string wrong = runCase(test, coverage);
    failures += !wrong.empty();
    EXPECT_EQ(wrong, "");
  }
  std::printf("%s", coverage.print().c_str());
  if (count < 1000 || restricted || failures > 0)
    return;
  for (const Share &share : requiredShares())
    EXPECT_GE(coverage[share.property] * 10000, share.least * count)
        << share.property;
}

INSTANTIATE_TEST_SUITE_P(Part, RandomEquations, testing::Range(0u, NumParts));

} // namespace
