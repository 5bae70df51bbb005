// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Kernels by key: compiled once, mapped once, shared by every expression of
/// the process; and, where asked for, kept on disk for later processes.

#ifndef EINC_COMPILER_DRIVER_KERNELCACHE_H
#define EINC_COMPILER_DRIVER_KERNELCACHE_H

#include "compiler/Driver/DiskCache.h"
#include "compiler/Driver/Kernel.h"
#include "compiler/Driver/KernelKey.h"
#include "compiler/Schedule/CompilerTable.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

namespace einc {

/// Wall-clock seconds; 0 where every kernel was there.
struct KernelTimings {
  double loadCompiler = 0; ///< dlopen of libeinc-compiler.so
  double compile = 0;      ///< from schedules to images
  double map = 0;          ///< from compiled images to functions
  double disk = 0;         ///< reading, mapping and writing entries on disk
  uint32_t compiled = 0;   ///< kernels that this call compiled
  uint32_t fromDisk = 0;   ///< kernels that this call found on disk
  uint32_t cached = 0;     ///< kernels that were there or came from a thread
                           ///< that was making them
  /// Why kernels could not be looked for or kept on disk; empty: they could.
  std::string diskProblem = {};
};

struct KernelOptions {
  /// Run the verifiers of the compiler's representations.
  bool verifyIR = false;
  /// Null: the disk is left alone.
  const DiskCacheOptions *disk = nullptr;
};

class KernelCache {
public:
  /// Gives the compiler's table, loading it if need be; thread-safe.
  using CompilerSource = std::function<Result<const EincCompilerTable *>()>;

  explicit KernelCache(CompilerSource source) : source(std::move(source)) {}
  KernelCache(const KernelCache &) = delete;
  KernelCache &operator=(const KernelCache &) = delete;

  /// The cache of this process over libeinc-compiler.so. Never destroyed.
  static KernelCache &process();

  /// One kernel for each schedule: from memory, else from disk, and what is on
  /// neither is compiled in one call of the compiler; without such kernels the
  /// compiler is not loaded. A key that another thread is working on is waited
  /// for. Errors: the source's, Internal if the compiler fails, and the
  /// runtime's if the code cannot be mapped. A failure is not remembered.
  /// Nothing that is wrong with the disk is an error.
  Result<std::vector<std::shared_ptr<const Kernel>>>
  get(std::span<const Schedule> schedules, const Target &target,
      const KernelOptions &options, KernelTimings &timings);

  Result<const EincCompilerTable *> compiler() const { return source(); }

  /// Kernels held now.
  size_t size() const;

private:
  /// A key that is known; `kernel` is null while a thread makes it. Done
  /// without a kernel, it has failed and is in `entries` no more.
  struct Entry {
    std::shared_ptr<const Kernel> kernel;
    bool done = false;
  };
  struct Claim {
    KernelKey key;
    std::shared_ptr<Entry> entry;
    const Schedule *schedule;
    size_t index; ///< in the schedules asked for
  };

  using Kernels = std::vector<std::shared_ptr<const Kernel>>;

  Result<Kernels> makeKernels(const std::vector<Claim> &claims,
                              const Target &target,
                              const KernelOptions &options,
                              KernelTimings &timings) const;
  Result<Success> compileMissing(const std::vector<Claim> &claims,
                                 const Target &target, bool verifyIR,
                                 Kernels &kernels,
                                 KernelTimings &timings) const;
  void publish(const std::vector<Claim> &claims, const Kernels &kernels);
  void dropUnused();

  CompilerSource source;
  mutable std::mutex mutex;
  std::condition_variable published;
  std::map<KernelKey, std::shared_ptr<Entry>> entries;
};

} // namespace einc

#endif // EINC_COMPILER_DRIVER_KERNELCACHE_H
