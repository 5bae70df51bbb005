// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Times of an expression beside the roofs of this machine and an opponent, all
/// measured in turn, so that they see the same noise.

#ifndef EINC_TOOLS_BENCH_MEASURE_H
#define EINC_TOOLS_BENCH_MEASURE_H

#include "compiler/Driver/Compiler.h"
#include "tools/bench/Clock.h"

#include <functional>

namespace einc::bench {

/// What an equation costs at least, whatever computes it.
struct Work {
  /// Real operations: those of the planner's convention, times four for complex
  /// numbers (a complex multiply-add is eight).
  double flops = 0;
  /// Every operand read once, the output written once.
  double bytes = 0;
};
Work workOf(const PlannedExpression &planned);

struct Measurement {
  Work work;
  unsigned threads = 1;
  Sample warm;     ///< seconds of a call
  Sample opponent; ///< seconds of a call; empty without an opponent
  double peak = 0; ///< operations per second of one core, best of all turns
  double copy = 0; ///< bytes per second, best of all turns
  /// Of the kernels, each once, in order of first use: "gemm", "reduce".
  std::vector<std::string> families;

  /// The lower roof: operations at the peak of all threads, or bytes at copy
  /// speed, whichever takes longer.
  double boundSeconds() const;
  /// Bound over best time: 1 is the roof.
  double ratio() const { return boundSeconds() / warm.best(); }
  double gflops() const { return work.flops / warm.best() * 1e-9; }
  double gigabytes() const { return work.bytes / warm.best() * 1e-9; }
};

/// Runs `turns` turns of calls, opponent and roofs. `arguments` as in
/// CompiledExpression::run. The first call must have been made. Errors: those
/// of the run.
Result<Measurement> measure(const CompiledExpression &compiled,
                            void *const *arguments, unsigned threads,
                            unsigned turns,
                            const std::function<void()> &opponent = {});

} // namespace einc::bench

#endif // EINC_TOOLS_BENCH_MEASURE_H
