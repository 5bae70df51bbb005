// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Headers of .npy files, right and wrong, as texts.

#include "tools/einc/NpyHeader.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

struct GoodHeader {
  const char *text;
  ElementType type;
  bool swapped;
  bool fortranOrder;
  Shape shape;
};

TEST(NpyHeaderTest, ReadsEverySpelling) {
  const GoodHeader rows[] = {
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }   \n",
       ElementType::F32,
       false,
       false,
       {3, 4}},
      {"{'descr': '>f8', 'fortran_order': True, 'shape': (7,), }\n",
       ElementType::F64,
       true,
       true,
       {7}},
      {"{'descr': '=f4', 'fortran_order': False, 'shape': ()}",
       ElementType::F32,
       false,
       false,
       {}},
      {"{\"shape\":(2,0,5,),\"descr\":\"<f8\",\"fortran_order\":True}",
       ElementType::F64,
       false,
       true,
       {2, 0, 5}},
      {"\t{ 'shape' : ( 1 , 2 ) , 'fortran_order' : False , 'descr' : '<f4' }",
       ElementType::F32,
       false,
       false,
       {1, 2}},
      {"{'descr': '<f4', 'fortran_order': False, "
       "'shape': (9223372036854775807,)}",
       ElementType::F32,
       false,
       false,
       {INT64_MAX}},
  };
  for (const GoodHeader &row : rows) {
    SCOPED_TRACE(row.text);
    Result<NpyHeader> header = parseNpyHeader(row.text);
    ASSERT_TRUE(header) << header.error().message;
    EXPECT_EQ(header->type, row.type);
    EXPECT_EQ(header->swapped, row.swapped);
    EXPECT_EQ(header->fortranOrder, row.fortranOrder);
    EXPECT_EQ(header->shape, row.shape);
  }
}

TEST(NpyHeaderTest, KnowsTheCodesOfAllTypes) {
  using enum ElementType;
  struct {
    const char *descr;
    ElementType type;
    bool swapped;
  } rows[] = {
      {"<f2", F16, false},   {">f2", F16, true},        {"<f4", F32, false},
      {">f8", F64, true},    {"<c8", C64, false},       {">c8", C64, true},
      {"=c16", C128, false}, {">c16", C128, true},      {"|i1", I8, false},
      {"<i1", I8, false},    {"<i2", I16, false},       {">i2", I16, true},
      {"<i4", I32, false},   {">i8", I64, true},        {"|u1", U8, false},
      {"|b1", Bool, false},  {"=b1", Bool, false},      {"<V2", BF16, false},
      {"|V2", BF16, false},  {"bfloat16", BF16, false},
  };
  for (const auto &row : rows) {
    Result<NpyHeader> header =
        parseNpyHeader("{'descr': '" + std::string(row.descr) +
                       "', 'fortran_order': False, 'shape': ()}");
    ASSERT_TRUE(header) << header.error().message;
    EXPECT_EQ(header->type, row.type) << row.descr;
    // The order of single bytes means nothing, so either answer is right.
    if (elementBytes(row.type) > 1) {
      EXPECT_EQ(header->swapped, row.swapped) << row.descr;
    }
    EXPECT_EQ(header->untyped, row.descr[1] == 'V') << row.descr;
  }
}

TEST(NpyHeaderTest, WritesNumpysCodes) {
  const char *codes[NumElementTypes] = {"<f4", "<f8", "<c8", "<c16",
                                        "|i1", "<i2", "<i4", "<i8",
                                        "|u1", "|b1", "<f2", "<V2"};
  for (size_t i = 0; i < NumElementTypes; ++i)
    EXPECT_NE(makeNpyHeader(ElementType(i), {2, 3})
                  .find("{'descr': '" + std::string(codes[i]) +
                        "', 'fortran_order': False, 'shape': (2, 3), }"),
              std::string::npos)
        << codes[i];
}

#define ELEMENTS(what)                                                         \
  "elements of " what "; einc reads f2, f4, f8, c8, c16, i1, i2, i4, i8, u1, " \
  "b1, and V2 as bf16"

struct BadHeader {
  const char *text;
  ErrorKind kind;
  const char *message;
};

TEST(NpyHeaderTest, RefusesEverythingElse) {
  constexpr auto IO = ErrorKind::IO;
  constexpr auto Type = ErrorKind::UnsupportedType;
  constexpr const char *NoDict = "the header is no dict of 'key': value pairs";
  constexpr const char *NoShape =
      "the header's 'shape' is no tuple of at most 64 extents";
  const BadHeader rows[] = {
      {"", IO, "the header is no dict"},
      {"[]", IO, "the header is no dict"},
      {"{", IO, NoDict},
      {"{}", IO, "the header lacks 'descr', 'fortran_order' or 'shape'"},
      {"{'descr'}", IO, NoDict},
      {"{'descr': '<f4' 'shape': ()}", IO, NoDict},
      {"{'descr': '<f4}", IO, "the header's 'descr' is no string"},
      {"{'descr': f4}", IO, "the header's 'descr' is no string"},
      {"{'colour': 'red'}", IO,
       "the header's key 'colour' is unknown or given twice"},
      {"{'descr': '<f4', 'descr': '<f4'}", IO,
       "the header's key 'descr' is unknown or given twice"},
      {"{'a\nb\x01': 1}", IO,
       "the header's key 'a\\nb\\x01' is unknown or given twice"},
      {"{'fortran_order': 0}", IO,
       "the header's 'fortran_order' is not True or False"},
      {"{'shape': 3}", IO, NoShape},
      {"{'shape': (3)}", IO, NoShape},
      {"{'shape': (3 4)}", IO, NoShape},
      {"{'shape': (,)}", IO, NoShape},
      {"{'shape': (3,,4)}", IO, NoShape},
      {"{'shape': (-3,)}", IO, NoShape},
      {"{'shape': (-0,)}", IO, NoShape},
      {"{'shape': (3L,)}", IO, NoShape},
      {"{'shape': (1e3,)}", IO, NoShape},
      {"{'shape': (9223372036854775808,)}", IO, NoShape},
      {"{'shape': (3, 4", IO, NoShape},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': ()}}", IO,
       "the header goes on after its dict"},
      {"{'descr': '\n'}", Type, ELEMENTS("type '\\n'")},
      {"{'descr': ''}", Type, ELEMENTS("type ''")},
      {"{'descr': '|O'}", Type, ELEMENTS("type '|O'")},
      {"{'descr': '|f4'}", Type, ELEMENTS("type '|f4'")},
      {"{'descr': '<u2'}", Type, ELEMENTS("type '<u2'")},
      {"{'descr': '>u4'}", Type, ELEMENTS("type '>u4'")},
      {"{'descr': '<u8'}", Type, ELEMENTS("type '<u8'")},
      {"{'descr': '<f16'}", Type, ELEMENTS("type '<f16'")},
      {"{'descr': '<c32'}", Type, ELEMENTS("type '<c32'")},
      {"{'descr': '<U5'}", Type, ELEMENTS("type '<U5'")},
      {"{'descr': '|S3'}", Type, ELEMENTS("type '|S3'")},
      {"{'descr': '<M8[ns]'}", Type, ELEMENTS("type '<M8[ns]'")},
      {"{'descr': '<f1'}", Type, ELEMENTS("type '<f1'")},
      {"{'descr': '|V1'}", Type, ELEMENTS("type '|V1'")},
      {"{'descr': '<V4'}", Type, ELEMENTS("type '<V4'")},
      {"{'descr': '>V2'}", Type, ELEMENTS("type '>V2'")},
      {"{'descr': 'f4'}", Type, ELEMENTS("type 'f4'")},
      {"{'descr': '?'}", Type, ELEMENTS("type '?'")},
      {"{'descr': '<i16'}", Type, ELEMENTS("type '<i16'")},
      {"{'descr': 'bfloat'}", Type, ELEMENTS("type 'bfloat'")},
      {"{'descr': [('x', '<f4')]}", Type, ELEMENTS("several fields")},
  };
  for (const BadHeader &row : rows) {
    SCOPED_TRACE(row.text);
    Result<NpyHeader> header = parseNpyHeader(row.text);
    ASSERT_FALSE(header);
    EXPECT_EQ(header.error().kind, row.kind);
    EXPECT_EQ(header.error().message, row.message);
  }
}

TEST(NpyHeaderTest, CapsRank) {
  auto header = [](size_t rank) {
    std::string shape;
    for (size_t i = 0; i < rank; ++i)
      shape += std::to_string(i % 3 + 1) + ",";
    return parseNpyHeader("{'descr': '<f4', 'fortran_order': False, "
                          "'shape': (" +
                          shape + ")}");
  };
  Result<NpyHeader> most = header(64);
  ASSERT_TRUE(most);
  EXPECT_EQ(most->shape.size(), 64u);
  EXPECT_FALSE(header(65));
}

TEST(NpyHeaderTest, ReadsPreambles) {
  Result<NpyPreamble> one = parseNpyPreamble({"\x93NUMPY\1\0\x76\1{'", 12});
  ASSERT_TRUE(one);
  EXPECT_EQ(one->textOffset, 10u);
  EXPECT_EQ(one->textBytes, 0x176u);
  for (char version : {'\2', '\3'}) {
    std::string start("\x93NUMPY?\0\x10\x27\0\0", 12);
    start[6] = version;
    Result<NpyPreamble> preamble = parseNpyPreamble(start);
    ASSERT_TRUE(preamble);
    EXPECT_EQ(preamble->textOffset, 12u);
    EXPECT_EQ(preamble->textBytes, 10000u);
    start[8] = '\x11';
    EXPECT_FALSE(parseNpyPreamble(start));
  }
  EXPECT_FALSE(parseNpyPreamble(""));
  EXPECT_FALSE(parseNpyPreamble({"\x93NUMPY\1\0\x76", 9}));
  EXPECT_FALSE(parseNpyPreamble({"\x93NUMPY\2\0\x76\0\0", 11}));
  EXPECT_FALSE(parseNpyPreamble({"\x93NUMPY\0\0\x76\0{'", 12}));
  EXPECT_FALSE(parseNpyPreamble({"\x93NUMPY\4\0\x76\0{'", 12}));
  EXPECT_FALSE(parseNpyPreamble({"\x93NUMPY\1\1\x76\0{'", 12}));
  EXPECT_FALSE(parseNpyPreamble({"\x93NUMPX\1\0\x76\0{'", 12}));
}

TEST(NpyHeaderTest, WritesWhatItReads) {
  const Shape shapes[] = {{}, {7}, {2, 0, 5}, Shape(64, INT64_MAX)};
  for (size_t i = 0; i < NumElementTypes; ++i)
    for (const Shape &shape : shapes) {
      auto type = ElementType(i);
      std::string bytes = makeNpyHeader(type, shape);
      EXPECT_EQ(bytes.size() % 64, 0u);
      EXPECT_EQ(bytes.back(), '\n');
      Result<NpyPreamble> preamble = parseNpyPreamble(bytes);
      ASSERT_TRUE(preamble);
      ASSERT_EQ(preamble->textOffset + preamble->textBytes, bytes.size());
      Result<NpyHeader> header =
          parseNpyHeader(std::string_view(bytes).substr(10));
      ASSERT_TRUE(header) << header.error().message;
      EXPECT_EQ(header->type, type);
      EXPECT_EQ(header->untyped, type == ElementType::BF16);
      EXPECT_FALSE(header->swapped);
      EXPECT_FALSE(header->fortranOrder);
      EXPECT_EQ(header->shape, shape);
    }
}

} // namespace
