// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Seconds, and a sample of them.

#ifndef EINC_TOOLS_BENCH_CLOCK_H
#define EINC_TOOLS_BENCH_CLOCK_H

#include <algorithm>
#include <chrono>
#include <vector>

namespace einc::bench {

inline double now() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

struct Sample {
  std::vector<double> values;

  double best() const {
    return *std::min_element(values.begin(), values.end());
  }
  double median() const {
    std::vector<double> sorted = values;
    std::nth_element(sorted.begin(), sorted.begin() + sorted.size() / 2,
                     sorted.end());
    return sorted[sorted.size() / 2];
  }
};

} // namespace einc::bench

#endif // EINC_TOOLS_BENCH_CLOCK_H
