// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Support/Unicode.h"

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

using namespace einc;

namespace {

struct WellFormed {
  const char *text;
  char32_t value;
  uint32_t numBytes;
};

TEST(Unicode, DecodesTheEndsOfEveryLength) {
  const WellFormed rows[] = {
      {"\x01", 0x01, 1},
      {"\x7F", 0x7F, 1},
      {"\xC2\x80", 0x80, 2},
      {"\xDF\xBF", 0x7FF, 2},
      {"\xE0\xA0\x80", 0x800, 3},
      {"\xED\x9F\xBF", 0xD7FF, 3},
      {"\xEE\x80\x80", 0xE000, 3},
      {"\xEF\xBF\xBF", 0xFFFF, 3},
      {"\xF0\x90\x80\x80", 0x10000, 4},
      {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
  };
  for (const WellFormed &row : rows) {
    CodePoint c = decodeCodePoint(row.text, 0);
    EXPECT_TRUE(c.valid) << std::hex << uint32_t(row.value);
    EXPECT_EQ(c.value, row.value);
    EXPECT_EQ(c.numBytes, row.numBytes);
  }
}

TEST(Unicode, DecodesAZeroByte) {
  CodePoint c = decodeCodePoint(std::string_view("a\0b", 3), 1);
  EXPECT_TRUE(c.valid);
  EXPECT_EQ(c.value, 0u);
}

TEST(Unicode, RefusesWhatIsNoUTF8OneByteAtATime) {
  for (const char *text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x9F\xBF",
        "\xE4\xB8", "\xE4\xB8(", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF0\x8F\xBF\xBF", "\xF0\x90\x80", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFE", "\xFF"}) {
    CodePoint c = decodeCodePoint(text, 0);
    EXPECT_FALSE(c.valid) << text;
    EXPECT_EQ(c.numBytes, 1u) << text;
    EXPECT_EQ(c.value, static_cast<unsigned char>(text[0])) << text;
  }
}

TEST(Unicode, CountsIllFormedBytesOneByOne) {
  EXPECT_EQ(countCodePoints(""), 0u);
  EXPECT_EQ(countCodePoints("ab"), 2u);
  EXPECT_EQ(countCodePoints("α中😀"), 3u);
  EXPECT_EQ(countCodePoints("α\xE4\xB8z"), 4u);
}

TEST(Unicode, WalksBackTheWayItCame) {
  std::mt19937 random(20240229);
  const std::string bytes = "a\x80\xBF\xC2\xC3\xE0\xA0\xED\xF0\x90\xF4\x8F\xFF";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (unsigned i = 0, length = random() % 12; i < length; ++i)
      text += bytes[random() % bytes.size()];
    std::vector<size_t> starts;
    for (size_t byte = 0; byte < text.size();
         byte += decodeCodePoint(text, byte).numBytes)
      starts.push_back(byte);
    for (size_t byte = text.size(); byte > 0; starts.pop_back()) {
      byte = previousCodePoint(text, byte);
      ASSERT_FALSE(starts.empty());
      ASSERT_EQ(byte, starts.back());
    }
    ASSERT_TRUE(starts.empty());
  }
}

TEST(Unicode, KnowsColumns) {
  struct {
    char32_t c;
    int width;
  } rows[] = {{'a', 1},     {0xE9, 1},    {0x3B1, 1},   {0x301, 0},
              {0x4E2D, 2},  {0xAC00, 2},  {0xFF49, 2},  {0xFF66, 1},
              {0x1F600, 2}, {0x20000, 2}, {0x2192, 1},  {0x3042, 2},
              {0xFE0F, 0},  {0x20D7, 0},  {0x1D6FC, 1}, {0x10FFFF, 1}};
  for (auto [c, width] : rows)
    EXPECT_EQ(displayWidth(c), width) << std::hex << uint32_t(c);
}

TEST(Unicode, KnowsTheInvisible) {
  for (char32_t c : {0x00, 0x1F, 0x7F, 0x85, 0xA0, 0xAD, 0x200B, 0x2028, 0x202E,
                     0x2066, 0x3000, 0xFEFF, 0xFFFF, 0x1FFFE, 0xE0001})
    EXPECT_TRUE(isInvisible(c)) << std::hex << uint32_t(c);
  for (char32_t c : {0x20, 0x7E, 0xA1, 0xAE, 0x301, 0x2010, 0x4E2D, 0x1F600})
    EXPECT_FALSE(isInvisible(c)) << std::hex << uint32_t(c);
}

} // namespace
