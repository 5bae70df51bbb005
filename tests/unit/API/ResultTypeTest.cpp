// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/ResultType.h"

#include <gtest/gtest.h>
#include <vector>

using namespace einc;
using enum ElementType;

namespace {

std::string resultOf(std::vector<ElementType> operands,
                     std::optional<ElementType> accumulate = {}) {
  Result<ElementType> type = resultType(operands, accumulate);
  if (type)
    return elementName(*type);
  EXPECT_EQ(type.error().kind, ErrorKind::UnsupportedType);
  EXPECT_EQ(type.error().notes,
            std::vector<std::string>{
                "sums can be accumulated in i32 or i64, for operands of "
                "integer types and bool that are no wider"});
  return type.error().message;
}

TEST(ResultType, IsWhatAllOperandsPromoteTo) {
  EXPECT_EQ(resultOf({F32}), "f32");
  EXPECT_EQ(resultOf({F32, F64}), "f64");
  EXPECT_EQ(resultOf({I8, U8, F16}), "f16");
  EXPECT_EQ(resultOf({Bool, I16, C64}), "c64");
}

TEST(ResultType, IntegersAccumulateInWiderOnes) {
  EXPECT_EQ(resultOf({I8, U8}, I32), "i32");
  EXPECT_EQ(resultOf({I8, I8}, I64), "i64");
  EXPECT_EQ(resultOf({I32}, I32), "i32");
  EXPECT_EQ(resultOf({Bool, I16}, I32), "i32");
  EXPECT_EQ(resultOf({I64, Bool}, I64), "i64");
  EXPECT_EQ(resultOf({I8, I64}, I32),
            "operand 1 has elements of type i64, which are not accumulated in "
            "i32");
  EXPECT_EQ(resultOf({F16, I8}, I32),
            "operand 0 has elements of type f16, which are not accumulated in "
            "i32");
  EXPECT_EQ(resultOf({I8, C64}, I64),
            "operand 1 has elements of type c64, which are not accumulated in "
            "i64");
  EXPECT_EQ(resultOf({F16}, F32), "sums cannot be accumulated in f32");
  EXPECT_EQ(resultOf({I8}, I16), "sums cannot be accumulated in i16");
  EXPECT_EQ(resultOf({I8}, ElementType(77)),
            "sums cannot be accumulated in a type that does not exist");
}

} // namespace
