// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What is measured: cases, in suites by name.

#ifndef EINC_TOOLS_BENCH_SUITES_H
#define EINC_TOOLS_BENCH_SUITES_H

#include "compiler/Support/Result.h"
#include "einc/ElementType.h"

#include <optional>
#include <string>
#include <vector>

namespace einc::bench {

struct Case {
  std::string equation;
  std::string dims; ///< as --dims takes them: "i=512,j=512"
  ElementType type = ElementType::F32;
  /// The result's type where it is not the operands': sums of bytes in i32.
  std::optional<ElementType> result;
  std::string name; ///< for people; empty: the equation says enough
};

struct Suite {
  std::string name;
  std::string about;
  std::vector<Case> cases;
};

/// gemm, tccg, batched, small, memory, types. `full`: tccg at 200 MiB a tensor
/// instead of 6. Error: IO if the list of tccg cannot be read.
Result<std::vector<Suite>> makeSuites(bool full);

} // namespace einc::bench

#endif // EINC_TOOLS_BENCH_SUITES_H
