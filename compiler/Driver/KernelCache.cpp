// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/KernelCache.h"
#include "compiler/Driver/CompileImages.h"
#include "compiler/Driver/CompilerLibrary.h"
#include "compiler/Driver/KernelsOnDisk.h"

#include <chrono>
#include <optional>

using namespace einc;

namespace {
/// Adds the time until its end to a number of seconds.
class Timer {
public:
  explicit Timer(double &seconds) : seconds(seconds) {}
  ~Timer() {
    seconds += std::chrono::duration<double>(Clock::now() - start).count();
  }

private:
  using Clock = std::chrono::steady_clock;
  double &seconds;
  Clock::time_point start = Clock::now();
};
} // namespace

KernelCache &KernelCache::process() {
  // Never destroyed, so that threads may still run kernels at exit.
  static KernelCache &cache = *new KernelCache(processCompiler);
  return cache;
}

size_t KernelCache::size() const {
  std::lock_guard lock(mutex);
  return entries.size();
}

/// Compiles and maps what is null in `kernels`, those of `claims`.
Result<Success> KernelCache::compileMissing(const std::vector<Claim> &claims,
                                            const Target &target, bool verifyIR,
                                            Kernels &kernels,
                                            KernelTimings &timings) const {
  std::optional<Result<const EincCompilerTable *>> compiler;
  {
    Timer timer(timings.loadCompiler);
    compiler.emplace(source());
  }
  if (!*compiler)
    return std::move(*compiler).error();

  std::vector<size_t> missing;
  std::vector<std::string> texts;
  for (size_t i = 0; i < claims.size(); ++i)
    if (!kernels[i]) {
      missing.push_back(i);
      texts.push_back(claims[i].schedule->text());
    }
  std::optional<Result<std::vector<CompiledImage>>> images;
  {
    Timer timer(timings.compile);
    images.emplace(compileImages(***compiler, texts, target, verifyIR));
  }
  if (!*images)
    return std::move(*images).error();

  Timer timer(timings.map);
  for (size_t i = 0; i < missing.size(); ++i) {
    const CompiledImage &image = (**images)[i];
    Result<std::shared_ptr<const Kernel>> kernel =
        makeKernel(*claims[missing[i]].schedule, target, image.bytes,
                   image.entryOffset, sha256(image.bytes));
    if (!kernel)
      return std::move(kernel).error();
    kernels[missing[i]] = *std::move(kernel);
    ++timings.compiled;
  }
  return Success{};
}

/// The kernels of `claims`, from disk or compiled.
Result<KernelCache::Kernels>
KernelCache::makeKernels(const std::vector<Claim> &claims, const Target &target,
                         const KernelOptions &options,
                         KernelTimings &timings) const {
  Kernels kernels(claims.size());
  std::vector<bool> onDisk(claims.size());
  size_t numMissing = claims.size();
  std::optional<KernelsOnDisk> disk;
  if (options.disk) {
    Timer timer(timings.disk);
    disk.emplace(*options.disk);
    for (size_t i = 0; i < claims.size(); ++i)
      if ((kernels[i] =
               disk->find(claims[i].key, *claims[i].schedule, target))) {
        onDisk[i] = true;
        --numMissing;
        ++timings.fromDisk;
      }
  }
  if (numMissing > 0) {
    Result<Success> compiled =
        compileMissing(claims, target, options.verifyIR, kernels, timings);
    if (!compiled)
      return std::move(compiled).error();
  }
  if (disk) {
    Timer timer(timings.disk);
    for (size_t i = 0; i < claims.size(); ++i)
      if (!onDisk[i])
        disk->keep(claims[i].key, *kernels[i]);
    disk->trim();
    if (timings.diskProblem.empty())
      timings.diskProblem = disk->problem();
  }
  return kernels;
}

/// Marks the claims as done. Where `kernels` is empty they failed: waiting
/// threads then try for themselves.
void KernelCache::publish(const std::vector<Claim> &claims,
                          const Kernels &kernels) {
  {
    std::lock_guard lock(mutex);
    for (size_t i = 0; i < claims.size(); ++i) {
      claims[i].entry->done = true;
      if (kernels.empty())
        entries.erase(claims[i].key);
      else
        claims[i].entry->kernel = kernels[i];
    }
  }
  published.notify_all();
}

/// Drops what no expression holds once there are more kernels than a process
/// is likely to come back to.
void KernelCache::dropUnused() {
  constexpr size_t KeptKernels = 4096;
  if (entries.size() < KeptKernels)
    return;
  std::erase_if(entries, [](const auto &item) {
    return item.second->done && item.second->kernel.use_count() == 1;
  });
}

Result<std::vector<std::shared_ptr<const Kernel>>>
KernelCache::get(std::span<const Schedule> schedules, const Target &target,
                 const KernelOptions &options, KernelTimings &timings) {
  std::vector<KernelKey> keys;
  for (const Schedule &schedule : schedules)
    keys.push_back(kernelKey(schedule.text(), target));

  // Every round serves the keys that are there, makes those that nobody has
  // claimed, and waits for the rest. A thread publishes its own claims before
  // it waits, so that no two threads wait for each other.
  std::vector<std::shared_ptr<const Kernel>> result(schedules.size());
  while (true) {
    std::vector<Claim> claims;
    std::vector<std::shared_ptr<Entry>> awaited;
    {
      std::lock_guard lock(mutex);
      dropUnused();
      for (size_t i = 0; i < schedules.size(); ++i) {
        if (result[i])
          continue;
        auto [place, isNew] = entries.try_emplace(keys[i]);
        if (isNew) {
          place->second = std::make_shared<Entry>();
          claims.push_back({keys[i], place->second, &schedules[i], i});
        } else if (place->second->done) {
          result[i] = place->second->kernel;
          ++timings.cached;
        } else {
          awaited.push_back(place->second);
        }
      }
    }
    if (claims.empty() && awaited.empty())
      return result;

    if (!claims.empty()) {
      // Whatever happens, nobody may wait for these claims for ever.
      Result<Kernels> kernels = [&] {
        try {
          return makeKernels(claims, target, options, timings);
        } catch (...) {
          publish(claims, {});
          throw;
        }
      }();
      if (!kernels) {
        publish(claims, {});
        return std::move(kernels).error();
      }
      publish(claims, *kernels);
      for (size_t i = 0; i < claims.size(); ++i)
        result[claims[i].index] = (*kernels)[i];
    }
    std::unique_lock lock(mutex);
    for (const std::shared_ptr<Entry> &entry : awaited)
      published.wait(lock, [&] { return entry->done; });
  }
}
