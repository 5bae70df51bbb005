// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Kernels by key: compiled once, mapped once, shared by every expression of
/// the process.

#ifndef EINC_COMPILER_DRIVER_KERNELCACHE_H
#define EINC_COMPILER_DRIVER_KERNELCACHE_H

#include "compiler/Driver/KernelKey.h"
#include "compiler/Schedule/CompilerTable.h"
#include "compiler/Schedule/Schedule.h"
#include "runtime/CodeImage.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>

namespace einc {

/// A schedule's machine code, mapped.
struct Kernel {
  Family family;
  std::string schedule; ///< canonical text
  Target target;
  SHA256Digest imageHash; ///< of the bytes of the image
  uint64_t entryOffset = 0;
  uint64_t scratchBytes = 0;
  uint32_t numPointers = 0;
  runtime::CodeImage image;
  EincKernelFunction function = nullptr;
};

/// Wall-clock seconds; 0 where every kernel was there.
struct KernelTimings {
  double loadCompiler = 0; ///< dlopen of libeinc-compiler.so
  double compile = 0;      ///< from schedules to images
  double map = 0;          ///< from images to functions
  uint32_t compiled = 0;   ///< kernels that this call compiled
  uint32_t cached = 0;     ///< kernels that were there or came from a thread
                           ///< that was compiling them
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

  /// One kernel for each schedule. What is missing is compiled in one call of
  /// the compiler; a key that another thread is compiling is waited for.
  /// Errors: the source's, Internal if the compiler fails, and the runtime's
  /// if the code cannot be mapped. A failure is not remembered.
  Result<std::vector<std::shared_ptr<const Kernel>>>
  get(std::span<const Schedule> schedules, const Target &target, bool verifyIR,
      KernelTimings &timings);

  Result<const EincCompilerTable *> compiler() const { return source(); }

  /// Kernels held now.
  size_t size() const;

private:
  /// A key that is known; `kernel` is null while a thread compiles it. Done
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

  Result<std::vector<std::shared_ptr<const Kernel>>>
  compileClaims(const std::vector<Claim> &claims, const Target &target,
                bool verifyIR, KernelTimings &timings) const;
  void publish(const std::vector<Claim> &claims,
               const std::vector<std::shared_ptr<const Kernel>> &kernels);
  void dropUnused();

  CompilerSource source;
  mutable std::mutex mutex;
  std::condition_variable published;
  std::map<KernelKey, std::shared_ptr<Entry>> entries;
};

} // namespace einc

#endif // EINC_COMPILER_DRIVER_KERNELCACHE_H
