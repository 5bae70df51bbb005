// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What concerns the cache folder as a whole: its size, its state.

#include "compiler/Driver/CacheFiles.h"
#include "compiler/Driver/DiskCache.h"
#include "compiler/Support/BuildId.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

using namespace einc;

/// Writers need milliseconds.
static constexpr int64_t AbandonedAfter = int64_t(3600) * 1'000'000'000;

static int64_t nanoseconds(const timespec &time) {
  return int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

static int64_t currentTime() {
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  return nanoseconds(now);
}

/// Entries and temporary files, in no order. What vanishes meanwhile is left
/// out.
std::vector<DiskCache::File> DiskCache::files() const {
  std::vector<File> result;
  FileDescriptor copy(
      openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  DIR *stream = copy ? fdopendir(copy.get()) : nullptr;
  if (!stream)
    return result;
  copy.release(); // closedir closes it
  std::unique_ptr<DIR, int (*)(DIR *)> closing(stream, closedir);
  while (const dirent *item = readdir(stream)) {
    std::string_view name = item->d_name;
    bool temporary = isTemporaryFileName(name);
    struct stat status;
    if ((!temporary && !isCacheFileName(name)) ||
        fstatat(folder.get(), item->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
      continue;
    uint64_t bytes = S_ISREG(status.st_mode) ? uint64_t(status.st_size) : 0;
    result.push_back({std::string(name), bytes, nanoseconds(status.st_atim),
                      nanoseconds(status.st_mtim), temporary});
  }
  return result;
}

bool DiskCache::remove(const std::string &file) const {
  return unlinkat(folder.get(), file.c_str(), 0) == 0 ||
         unlinkat(folder.get(), file.c_str(), AT_REMOVEDIR) == 0;
}

void DiskCache::trim() const {
  std::vector<File> found = files();
  int64_t abandoned = currentTime() - AbandonedAfter;
  uint64_t total = 0;
  for (const File &file : found)
    if (file.temporary && file.lastWrite < abandoned)
      remove(file.name);
    else
      total += file.bytes;
  if (total <= maxBytes)
    return;
  // Somewhat more than needed, so that not every entry from now on comes here.
  const uint64_t wanted = maxBytes - maxBytes / 8;
  std::ranges::sort(found, {}, &File::lastUse);
  for (const File &file : found) {
    if (total <= wanted)
      return;
    if (!file.temporary && remove(file.name))
      total -= file.bytes;
  }
}

std::vector<InspectedEntry> DiskCache::inspect() const {
  std::vector<InspectedEntry> result;
  for (const File &file : files()) {
    if (file.temporary)
      continue;
    InspectedEntry inspected;
    inspected.file = file.name;
    inspected.bytes = file.bytes;
    Result<StoredEntry> stored = read(file.name, /*noteUse=*/false);
    if (!stored) {
      inspected.problem = stored.error().message;
      result.push_back(std::move(inspected));
      continue;
    }
    const CacheEntry &entry = stored->entry;
    if (entry.key != kernelKey(entry.schedule, entry.target, entry.llvmVersion,
                               entry.buildId) ||
        file.name != cacheFileName(entry.key))
      inspected.problem = "the entry is that of another kernel";
    inspected.schedule = entry.schedule;
    inspected.target = entry.target;
    inspected.ownBuild =
        entry.llvmVersion == LLVMVersion && entry.buildId == BuildId;
    result.push_back(std::move(inspected));
  }
  std::ranges::sort(result, {}, &InspectedEntry::file);
  return result;
}

RemovedEntries DiskCache::clear() const {
  RemovedEntries removed;
  int64_t abandoned = currentTime() - AbandonedAfter;
  for (const File &file : files()) {
    // A young temporary file has a writer that still needs it.
    if (file.temporary && file.lastWrite >= abandoned)
      continue;
    if (!remove(file.name) || file.temporary)
      continue;
    ++removed.entries;
    removed.bytes += file.bytes;
  }
  return removed;
}
