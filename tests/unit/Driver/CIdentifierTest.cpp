// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CIdentifier.h"

#include <gtest/gtest.h>

#include <string>

using namespace einc;

TEST(CIdentifier, AreNamesThatProgramsMayUse) {
  for (const char *name : {"f", "A", "a1", "matrix_product", "F_", "Int"})
    EXPECT_TRUE(isCIdentifier(name)) << name;
  for (const char *name :
       {"", "1a", "_A", "_a", "a__b", "a-b", "a b", "é", "int", "class",
        "restrict", "main", "xor_eq", "alignas", "int64_t", "a\n"})
    EXPECT_FALSE(isCIdentifier(name)) << name;
  EXPECT_TRUE(isCIdentifier(std::string(200, 'x')));
  EXPECT_FALSE(isCIdentifier(std::string(201, 'x')));
  EXPECT_FALSE(isCIdentifier(std::string_view("a\0b", 3)));
}
