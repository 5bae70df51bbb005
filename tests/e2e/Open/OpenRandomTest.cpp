// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random equations with random open labels.

#include "tests/e2e/Open/OpenCases.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::tests;

namespace {

/// Up to four operands of labels a to f, some of them open.
struct RandomOpenEquation {
  std::string text, shapes;

  explicit RandomOpenEquation(Dice &dice) {
    const size_t numLabels = dice.below(5) + 1;
    std::vector<std::string> extents;
    for (size_t i = 0; i < numLabels; ++i)
      extents.push_back(
          dice.percent(55)
              ? dice.oneOf<const char *>({"?", "?", "?1", "?7", "?300"})
              : dice.oneOf<const char *>(
                    {"1", "2", "3", "8", "16", "17", "32", "40"}));
    std::string used;
    const size_t numOperands = dice.below(4) + 1;
    for (size_t i = 0; i < numOperands; ++i) {
      text += i ? "," : "";
      shapes += "(";
      const size_t rank = dice.below(5);
      for (size_t axis = 0; axis < rank; ++axis) {
        size_t label = dice.below(numLabels);
        text += char('a' + label);
        shapes += extents[label] + ",";
        if (used.find(char('a' + label)) == std::string::npos)
          used += char('a' + label);
      }
      shapes += ")";
    }
    text += "->";
    std::vector<char> kept(used.begin(), used.end());
    dice.shuffle(kept);
    for (char label : kept)
      if (dice.percent(60))
        text += label;
    if (dice.percent(8) && !kept.empty())
      text += kept[0];
  }
};

TEST(OpenRandom, EquationsGiveTheFormulasResult) {
  const std::vector<std::string> levels = hostLevels();
  constexpr unsigned count = 400;
  for (unsigned i = 0; i < count && !testing::Test::HasFailure(); ++i) {
    const uint64_t seed = 70000 + i;
    Dice dice(seed);
    RandomOpenEquation equation(dice);
    auto type =
        dice.oneOf({ElementType::F32, ElementType::F32, ElementType::F64,
                    ElementType::I32, ElementType::BF16, ElementType::C64});
    const std::string &cpu = levels[dice.below(levels.size())];
    bool openStrides = dice.percent(40);
    std::string name = "seed " + std::to_string(seed) + ": " + cpu + " " +
                       elementName(type) + " " + equation.text + " " +
                       equation.shapes;
    SCOPED_TRACE(name);
    auto program = OpenProgram::compile(equation.text, equation.shapes, type,
                                        cpu, openStrides);
    checkRandomCalls(*program, name, openStrides, 6, seed);
  }
}

} // namespace
