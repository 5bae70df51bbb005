// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einc as a part of somebody's own build.

#include <einc/Einsum.h>

#include <iostream>

int main() {
  einc::Tensor a = {{1, 2}, {3, 4}};
  std::cout << einc::einsum("ij->", a) << " " << einc::einsum("ii->", a)
            << "\n";
}
