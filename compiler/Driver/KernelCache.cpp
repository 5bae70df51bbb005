// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/KernelCache.h"
#include "compiler/Driver/CompilerLibrary.h"
#include "compiler/Driver/StatusDiagnostic.h"
#include "compiler/Schedule/KernelLayout.h"

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

/// What the sink collects. It is called from code that cannot unwind, so it
/// notes its failures.
struct Images {
  struct Image {
    std::vector<uint8_t> bytes;
    uint64_t entryOffset = 0;
  };
  std::vector<Image> images;
  bool outOfMemory = false;
};
} // namespace

static void collectImage(void *context, uint32_t kernel, uint32_t form,
                         const void *bytes, size_t size,
                         uint64_t entryOffset) noexcept {
  auto &result = *static_cast<Images *>(context);
  if (form != EINC_FORM_IMAGE || kernel >= result.images.size())
    return;
  try {
    auto *begin = static_cast<const uint8_t *>(bytes);
    result.images[kernel] = {{begin, begin + size}, entryOffset};
  } catch (const std::bad_alloc &) {
    result.outOfMemory = true;
  }
}

static Diagnostic internalError(std::string message) {
  Diagnostic result;
  result.kind = ErrorKind::Internal;
  result.message = std::move(message);
  return result;
}

static Result<Images> compileImages(const EincCompilerTable &compiler,
                                    const std::vector<const char *> &schedules,
                                    const Target &target, bool verifyIR) {
  Images result;
  result.images.resize(schedules.size());
  char error[1024] = "";
  if (compiler.compile(schedules.data(),
                       static_cast<uint32_t>(schedules.size()), target.text(),
                       EINC_FORM_IMAGE, verifyIR, collectImage, &result, error,
                       sizeof(error)) != 0) {
    Diagnostic diagnostic =
        internalError("the compiler failed: " + std::string(error));
    for (const char *schedule : schedules)
      diagnostic.notes.push_back(std::string("schedule: ") + schedule);
    return diagnostic;
  }
  if (result.outOfMemory) {
    Diagnostic diagnostic = internalError("no memory for generated code");
    diagnostic.kind = ErrorKind::OutOfMemory;
    return diagnostic;
  }
  return result;
}

static Result<std::shared_ptr<const Kernel>>
makeKernel(const Schedule &schedule, const Target &target,
           const Images::Image &image) {
  auto kernel = std::make_shared<Kernel>();
  kernel->family = schedule.family;
  kernel->schedule = schedule.text();
  kernel->target = target;
  kernel->imageHash = sha256(image.bytes);
  kernel->entryOffset = image.entryOffset;
  kernel->scratchBytes = scratchBytes(schedule, target);
  kernel->numPointers = schedule.numPointers();
  if (runtime::Status status = runtime::CodeImage::create(
          image.bytes.data(), image.bytes.size(), kernel->image);
      !status)
    return toDiagnostic(status);
  kernel->function = kernel->image.entry(image.entryOffset);
  if (!kernel->function)
    return internalError("the compiler gave no entry point for the schedule " +
                         kernel->schedule);
  return std::shared_ptr<const Kernel>(std::move(kernel));
}

KernelCache &KernelCache::process() {
  // Never destroyed, so that threads may still run kernels at exit.
  static KernelCache &cache = *new KernelCache(processCompiler);
  return cache;
}

size_t KernelCache::size() const {
  std::lock_guard lock(mutex);
  return entries.size();
}

/// Compiles and maps the kernels of `claims`.
Result<std::vector<std::shared_ptr<const Kernel>>>
KernelCache::compileClaims(const std::vector<Claim> &claims,
                           const Target &target, bool verifyIR,
                           KernelTimings &timings) const {
  std::optional<Result<const EincCompilerTable *>> compiler;
  {
    Timer timer(timings.loadCompiler);
    compiler.emplace(source());
  }
  if (!*compiler)
    return std::move(*compiler).error();

  std::vector<std::string> texts;
  std::vector<const char *> pointers;
  for (const Claim &claim : claims)
    texts.push_back(claim.schedule->text());
  for (const std::string &text : texts)
    pointers.push_back(text.c_str());
  std::optional<Result<Images>> images;
  {
    Timer timer(timings.compile);
    images.emplace(compileImages(***compiler, pointers, target, verifyIR));
  }
  if (!*images)
    return std::move(*images).error();

  Timer timer(timings.map);
  std::vector<std::shared_ptr<const Kernel>> kernels;
  for (size_t i = 0; i < claims.size(); ++i) {
    Result<std::shared_ptr<const Kernel>> kernel =
        makeKernel(*claims[i].schedule, target, (*images)->images[i]);
    if (!kernel)
      return std::move(kernel).error();
    kernels.push_back(std::move(*kernel));
  }
  timings.compiled += static_cast<uint32_t>(kernels.size());
  return kernels;
}

/// Marks the claims as done. Where `kernels` is empty they failed: waiting
/// threads then try for themselves.
void KernelCache::publish(
    const std::vector<Claim> &claims,
    const std::vector<std::shared_ptr<const Kernel>> &kernels) {
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
                 bool verifyIR, KernelTimings &timings) {
  std::vector<KernelKey> keys;
  for (const Schedule &schedule : schedules)
    keys.push_back(kernelKey(schedule.text(), target));

  // Every round serves the keys that are there, compiles those that nobody has
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
      Result<std::vector<std::shared_ptr<const Kernel>>> kernels = [&] {
        try {
          return compileClaims(claims, target, verifyIR, timings);
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
