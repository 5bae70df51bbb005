// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random strings of what equations are made of and what breaks them. Each is
/// an equation that survives printing and parsing, or has a diagnostic that can
/// be shown. EINC_TEST_SEED repeats a run.

#include "compiler/Frontend/ShapeList.h"
#include "compiler/Support/Unicode.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <random>

using namespace einc;

namespace {

using namespace std::string_view_literals;

constexpr std::string_view alphabet[] = {
    "i",    "j",    "k",      "A",        "ab",     "row",    "_",
    "2",    " ",    " ",      "  ",       ",",      ",",      "->",
    "-",    ">",    "...",    "...",      ".",      "..",     "(",
    ")",    "(",    ")",      "α",        "中",     "\u0301", "\U0001F600",
    "\xCE", "\xB1", "\xFF",   "\xE4\xB8", "\0"sv,   "\t",     "\n",
    "%",    ";",    "\u2192", "\uFF0C",   "\u2028", "\u00A0"};

uint64_t chooseSeed() {
  const char *given = std::getenv("EINC_TEST_SEED");
  uint64_t seed =
      given ? std::strtoull(given, nullptr, 10) : std::random_device()();
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  return seed;
}

/// Mostly pieces that are legal, so that about a third of the strings is.
std::string randomText(std::mt19937_64 &random) {
  size_t pieces = random() % 3 ? 24 : std::size(alphabet);
  std::string text;
  for (uint64_t i = 0, length = random() % 12; i < length; ++i)
    text += alphabet[random() % pieces];
  return text;
}

void expectShowable(const Diagnostic &error, std::string_view text) {
  EXPECT_FALSE(error.message.empty());
  EXPECT_EQ(error.message.find('\n'), std::string::npos);
  size_t previous = 0;
  for (const Position &position : error.positions) {
    EXPECT_LE(position.byte, text.size());
    EXPECT_LE(previous, position.byte);
    EXPECT_EQ(position.codePoint,
              countCodePoints(text.substr(0, position.byte)));
    previous = position.byte;
  }
  EXPECT_EQ(error.positions.empty(), error.excerpt.empty());
  std::string rendered = error.render();
  EXPECT_EQ(rendered.substr(0, 7), "error: ");
  EXPECT_EQ(rendered.back(), '\n');
  for (size_t byte = 0; byte < rendered.size();) {
    CodePoint c = decodeCodePoint(rendered, byte);
    EXPECT_TRUE(c.valid);
    EXPECT_TRUE(c.value == '\n' || !isInvisible(c.value));
    byte += c.numBytes;
  }
}

/// Everything but the places in the text.
std::string structureOf(const Equation &equation) {
  std::string result;
  auto add = [&](const Term &term) {
    result += "[" + std::to_string(term.ellipsis) + ":";
    for (const Axis *axis = equation.begin(term); axis != equation.end(term);
         ++axis)
      result += " " + std::to_string(axis->label) + "=" +
                equation.labels[axis->label];
    result += "]";
  };
  for (const Term &term : equation.operands)
    add(term);
  result += "->";
  add(equation.output);
  for (const OperandGroup &group : equation.groups)
    result +=
        " " + std::to_string(group.first) + "-" + std::to_string(group.last);
  for (uint32_t rank : equation.sortRank)
    result += " " + std::to_string(rank);
  return result + (equation.form == Equation::Form::Named ? " named" : "");
}

void expectRoundTrip(const Equation &equation) {
  std::string canonical = equation.toString();
  Result<Equation> again = parseEquation(canonical);
  ASSERT_TRUE(again) << again.error().render();
  EXPECT_EQ(structureOf(*again), structureOf(equation));
  EXPECT_EQ(again->toString(), canonical);
}

/// Shapes of about the right number and rank, with a few small extents.
std::vector<Shape> randomShapes(const Equation &equation,
                                std::mt19937_64 &random) {
  std::vector<Shape> shapes;
  for (const Term &term : equation.operands) {
    size_t rank = term.numAxes + (term.ellipsis >= 0 ? random() % 3 : 0);
    if (random() % 16 == 0)
      ++rank;
    Shape &shape = shapes.emplace_back();
    for (size_t axis = 0; axis < rank; ++axis)
      shape.push_back(random() % 3 ? 4 : static_cast<int64_t>(random() % 4));
  }
  if (random() % 16 == 0)
    shapes.emplace_back();
  return shapes;
}

TEST(Mutation, RandomStringsParseOrExplainThemselves) {
  std::mt19937_64 random(chooseSeed());
  size_t legal = 0, shaped = 0;
  for (int round = 0; round < 200000 && !HasFailure(); ++round) {
    std::string text = randomText(random);
    SCOPED_TRACE(testing::PrintToString(text));
    Result<Equation> equation = parseEquation(text);
    if (!equation) {
      expectShowable(equation.error(), text);
      continue;
    }
    ++legal;
    expectRoundTrip(*equation);
    std::vector<Shape> shapes = randomShapes(*equation, random);
    Result<ShapedEquation> result = inferShapes(*equation, shapes);
    if (!result) {
      expectShowable(result.error(), text);
      continue;
    }
    ++shaped;
    EXPECT_EQ(result->numOperands(), shapes.size());
    EXPECT_EQ(result->outputLabels.size(), result->outputShape.size());
  }
  std::printf("%zu legal, %zu with fitting shapes\n", legal, shaped);
  // Both ways must be walked, or the test shows nothing.
  EXPECT_GT(legal, 20000u);
  EXPECT_LT(legal, 180000u);
  EXPECT_GT(shaped, 5000u);
}

TEST(Mutation, RandomListsAreReadOrExplained) {
  std::mt19937_64 random(chooseSeed());
  constexpr std::string_view pieces[] = {
      "3", "12",  "x", ",", "(",    ")",           " ",   "=",
      "i", "row", "-", "α", "\xFF", "99999999999", "\0"sv};
  size_t legal = 0;
  for (int round = 0; round < 100000 && !HasFailure(); ++round) {
    std::string text;
    for (uint64_t i = 0, length = random() % 9; i < length; ++i)
      text += pieces[random() % std::size(pieces)];
    SCOPED_TRACE(testing::PrintToString(text));
    if (Result<std::vector<Shape>> shapes = parseShapeList(text); !shapes)
      expectShowable(shapes.error(), text);
    else
      ++legal;
    if (Result<DimList> dims = parseDims(text); !dims)
      expectShowable(dims.error(), text);
  }
  EXPECT_GT(legal, 5000u);
}

} // namespace
