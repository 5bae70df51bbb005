// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The C++ example of README.md, from the first include on.

#include <einc/Einsum.h>
#include <iostream>

int main() {
  einc::Tensor a = {{1, 2, 3}, {4, 5, 6}};
  einc::Tensor b = {{7, 8}, {9, 10}, {11, 12}};
  std::cout << einc::einsum("ij,jk->ik", a, b) << "\n";
}
