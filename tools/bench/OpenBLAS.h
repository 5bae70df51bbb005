// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// OpenBLAS as an opponent, found at run time.

#ifndef EINC_TOOLS_BENCH_OPENBLAS_H
#define EINC_TOOLS_BENCH_OPENBLAS_H

#include "compiler/Support/Result.h"
#include "einc/ElementType.h"
#include "tools/bench/MatrixProduct.h"

#include <functional>
#include <string>

namespace einc::bench {

class OpenBLAS {
public:
  /// Loads libopenblas.so.0 and sets its number of threads. Error: IO that says
  /// what is missing and how to do without it.
  static Result<OpenBLAS> load(unsigned threads);

  /// A call that computes a product of these extents from operands of its own
  /// that need no transposition, which no route through OpenBLAS can beat:
  /// dot, gemv, gemm, one after the other for a batch. Empty if it has no
  /// routine for the type or memory is short.
  std::function<void()> product(const MatrixProduct &product,
                                ElementType type) const;
  /// A call that transposes a matrix of rows x columns out of place.
  std::function<void()> transposition(int64_t rows, int64_t columns,
                                      ElementType type) const;

private:
  explicit OpenBLAS(void *library) : library(library) {}
  template <typename Function> Function *find(const std::string &name) const;
  template <typename T>
  std::function<void()> realProduct(const MatrixProduct &product,
                                    char letter) const;
  template <typename T>
  std::function<void()> complexProduct(const MatrixProduct &product,
                                       char letter) const;
  template <typename T>
  std::function<void()> transposed(int64_t rows, int64_t columns,
                                   char letter) const;

  void *library; ///< stays loaded
};

} // namespace einc::bench

#endif // EINC_TOOLS_BENCH_OPENBLAS_H
