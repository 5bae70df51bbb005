// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How to plan, compile and run. Every member has a default that is right for
/// most calls; set some by name: `{.threads = 1, .cpu = "avx2"}`.

#ifndef EINC_OPTIONS_H
#define EINC_OPTIONS_H

#include "einc/ElementType.h"
#include "einc/Scalar.h"

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
  /// The type that integers are summed in, I32 or I64, if not the operands'
  /// own: the result has it. Operands of i8, u8 and so on are then summed
  /// without wrapping. For operands of integer types and bool that are no
  /// wider; UnsupportedType for any other.
  std::optional<ElementType> accumulate = {};
  /// Bytes that operands, output and workspace may take together; above it a
  /// Limit error says so before anything is allocated. 0: what is free under
  /// the cgroup's limit and in the system.
  uint64_t maxMemory = 0;
  /// Whether einsum and einsumInto keep what they compiled for the next call
  /// with the same equation, types, shapes and strides.
  bool cacheCompiled = true;
  /// Whether kernels are kept on disk, for later processes: one that finds all
  /// of its kernels there never loads libeinc-compiler.so. What is wrong with
  /// the disk costs time and nothing else; `einc cache stats` says what it is.
  /// Code from there is run: the folder must belong to this user, and nobody
  /// else may write to it, else it is left alone.
  bool diskCache = false;
  /// The folder of diskCache. Empty: the environment's EINC_CACHE_DIR, else
  /// XDG_CACHE_HOME/einc, else HOME/.cache/einc. It holds 256 MiB at most, or
  /// EINC_CACHE_MAX_BYTES.
  std::string cacheDirectory = {};
};

/// A caller's own parallel loop, to run on threads that are there already:
/// `parallelFor` must call task(argument, index) once for each index from 0 to
/// count - 1, on any threads, in any order, and return when all have returned.
/// It must not throw.
struct Executor {
  void (*parallelFor)(void *context, uint32_t count,
                      void (*task)(void *argument, uint32_t index),
                      void *argument) = nullptr;
  void *context = nullptr;
};

/// out = alpha * value + beta * out. With beta == 0, out is not read.
///
/// alpha and beta are numbers that the result's type can hold: real where it is
/// real; for integers whole and within the type's range; 0 or 1 for bool. Any
/// other is InvalidArgument. Half types take numbers of f32.
struct RunOptions {
  Scalar alpha = 1;
  Scalar beta = 0;
  /// Threads of this run; 0: those that the expression was compiled with.
  unsigned threads = 0;
  /// Runs what is parallel, in at most `threads` tasks; null: the process's own
  /// threads.
  const Executor *executor = nullptr;
  /// Memory for intermediates and scratch: 64-byte aligned, of no other use
  /// during the call, at least Expression::workspaceBytes(threads) bytes long.
  /// Null: the calling thread's own, which it keeps for its next call.
  void *workspace = nullptr;
  uint64_t workspaceBytes = 0;
};

} // namespace einc

#endif // EINC_OPTIONS_H
