// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Support/Diagnostic.h"
#include "compiler/Support/Unicode.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

using namespace einc;

namespace {

/// The excerpt with carets at these bytes.
std::string excerpt(std::string_view text, const std::vector<size_t> &bytes) {
  return diagnose(ErrorKind::Syntax, "", text, bytes).excerpt;
}

/// n digits that show where they stand: 0123456789012...
std::string ruler(size_t n) {
  std::string text;
  for (size_t i = 0; i < n; ++i)
    text += static_cast<char>('0' + i % 10);
  return text;
}

std::string spaces(size_t n) { return std::string(n, ' '); }

TEST(Excerpt, ShowsAShortTextWhole) {
  EXPECT_EQ(excerpt("ik,kj->ij", {1, 3}), "ik,kj->ij\n ^ ^");
  EXPECT_EQ(excerpt("ii", {0, 1}), "ii\n^^");
  EXPECT_EQ(excerpt("(ij", {0}), "(ij\n^");
}

TEST(Excerpt, PutsACaretBehindTheEnd) {
  EXPECT_EQ(excerpt("ij", {2}), "ij\n  ^");
  EXPECT_EQ(excerpt("", {0}), "\n^");
}

TEST(Excerpt, AlignsByColumns) {
  // Two columns each, carets at the first of them.
  EXPECT_EQ(excerpt("中文,文字", {3, 7}), "中文,文字\n  ^  ^");
  // A combining mark is drawn over the letter before it.
  EXPECT_EQ(excerpt("e\u0301k%", {1}), "e\u0301k%\n^");
  EXPECT_EQ(excerpt("e\u0301k%", {4}), "e\u0301k%\n  ^");
  EXPECT_EQ(excerpt("\U0001D6FCi,i\U0001D6FC", {4, 6}),
            "\U0001D6FCi,i\U0001D6FC\n ^ ^");
}

TEST(Excerpt, EscapesWhatCannotBeShown) {
  EXPECT_EQ(excerpt("i\tj%", {1, 3}), "i\\tj%\n ^  ^");
  EXPECT_EQ(excerpt(std::string_view("i\0j", 3), {1, 2}), "i\\x00j\n ^   ^");
  EXPECT_EQ(excerpt("i\xFFj", {2}), "i\\xFFj\n     ^");
  EXPECT_EQ(excerpt("i\u2028j", {1, 4}), "i\\u{2028}j\n ^       ^");
  EXPECT_EQ(excerpt("i\u0301\x1B[2J", {3}), "i\u0301\\x1B[2J\n ^");
}

TEST(Excerpt, FillsSixtyColumnsBeforeItCuts) {
  EXPECT_EQ(excerpt(ruler(60), {59}), ruler(60) + "\n" + spaces(59) + "^");
  EXPECT_EQ(excerpt(ruler(61), {0}), ruler(57) + "...\n^");
  // A caret behind the end needs a column too.
  EXPECT_EQ(excerpt(ruler(59), {59}), ruler(59) + "\n" + spaces(59) + "^");
  EXPECT_EQ(excerpt(ruler(60), {60}),
            "..." + ruler(60).substr(4) + "\n" + spaces(59) + "^");
}

TEST(Excerpt, CutsBothEndsAroundTheCaret) {
  EXPECT_EQ(excerpt(ruler(200), {100}),
            "..." + ruler(200).substr(71, 54) + "...\n" + spaces(32) + "^");
}

TEST(Excerpt, GivesTheOtherSideWhatOneDoesNotNeed) {
  EXPECT_EQ(excerpt(ruler(200), {5}), ruler(57) + "...\n" + spaces(5) + "^");
  EXPECT_EQ(excerpt(ruler(200), {198}),
            "..." + ruler(200).substr(143) + "\n" + spaces(58) + "^");
}

TEST(Excerpt, NeverHidesLessThanTheDotsTake) {
  // All but 3 columns would fit beside the dots, so they stand in their place.
  for (size_t size = 61; size < 70; ++size)
    for (size_t at = 0; at < size; ++at) {
      std::string shown = excerpt(ruler(size), {at});
      std::string line = shown.substr(0, shown.find('\n'));
      size_t hidden = size - line.size();
      bool left = line.substr(0, 3) == "...";
      bool right = line.substr(line.size() - 3) == "...";
      hidden += 3 * (left + right);
      EXPECT_GT(hidden, 3u * (left + right)) << size << " " << at;
      EXPECT_LE(line.size(), 60u);
    }
}

TEST(Excerpt, ShowsTwoCaretsWhereTheyFit) {
  EXPECT_EQ(excerpt(ruler(300), {100, 153}),
            "..." + ruler(300).substr(100, 54) + "...\n   ^" + spaces(52) +
                "^");
  // One column more, and the second caret is left out.
  std::string far = excerpt(ruler(300), {100, 154});
  EXPECT_EQ(std::count(far.begin(), far.end(), '^'), 1);
  EXPECT_EQ(excerpt(ruler(300), {100, 299}), excerpt(ruler(300), {100}));
}

TEST(Excerpt, LooksOnlyAtTheNeighborhood) {
  // A walk over the text for each of these excerpts would take minutes.
  std::string text(30000000, 'i');
  std::vector<Position> middle = {{15000000, 15000000}};
  std::string shown;
  for (int i = 0; i < 20000; ++i)
    shown = makeExcerpt(text, middle);
  EXPECT_EQ(shown, "..." + std::string(54, 'i') + "...\n" + spaces(32) + "^");
}

TEST(Excerpt, IsBoundedForMarksWithoutWidth) {
  std::string text = "i";
  for (int i = 0; i < 100000; ++i)
    text += "\u0301";
  EXPECT_LT(excerpt(text + "%", {text.size()}).size(), 1500u);
}

TEST(Excerpt, FitsWhateverTheText) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"i",        ",",    "中",        "\u0301",
                                     "\x01",     "\xFF", "\u2028",    "😀",
                                     "\xE4\xB8", " ",    "\U000E0001"};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (unsigned i = 0, n = random() % 120; i < n; ++i)
      text += pieces[random() % std::size(pieces)];
    // A boundary of the text.
    size_t target = random() % (text.size() + 1), at = 0;
    while (at < target)
      at += decodeCodePoint(text, at).numBytes;
    std::string shown = excerpt(text, {at});
    size_t lineEnd = shown.find('\n');
    ASSERT_NE(lineEnd, std::string::npos);
    std::string line = shown.substr(0, lineEnd);
    int columns = 0;
    for (size_t byte = 0; byte < line.size();) {
      CodePoint c = decodeCodePoint(line, byte);
      ASSERT_TRUE(c.valid);
      ASSERT_FALSE(isInvisible(c.value));
      columns += displayWidth(c.value);
      byte += c.numBytes;
    }
    ASSERT_LE(columns, 60);
    ASSERT_LE(shown.size() - lineEnd - 1, 60u);
    ASSERT_EQ(shown.back(), '^');
  }
}

} // namespace
