// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The C++ API by find_package.

#include <einc/Einsum.h>

#include <iostream>

int main() {
  einc::Tensor a = {{1, 2}, {3, 4}}, b = {{5, 6}, {7, 8}}, c = {1, -1};
  std::cout << einc::einsum("ij,jk,k->i", a, b, c) << "\n";
  einc::Plan plan = einc::plan("ij,jk,k->i", {{9, 9}, {9, 9}, {9}});
  std::cout << plan.steps[0].equation << ", " << plan.flops << " flops\n";
}
