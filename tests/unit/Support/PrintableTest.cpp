// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Support/Printable.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

TEST(Printable, QuotesWhatCanBeShown) {
  EXPECT_EQ(inQuotes("k"), "'k'");
  EXPECT_EQ(inQuotes(""), "''");
  EXPECT_EQ(inQuotes("batch dim"), "'batch dim'");
  EXPECT_EQ(inQuotes("α中"), "'α中'");
  EXPECT_EQ(inQuotes("e\u0301"), "'e\u0301'");
}

TEST(Printable, EscapesTheRest) {
  EXPECT_EQ(inQuotes("a\tb\nc\rd"), "'a\\tb\\nc\\rd'");
  EXPECT_EQ(inQuotes(std::string_view("a\0b", 3)), "'a\\x00b'");
  EXPECT_EQ(inQuotes("\x1B[31m"), "'\\x1B[31m'");
  EXPECT_EQ(inQuotes("\x7F"), "'\\x7F'");
  EXPECT_EQ(inQuotes("a\xFF\xC3"), "'a\\xFF\\xC3'");
  EXPECT_EQ(inQuotes("\u0085\u2028"), "'\\u{0085}\\u{2028}'");
  EXPECT_EQ(inQuotes("\U000E0001"), "'\\u{E0001}'");
}

TEST(Printable, KeepsAMarkOffTheQuote) {
  EXPECT_EQ(inQuotes("\u0301"), "'\\u{0301}'");
}

TEST(Printable, CutsAtFortyColumns) {
  EXPECT_EQ(inQuotes(std::string(40, 'x')), "'" + std::string(40, 'x') + "'");
  EXPECT_EQ(inQuotes(std::string(41, 'x')),
            "'" + std::string(40, 'x') + "...'");
  std::string wide, twenty;
  for (int i = 0; i < 21; ++i) {
    wide += "中";
    twenty += i < 20 ? "中" : "";
  }
  EXPECT_EQ(inQuotes(wide), "'" + twenty + "...'");
}

TEST(Printable, CutsEndlessMarks) {
  std::string marks = "a";
  for (int i = 0; i < 100000; ++i)
    marks += "\u0301";
  EXPECT_LT(inQuotes(marks).size(), 400u);
}

TEST(Printable, EscapesAllButNewlines) {
  EXPECT_EQ(printable("a '\x1b[31m\xff\t~' é\n中\u202E"),
            "a '\\x1B[31m\\xFF\\t~' é\n中\\u{202E}");
  EXPECT_EQ(printable(std::string_view("\0\x7f", 2)), "\\x00\\x7F");
}

TEST(Printable, Counts) {
  EXPECT_EQ(counted(0, "axis", "axes"), "0 axes");
  EXPECT_EQ(counted(1, "axis", "axes"), "1 axis");
  EXPECT_EQ(counted(2, "axis", "axes"), "2 axes");
}

} // namespace
