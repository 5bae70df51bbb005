// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A compiler for matrix programs that embeds einc: reads a program, fuses its
/// products, and runs both forms, which must print the same.

#include "IR.h"

#include <einc/Error.h>

#include <fstream>
#include <iostream>
#include <sstream>

int main(int argc, char **argv) try {
  std::ifstream file(argc > 1 ? argv[1] : "");
  if (!file)
    throw std::runtime_error("usage: main FILE");
  Program program = read(file), fused = fuse(program);
  std::cout << "before\n";
  print(std::cout, program);
  std::cout << "after\n";
  print(std::cout, fused);
  std::ostringstream one, other;
  execute(one, program);
  execute(other, fused);
  std::cout << other.str()
            << (one.str() == other.str() ? "as before\n" : "not as before\n");
  return one.str() == other.str() ? 0 : 1;
} catch (const std::exception &error) {
  std::cerr << "error: " << error.what() << "\n";
  return 1;
}
