// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The tables of equations against the front end: outcome, kind, carets and
/// output shape of every row, and the canonical text of every legal one. The
/// project's own tables always run, the shared ones where they are present.

#include "compiler/Frontend/ShapeInference.h"
#include "tests/conformance/GeneratedEquation.h"
#include "tests/conformance/Table.h"

#include <chrono>
#include <cinttypes>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <optional>

using namespace einc;
using namespace einc::conformance;

namespace {

/// What became of a row.
struct Outcome {
  std::string kind = "ok";
  Shape shape;
  std::vector<uint64_t> columns;
  std::string rendered;
};

Outcome outcomeOf(const Diagnostic &error) {
  Outcome result;
  result.kind = kindName(error.kind);
  for (const Position &position : error.positions)
    result.columns.push_back(position.codePoint);
  result.rendered = error.render();
  return result;
}

Outcome run(const Result<Equation> &equation,
            const std::vector<Shape> &shapes) {
  if (!equation)
    return outcomeOf(equation.error());
  Result<ShapedEquation> shaped = inferShapes(*equation, shapes);
  if (!shaped)
    return outcomeOf(shaped.error());
  Outcome result;
  result.shape = shaped->outputShape;
  return result;
}

/// Compares a row's columns outcome, output_shape and, if asked, position.
void expectRow(const Row &row, const Outcome &outcome, bool columns) {
  SCOPED_TRACE(row["id"] + " " + row["note"]);
  EXPECT_EQ(outcome.kind, row["outcome"]) << outcome.rendered;
  if (row["outcome"] == "ok") {
    std::vector<Shape> expected = parseShapes(row["output_shape"]);
    ASSERT_EQ(expected.size(), 1u);
    EXPECT_EQ(outcome.shape, expected[0]);
  } else if (columns) {
    EXPECT_EQ(outcome.columns, parseNumbers(row["position"]))
        << outcome.rendered;
  }
}

/// The canonical text parses to an equation with the same canonical text and
/// the same outcome.
void expectRoundTrip(const Equation &equation,
                     const std::vector<Shape> &shapes) {
  std::string text = equation.toString();
  SCOPED_TRACE("canonical text: " + text.substr(0, 200));
  Result<Equation> again = parseEquation(text);
  ASSERT_TRUE(again) << again.error().render();
  // Not EXPECT_EQ, which would compare millions of characters for its report.
  EXPECT_TRUE(again->toString() == text);
  EXPECT_EQ(again->groups.size(), equation.groups.size());
  Outcome before = run(equation, shapes), after = run(*again, shapes);
  EXPECT_EQ(before.kind, after.kind);
  EXPECT_EQ(before.shape, after.shape);
}

void runEquations(const std::string &path) {
  std::vector<Row> rows = readTable(path);
  ASSERT_FALSE(rows.empty()) << path;
  for (const Row &row : rows) {
    Result<Equation> equation = parseEquation(unescape(row["equation"]));
    std::vector<Shape> shapes = parseShapes(row["shapes"]);
    expectRow(row, run(equation, shapes), /*columns=*/true);
    if (equation)
      expectRoundTrip(*equation, shapes);
  }
  std::printf("%s: %zu rows\n", path.c_str(), rows.size());
}

std::vector<int64_t> parseList(const nlohmann::json &list) {
  std::vector<int64_t> result;
  for (const nlohmann::json &entry : list)
    result.push_back(entry.is_string() ? InterleavedEllipsis
                                       : entry.get<int64_t>());
  return result;
}

void runInterleaved(const std::string &path) {
  std::vector<Row> rows = readTable(path);
  ASSERT_FALSE(rows.empty()) << path;
  for (const Row &row : rows) {
    std::vector<std::vector<int64_t>> operands;
    for (const nlohmann::json &list : nlohmann::json::parse(row["sublists"]))
      operands.push_back(parseList(list));
    std::optional<std::vector<int64_t>> output;
    if (row["output"] != "-")
      output = parseList(nlohmann::json::parse(row["output"]));
    Result<Equation> equation =
        parseInterleaved(operands, output ? &*output : nullptr);
    std::vector<Shape> shapes = parseShapes(row["shapes"]);
    Outcome outcome = run(equation, shapes);
    expectRow(row, outcome, /*columns=*/false);
    EXPECT_TRUE(outcome.columns.empty()) << row["id"];
    if (equation)
      expectRoundTrip(*equation, shapes);
    if (row["same_as"] == "-")
      continue;
    SCOPED_TRACE(row["id"]);
    Result<Equation> same = parseEquation(row["same_as"]);
    EXPECT_EQ(run(same, shapes).kind, outcome.kind);
    EXPECT_EQ(run(same, shapes).shape, outcome.shape);
    if (same && equation) {
      EXPECT_EQ(same->toString(), equation->toString());
    }
  }
  std::printf("%s: %zu rows\n", path.c_str(), rows.size());
}

void runGenerated(const std::string &path) {
  std::vector<Row> rows = readTable(path);
  ASSERT_FALSE(rows.empty()) << path;
  for (const Row &row : rows) {
    SCOPED_TRACE(row["id"]);
    GeneratedEquation made =
        generate(row["rule"], static_cast<uint32_t>(std::stoul(row["n"])));
    char hash[20];
    std::snprintf(hash, sizeof hash, "%016" PRIx64, fnv1a64(made.text));
    EXPECT_EQ(std::to_string(made.text.size()), row["bytes"]);
    ASSERT_EQ(hash, row["fnv1a64"]);

    auto start = std::chrono::steady_clock::now();
    Result<Equation> equation = parseEquation(made.text);
    Outcome outcome = run(equation, made.shapes);
    std::chrono::duration<double> seconds =
        std::chrono::steady_clock::now() - start;
    expectRow(row, outcome, /*columns=*/true);
    if (equation) {
      EXPECT_EQ(
          std::to_string(equation->positionAt(made.text.size()).codePoint),
          row["characters"]);
      expectRoundTrip(*equation, made.shapes);
    }
    std::printf("%-22s %9s characters  parsed and shaped in %.4f s\n",
                row["id"].c_str(), row["characters"].c_str(), seconds.count());
  }
  std::printf("%s: %zu rows\n", path.c_str(), rows.size());
}

/// Runs a shared table, or skips with the reason.
void runShared(const char *name, void (*runTable)(const std::string &)) {
  std::string path = sharedFile(name);
  if (path.empty())
    GTEST_SKIP() << "no shared/data/conformance beside the source tree: 0 rows";
  runTable(path);
}

TEST(Conformance, OwnEquations) { runEquations(ownFile("equations.tsv")); }
TEST(Conformance, OwnInterleaved) {
  runInterleaved(ownFile("interleaved.tsv"));
}
TEST(Conformance, OwnGenerated) { runGenerated(ownFile("generated.tsv")); }
TEST(Conformance, SharedEquations) { runShared("equations.tsv", runEquations); }
TEST(Conformance, SharedInterleaved) {
  runShared("interleaved.tsv", runInterleaved);
}
TEST(Conformance, SharedGenerated) { runShared("generated.tsv", runGenerated); }

} // namespace
