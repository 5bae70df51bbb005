// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// First calls, each in a process of its own.

#ifndef EINC_TOOLS_BENCH_LATENCY_H
#define EINC_TOOLS_BENCH_LATENCY_H

#include <nlohmann/json.hpp>

namespace einc::bench {

/// Starts `turns` processes for each case, without a cache and with kernels on
/// disk, prints the best times and adds them to `rows`. Returns an exit status.
int runLatency(unsigned turns, nlohmann::ordered_json &rows);

/// What such a process does: einsum over matrices of n x n by the public
/// interface; prints the seconds of the call, and of the next one. `cache` is a
/// folder, or empty.
int firstCall(const char *n, const char *cache);

} // namespace einc::bench

#endif // EINC_TOOLS_BENCH_LATENCY_H
