// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Stopwatch: the time since it was made.

#ifndef EINC_COMPILER_CODEGEN_STOPWATCH_H
#define EINC_COMPILER_CODEGEN_STOPWATCH_H

#include <chrono>

namespace einc {

class Stopwatch {
public:
  double milliseconds() const {
    return std::chrono::duration<double, std::milli>(Clock::now() - start)
        .count();
  }

private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start = Clock::now();
};

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_STOPWATCH_H
