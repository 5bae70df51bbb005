// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One case of a suite: compiled, given operands, measured.

#ifndef EINC_TOOLS_BENCH_RUNCASE_H
#define EINC_TOOLS_BENCH_RUNCASE_H

#include "tools/bench/Measure.h"
#include "tools/bench/OpenBLAS.h"
#include "tools/bench/Suites.h"
#include "tools/einc/TensorData.h"

namespace einc::bench {

struct RunSettings {
  unsigned threads = 1;
  unsigned turns = 9;
  const OpenBLAS *openblas = nullptr; ///< null: left out
};

/// A case with its tensors: operands of distinct numbers, then the output.
struct PreparedCase {
  ShapedEquation equation;
  std::vector<TensorLayout> operands;
  TensorLayout output;
  std::vector<TensorData> tensors;

  std::vector<void *> arguments() const;
};
Result<ShapedEquation> shapeOf(const Case &item, std::vector<Shape> &shapes);
Result<PreparedCase> prepareCase(const Case &item);

/// Compiles, runs and measures a case. OpenBLAS computes the equal matrix
/// product where there is one. Errors: those of each stage.
Result<Measurement> runCase(const Case &item, const RunSettings &settings);

} // namespace einc::bench

#endif // EINC_TOOLS_BENCH_RUNCASE_H
