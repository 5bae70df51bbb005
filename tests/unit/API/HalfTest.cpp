// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Half.h"
#include "einc/ElementType.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

using namespace einc;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

TEST(Half, RoundsToNearestTiesToEven) {
  struct Row {
    float value;
    uint16_t bits;
  } rows[] = {
      {0.0f, 0x0000},     {-0.0f, 0x8000},    {1.0f, 0x3c00},
      {-2.5f, 0xc100},    {0.1f, 0x2e66},     {2049.0f, 0x6800},
      {2051.0f, 0x6802},  {65504.0f, 0x7bff}, {65519.0f, 0x7bff},
      {65520.0f, 0x7c00}, {-1e6f, 0xfc00},    {infinity, 0x7c00},
      {0x1p-14f, 0x0400}, {0x1p-24f, 0x0001}, {0x1p-25f, 0x0000},
      {0x3p-26f, 0x0001}, {0x3p-25f, 0x0002}, {0x1.ffcp-15f, 0x0400},
  };
  for (const Row &row : rows)
    EXPECT_EQ(Half(row.value).bits(), row.bits) << row.value;
}

TEST(Half, EveryPatternComesBack) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    Half half = Half::fromBits(uint16_t(bits));
    if (std::isnan(float(half)))
      EXPECT_TRUE(std::isnan(float(Half(float(half)))));
    else
      EXPECT_EQ(Half(float(half)).bits(), bits);
    BFloat16 brain = BFloat16::fromBits(uint16_t(bits));
    if (std::isnan(float(brain)))
      EXPECT_TRUE(std::isnan(float(BFloat16(float(brain)))));
    else
      EXPECT_EQ(BFloat16(float(brain)).bits(), bits);
  }
}

TEST(Half, DoublesAreRoundedOnce) {
  // A float beside each of these is a tie that rounds the other way.
  EXPECT_EQ(Half(1 + 0x1p-11 + 0x1p-40).bits(), 0x3c01);
  EXPECT_EQ(Half(1 + 0x3p-11 - 0x1p-40).bits(), 0x3c01);
  EXPECT_EQ(Half(-1 - 0x1p-11 - 0x1p-40).bits(), 0xbc01);
  EXPECT_EQ(BFloat16(1 + 0x1p-8 + 0x1p-40).bits(), 0x3f81);
  EXPECT_EQ(Half(0x1p-25 + 0x1p-70).bits(), 0x0001);
  EXPECT_EQ(Half(-0x1p-300).bits(), 0x8000);
  EXPECT_EQ(Half(1e300).bits(), 0x7c00);
  EXPECT_EQ(BFloat16(-1e300).bits(), 0xff80);
  EXPECT_EQ(Half(3).bits(), 0x4200);
  EXPECT_TRUE(std::isnan(float(BFloat16(std::nan("")))));
}

TEST(BFloat16, RoundsToNearestTiesToEven) {
  EXPECT_EQ(BFloat16(1.0f).bits(), 0x3f80);
  EXPECT_EQ(BFloat16(257.0f).bits(), 0x4380);
  EXPECT_EQ(BFloat16(259.0f).bits(), 0x4382);
  EXPECT_EQ(BFloat16(-infinity).bits(), 0xff80);
  EXPECT_EQ(BFloat16(3.4e38f).bits(), 0x7f80);
}

TEST(ElementType, PromotesAsNumpyDoes) {
  using enum ElementType;
  struct Row {
    ElementType a, b, result;
  } rows[] = {
      {F32, F64, F64},  {F32, C64, C64},    {F64, C64, C128}, {I8, U8, I16},
      {I16, U8, I16},   {I8, I16, I16},     {I32, I64, I64},  {I8, F16, F16},
      {U8, F16, F16},   {I16, F16, F32},    {I32, F16, F64},  {I16, F32, F32},
      {I32, F32, F64},  {I64, F32, F64},    {I16, C64, C64},  {I32, C64, C128},
      {Bool, I8, I8},   {Bool, Bool, Bool}, {Bool, C64, C64}, {F16, BF16, F32},
      {BF16, I8, BF16}, {BF16, I16, F32},   {F16, C64, C64},  {F16, F32, F32},
      {BF16, F64, F64}, {Bool, BF16, BF16}, {U8, U8, U8},     {U8, I64, I64},
  };
  for (const Row &row : rows) {
    EXPECT_EQ(promote(row.a, row.b), row.result)
        << elementName(row.a) << " " << elementName(row.b);
    EXPECT_EQ(promote(row.b, row.a), row.result)
        << elementName(row.b) << " " << elementName(row.a);
  }
}

TEST(ElementType, PromotesManyInAnyOrder) {
  using enum ElementType;
  struct Row {
    std::vector<ElementType> types;
    ElementType result;
  } rows[] = {
      {{I8}, I8},
      {{I8, U8, F16}, F16}, // although i8 and u8 alone are i16
      {{I8, U8}, I16},
      {{I16, U8, F16}, F32},
      {{I8, U8, BF16, F16}, F32},
      {{Bool, U8, I32, I64}, I64},
      {{F32, I32, C64}, C128},
      {{Bool, Bool, F16}, F16},
      {{C64, F64, I8}, C128},
  };
  for (Row &row : rows) {
    std::sort(row.types.begin(), row.types.end());
    do
      EXPECT_EQ(promoteAll(row.types), row.result);
    while (std::next_permutation(row.types.begin(), row.types.end()));
  }
}

TEST(ElementType, AlignmentIsThatOfTheParts) {
  for (size_t i = 0; i < NumElementTypes; ++i) {
    auto type = ElementType(i);
    EXPECT_EQ(elementAlignment(type), elementBytes(realType(type)));
  }
}

TEST(ElementType, NamesComeBack) {
  for (size_t i = 0; i < NumElementTypes; ++i)
    EXPECT_EQ(elementTypeNamed(elementName(ElementType(i))), ElementType(i));
  EXPECT_EQ(elementTypeNamed("f31"), std::nullopt);
}

} // namespace
