// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What is loaded into a process, and when. The one test of its program, since
/// nothing that is loaded leaves again.

#include "einc/Einsum.h"
#include "tests/unit/API/Throws.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

using namespace einc;
using namespace einc::test;

static bool isLoaded(const std::string &library) {
  std::ifstream file("/proc/self/maps");
  std::ostringstream maps;
  maps << file.rdbuf();
  return maps.str().find(library) != std::string::npos;
}

TEST(Library, TheCompilerIsLoadedForTheFirstKernel) {
  EXPECT_TRUE(isLoaded("libeinc.so"));
  einc::plan("ij,jk->ik", {{2, 3}, {3, 4}});
  Tensor a = {{1, 2}, {3, 4}};
  EXPECT_NE(errorOf([&] { einsum("ij,jk->iz", a, a); }), "no error");
  EXPECT_FALSE(isLoaded("libeinc-compiler"));

  // A file that is no library. The error is not remembered.
  setenv("EINC_COMPILER", __FILE__, 1);
  EXPECT_EQ(errorOf([&] { einsum("ij,jk->ik", a, a); }),
            "io: cannot load the compiler " __FILE__);
  unsetenv("EINC_COMPILER");
  EXPECT_EQ(einsum("ij,jk->ik", a, a)(1, 1), 22);
  EXPECT_TRUE(isLoaded("libeinc-compiler.so"));
  EXPECT_FALSE(isLoaded("libLLVM"));
  EXPECT_FALSE(isLoaded("libMLIR"));
}
