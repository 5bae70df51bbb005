// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/KernelsOnDisk.h"
#include "compiler/Support/BuildId.h"

using namespace einc;

KernelsOnDisk::KernelsOnDisk(const DiskCacheOptions &options)
    : maxBytes(options.maxBytes) {
  if (maxBytes == 0)
    return;
  Result<DiskCache> opened = DiskCache::open(options, /*create=*/true);
  if (opened)
    cache.emplace(*std::move(opened));
  else
    firstProblem = opened.error().message;
}

void KernelsOnDisk::trim() {
  if (trimDue)
    cache->trim();
  trimDue = false;
}

std::shared_ptr<const Kernel> KernelsOnDisk::find(const KernelKey &key,
                                                  const Schedule &schedule,
                                                  const Target &target) const {
  if (!cache)
    return nullptr;
  Result<StoredEntry> stored = cache->find(key, schedule.text(), target);
  if (!stored)
    return nullptr;
  const CacheEntry &entry = stored->entry;
  Result<std::shared_ptr<const Kernel>> kernel = makeKernel(
      schedule, target, entry.image, entry.entryOffset, entry.imageHash);
  if (!kernel || (*kernel)->scratchBytes != entry.scratchBytes)
    return nullptr;
  return *std::move(kernel);
}

/// Whether the cache is looked through after this key. Where there are ten
/// thousand entries that takes longer than compiling one, so one key in 64 has
/// to do; a cache that can only hold few is always looked through.
static bool trimsAfter(const KernelKey &key, uint64_t maxBytes) {
  return key[0] % 64 == 0 || maxBytes <= (uint64_t(16) << 20);
}

void KernelsOnDisk::keep(const KernelKey &key, const Kernel &kernel) {
  if (!cache)
    return;
  CacheEntry entry;
  entry.key = key;
  entry.schedule = kernel.schedule;
  entry.target = kernel.target.text();
  entry.llvmVersion = LLVMVersion;
  entry.buildId = BuildId;
  entry.entryOffset = kernel.entryOffset;
  entry.scratchBytes = kernel.scratchBytes;
  entry.imageHash = kernel.imageHash;
  entry.image = {static_cast<const uint8_t *>(kernel.image.data()),
                 size_t(kernel.image.size())};
  if (Result<Success> stored = cache->store(entry); stored)
    trimDue |= trimsAfter(key, maxBytes);
  else if (firstProblem.empty())
    firstProblem = stored.error().message;
}
