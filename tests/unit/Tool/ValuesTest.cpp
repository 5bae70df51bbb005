// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Values of options: tables of texts and what they mean.

#include "tools/einc/Values.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

template <typename T> std::string message(const Parsed<T> &parsed) {
  const std::string *text = std::get_if<1>(&parsed);
  return text ? *text : "(accepted)";
}

TEST(ValuesTest, Counts) {
  EXPECT_EQ(std::get<0>(parseCount("0")), 0u);
  EXPECT_EQ(std::get<0>(parseCount("18446744073709551615")), UINT64_MAX);
  for (const char *bad : {"", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x10",
                          "18446744073709551616", "x"})
    EXPECT_EQ(message(parseCount(bad)),
              "'" + std::string(bad) + "' is no whole number below 2^64");
  EXPECT_EQ(std::get<0>(parseSmallCount("1000000")), 1000000u);
  for (const char *bad : {"0", "1000001", "4294967297", ""})
    EXPECT_EQ(message(parseSmallCount(bad)),
              "'" + std::string(bad) +
                  "' is no whole number from 1 to 1000000");
}

TEST(ValuesTest, Bytes) {
  EXPECT_EQ(std::get<0>(parseBytes("4096")), 4096u);
  EXPECT_EQ(std::get<0>(parseBytes("3K")), 3072u);
  EXPECT_EQ(std::get<0>(parseBytes("512M")), uint64_t(512) << 20);
  EXPECT_EQ(std::get<0>(parseBytes("7G")), uint64_t(7) << 30);
  EXPECT_EQ(std::get<0>(parseBytes("16777215T")), uint64_t(16777215) << 40);
  for (const char *bad : {"", "K", "0", "0K", "-1K", "1.5G", "4g", "4GB", "4KK",
                          "16777216T", "18446744073709551616"})
    EXPECT_EQ(message(parseBytes(bad)),
              "'" + std::string(bad) + "' is no size such as 4096, 512M or 4G");
}

TEST(ValuesTest, Seconds) {
  EXPECT_EQ(std::get<0>(parseSeconds("1.5")), 1.5);
  EXPECT_EQ(std::get<0>(parseSeconds("1e-3")), 1e-3);
  for (const char *bad : {"", "-1", "nan", "inf", "1s"})
    EXPECT_EQ(message(parseSeconds(bad)),
              "'" + std::string(bad) + "' is no number of seconds");
}

struct PathRow {
  const char *text;
  std::vector<std::vector<uint32_t>> steps;
  bool ssa;
};

TEST(ValuesTest, Paths) {
  const PathRow rows[] = {
      {"(1,2),(0,1)", {{1, 2}, {0, 1}}, false},
      {"[(1, 2), (0, 1)]", {{1, 2}, {0, 1}}, false},
      {"[[1,2],[0,1]]", {{1, 2}, {0, 1}}, false},
      {"((1,2),(0,1))", {{1, 2}, {0, 1}}, false},
      {"['einsum_path', (1, 2), (0, 1)]", {{1, 2}, {0, 1}}, false},
      {"(0,)", {{0}}, false},
      {"(0,1,2)", {{0, 1, 2}}, false},
      {"ssa:(1,2),(0,3)", {{1, 2}, {0, 3}}, true},
      {"(4294967295,0)", {{4294967295, 0}}, false},
  };
  for (const PathRow &row : rows) {
    SCOPED_TRACE(row.text);
    Parsed<PathArgument> path = parsePath(row.text);
    ASSERT_EQ(path.index(), 0u) << message(path);
    EXPECT_EQ(std::get<0>(path).steps, row.steps);
    EXPECT_EQ(std::get<0>(path).ssa, row.ssa);
  }
  for (const char *bad : {"",
                          "1,2",
                          "()",
                          "[]",
                          "(1,2",
                          "(1,2))",
                          "[(1,2)",
                          "(1,2)]",
                          "(1 2)",
                          "(1,-2)",
                          "(1,2)x",
                          "(4294967296,0)",
                          "(1,2]",
                          "ssa:",
                          "[[[1,2]]]",
                          "(1,2),",
                          "(,1)",
                          "[(1,2),]",
                          "['einsum_path']",
                          "['einsum_path',]",
                          "['path',(1,2)]",
                          "'einsum_path',(1,2)"})
    EXPECT_EQ(message(parsePath(bad)),
              "'" + std::string(bad) + "' is no path such as (1,2),(0,1)");
}

TEST(ValuesTest, TypesAndStages) {
  EXPECT_EQ(std::get<0>(parseElementType("f32")), ElementType::F32);
  EXPECT_EQ(std::get<0>(parseElementType("float64")), ElementType::F64);
  EXPECT_EQ(message(parseElementType("F32")),
            "'F32' is no element type; use f32, f64, c64, c128, i8, i16, i32, "
            "i64, u8, bool, f16 or bf16");
  EXPECT_EQ(std::get<0>(parseElementType("bfloat16")), ElementType::BF16);
  EXPECT_EQ(std::get<0>(parseElementType("complex64")), ElementType::C64);
  EXPECT_EQ(std::get<0>(parseElementType("bool")), ElementType::Bool);
  for (size_t i = 0; i < NumElementTypes; ++i)
    EXPECT_EQ(std::get<0>(parseElementType(elementName(ElementType(i)))),
              ElementType(i));
  EXPECT_EQ(std::get<0>(parseStage("mlir")), Stage::MLIR);
  EXPECT_EQ(message(parseStage("")),
            "'' is no stage; use equation, plan, schedule, steps, mlir, llvm "
            "or asm");
}

TEST(ValuesTest, Lists) {
  EXPECT_EQ(std::get<0>(parseElementTypes("f32,i8,f32")),
            (std::vector<ElementType>{ElementType::F32, ElementType::I8,
                                      ElementType::F32}));
  EXPECT_EQ(std::get<0>(parseElementTypes("c128")),
            std::vector<ElementType>{ElementType::C128});
  for (const char *bad : {"", "f32,", ",f32", "f32,,f64", "f32 ,f64"})
    EXPECT_NE(message(parseElementTypes(bad)).find("' is no element type;"),
              std::string::npos)
        << bad;
  EXPECT_EQ(std::get<0>(parseCounts("0,2,1")),
            (std::vector<uint64_t>{0, 2, 1}));
  EXPECT_EQ(message(parseCounts("0,-1")), "'-1' is no whole number below 2^64");
  EXPECT_EQ(message(parseCounts("1,")), "'' is no whole number below 2^64");
}

TEST(ValuesTest, Methods) {
  EXPECT_EQ(std::get<0>(parseMethod("auto")).name, "auto");
  EXPECT_EQ(std::get<0>(parseMethod("greedy")).name, "greedy");
  EXPECT_EQ(message(parseMethod("best")),
            "'best' is no method; use " + methodList());
}

} // namespace
