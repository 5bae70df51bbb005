// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How to plan, compile and run. Every member has a default that is right for
/// most calls; set some by name: `{.threads = 1, .cpu = "avx2"}`.

#ifndef EINC_OPTIONS_H
#define EINC_OPTIONS_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace einc {

struct Options {
  /// Threads of a run. 0: the environment's EINC_NUM_THREADS, else as many as
  /// this process may use processors (its affinity and its cgroup's quota).
  unsigned threads = 0;
  /// The processor to generate code for: "native", "x86-64", "avx2", "avx512".
  /// Code for a processor that this one is not cannot be run.
  std::string cpu = "native";
  /// How the order is searched: "auto", "optimal", "greedy", "left-to-right".
  std::string optimize = "auto";
  /// An order of contraction instead of a search: each entry names the operands
  /// to contract by their places in the list that is left, as np.einsum_path
  /// prints it. `{{1, 2}, {0, 1}}` is A(BC).
  std::vector<std::vector<uint32_t>> path = {};
  /// Entries of `path` are value numbers instead: operands are 0 to n-1, the
  /// result of step s is n+s.
  bool ssaPath = false;
  /// Equal seeds give equal orders.
  uint64_t seed = 0;
  /// Seconds that the search may take; it returns the best order so far.
  std::optional<double> timeLimit = {};
  /// Bytes that operands, output and workspace may take together; above it a
  /// Limit error says so before anything is allocated. 0: what is free under
  /// the cgroup's limit and in the system.
  uint64_t maxMemory = 0;
  /// Whether einsum and einsumInto keep what they compiled for the next call
  /// with the same equation, types, shapes and strides.
  bool cacheCompiled = true;
};

/// out = alpha * value + beta * out. With beta == 0, out is not read.
struct RunOptions {
  double alpha = 1;
  double beta = 0;
  /// Threads of this run; 0: those that the expression was compiled with.
  unsigned threads = 0;
};

} // namespace einc

#endif // EINC_OPTIONS_H
