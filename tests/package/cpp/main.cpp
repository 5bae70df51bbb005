// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The C++ API by pkg-config: a product, a compiled expression, an error.

#include <einc/Einsum.h>

#include <iostream>

int main() {
  einc::Tensor a = {{1, 2, 3}, {4, 5, 6}}, b = {{1, 0}, {0, 1}, {2, 2}};
  std::cout << einc::einsum("ij,jk->ik", a, b) << "\n";

  einc::Expression transposed = einc::compile("ij->ji", {a.type()});
  std::cout << transposed(a) << "\n";

  try {
    einc::einsum("ij,jk->iz", a, b);
  } catch (const einc::Error &error) {
    std::cout << einc::kindName(error.kind()) << "\n" << error.what();
  }
}
