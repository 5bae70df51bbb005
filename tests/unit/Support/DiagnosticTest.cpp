// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Support/Diagnostic.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

using namespace einc;

namespace {

TEST(Diagnostic, RendersEveryPart) {
  Diagnostic error =
      diagnose(ErrorKind::ExtentMismatch,
               "label 'k' has extent 4 in operand 0 but 5 in operand 1",
               "ik,kj->ij", {1, 3});
  error.notes.push_back("operand 0 has shape (3, 4), operand 1 has shape "
                        "(5, 2); extents must be equal, or 1");
  error.notes.push_back("a second note");
  EXPECT_EQ(error.render(),
            "error: label 'k' has extent 4 in operand 0 but 5 in operand 1\n"
            "  ik,kj->ij\n"
            "   ^ ^\n"
            "note: operand 0 has shape (3, 4), operand 1 has shape (5, 2); "
            "extents must be equal, or 1\n"
            "note: a second note\n");
}

TEST(Diagnostic, RendersAMessageAlone) {
  Diagnostic error = diagnose(ErrorKind::Limit, "too long", "ij", {});
  EXPECT_TRUE(error.positions.empty());
  EXPECT_EQ(error.excerpt, "");
  EXPECT_EQ(error.render(), "error: too long\n");
}

TEST(Diagnostic, CountsPositionsInCodePointsAndBytes) {
  Diagnostic error = diagnose(ErrorKind::Syntax, "m", "α中i😀k", {2, 5, 10});
  std::vector<Position> expected = {{1, 2}, {2, 5}, {4, 10}};
  EXPECT_EQ(error.positions, expected);
}

TEST(Diagnostic, NamesEveryKindDifferently) {
  std::set<std::string> names;
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind)
    names.insert(kindName(static_cast<ErrorKind>(kind)));
  std::set<std::string> expected = {"syntax",
                                    "unknown-output-label",
                                    "operand-count",
                                    "rank-mismatch",
                                    "extent-mismatch",
                                    "diagonal-mismatch",
                                    "ellipsis-mismatch",
                                    "dropped-ellipsis",
                                    "size-overflow",
                                    "invalid-argument",
                                    "unsupported-type",
                                    "unsupported-target",
                                    "limit",
                                    "out-of-memory",
                                    "device",
                                    "bad-artifact",
                                    "io",
                                    "internal"};
  EXPECT_EQ(names, expected);
  EXPECT_STREQ(kindName(ErrorKind::ExtentMismatch), "extent-mismatch");
  EXPECT_STREQ(kindName(ErrorKind::IO), "io");
}

TEST(Diagnostic, EscapesWhatItQuotes) {
  Diagnostic error;
  error.kind = ErrorKind::IO;
  error.message = "'\x1b]0;x\x07.npy': no such file";
  error.notes = {"\xff"};
  EXPECT_EQ(error.render(), "error: '\\x1B]0;x\\x07.npy': no such file\n"
                            "note: \\xFF\n");
}

TEST(Diagnostic, FormatsShapes) {
  EXPECT_EQ(formatShape({}), "()");
  EXPECT_EQ(formatShape({3}), "(3)");
  EXPECT_EQ(formatShape({3, 4}), "(3, 4)");
  EXPECT_EQ(formatShape({0, -2, 9223372036854775807}),
            "(0, -2, 9223372036854775807)");
}

TEST(Diagnostic, AbridgesLongShapes) {
  std::vector<int64_t> shape;
  for (int64_t i = 1; i <= 16; ++i)
    shape.push_back(i);
  EXPECT_EQ(formatShapeAbridged(shape), formatShape(shape));
  shape.push_back(17);
  EXPECT_EQ(formatShapeAbridged(shape),
            "(1, 2, 3, 4, 5, 6, 7, 8, ..., 11, 12, 13, 14, 15, 16, 17)");
}

TEST(Diagnostic, StridesAreNumbersHoweverNegative) {
  EXPECT_EQ(formatStridesAbridged({INT64_MIN, INT64_MIN + 64, 0}),
            "(-9223372036854775808, -9223372036854775744, 0)");
  EXPECT_EQ(formatStridesAbridged(std::vector<int64_t>(17, -3)),
            "(-3, -3, -3, -3, -3, -3, -3, -3, ..., -3, -3, -3, -3, -3, -3, "
            "-3)");
}

} // namespace
