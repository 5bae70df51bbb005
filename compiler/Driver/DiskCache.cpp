// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/DiskCache.h"
#include "compiler/Driver/CacheFiles.h"
#include "compiler/Support/BuildId.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace einc;

static Diagnostic ioError(std::string what, int error) {
  return {.kind = ErrorKind::IO,
          .message = std::move(what) + ": " + std::strerror(error)};
}

static Diagnostic bad(std::string message) {
  return {.kind = ErrorKind::BadArtifact, .message = std::move(message)};
}

Result<DiskCache> DiskCache::open(const DiskCacheOptions &options,
                                  bool create) {
  Result<FileDescriptor> folder = openCacheFolder(options.folder, create);
  if (!folder)
    return std::move(folder).error();
  return DiskCache(*std::move(folder), options.maxBytes);
}

/// Uses are noted by the minute: a note writes to the disk.
static void noteUseNow(const FileDescriptor &file, const struct stat &status) {
  if (std::time(nullptr) - status.st_atim.tv_sec < 60)
    return;
  const timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
  (void)futimens(file.get(), times);
}

Result<StoredEntry> DiskCache::read(const std::string &name,
                                    bool noteUse) const {
  // Whatever lies there, opening it neither blocks nor follows it; and the time
  // of the last use is what is noted here, not what the system thinks of.
  FileDescriptor file(openat(folder.get(), name.c_str(),
                             O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOATIME |
                                 O_NOCTTY | O_CLOEXEC));
  if (!file && errno == ELOOP)
    return bad("the entry is a link");
  if (!file && errno == EPERM)
    return bad("the entry belongs to another user");
  if (!file)
    return ioError("cannot open the entry", errno);
  struct stat status;
  if (fstat(file.get(), &status) != 0)
    return ioError("cannot read the entry", errno);
  if (!S_ISREG(status.st_mode))
    return bad("the entry is no file");
  if (status.st_uid != geteuid())
    return bad("the entry belongs to another user");
  if (status.st_mode & (S_IWGRP | S_IWOTH))
    return bad("the entry can be written to by others");
  if (uint64_t(status.st_size) > MaxCacheFileBytes)
    return bad("the entry is too large");

  size_t size = size_t(status.st_size);
  auto bytes = std::make_unique_for_overwrite<uint8_t[]>(size);
  size_t numRead = 0;
  while (numRead < size) {
    ssize_t count = ::read(file.get(), bytes.get() + numRead, size - numRead);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return ioError("cannot read the entry", errno);
    if (count == 0)
      break;
    numRead += size_t(count);
  }
  Result<CacheEntry> entry = parseCacheEntry({bytes.get(), numRead});
  if (!entry)
    return std::move(entry).error();
  if (noteUse)
    noteUseNow(file, status);
  return StoredEntry{std::move(bytes), *entry};
}

Result<StoredEntry> DiskCache::find(const KernelKey &key,
                                    std::string_view schedule,
                                    const Target &target) const {
  Result<StoredEntry> stored = read(cacheFileName(key), /*noteUse=*/true);
  if (!stored)
    return stored;
  const CacheEntry &entry = stored->entry;
  if (entry.key != key || entry.schedule != schedule ||
      entry.target != target.text() || entry.llvmVersion != LLVMVersion ||
      entry.buildId != BuildId)
    return bad("the entry is that of another kernel");
  return stored;
}

/// Writes all bytes; returns 0 or the error's number.
static int writeAll(const FileDescriptor &file,
                    std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    ssize_t count = write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return errno;
    bytes = bytes.subspan(size_t(count));
  }
  return 0;
}

Result<Success> DiskCache::store(const CacheEntry &entry) {
  std::vector<uint8_t> bytes = serializeCacheEntry(entry);
  if (bytes.empty() || bytes.size() > std::min(maxBytes, MaxCacheFileBytes))
    return ioError("cannot keep a kernel on disk", EFBIG);
  // Beyond this limit a write would end the process.
  rlimit limit;
  if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && bytes.size() > limit.rlim_cur)
    return ioError("cannot keep a kernel on disk", EFBIG);

  const std::string temporary = temporaryFileName();
  FileDescriptor file(
      openat(folder.get(), temporary.c_str(),
             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file)
    return ioError("cannot keep a kernel on disk", errno);
  int error = writeAll(file, bytes);
  // Some file systems report a full disk only now.
  if (close(file.release()) != 0 && error == 0)
    error = errno;
  if (error == 0 && renameat(folder.get(), temporary.c_str(), folder.get(),
                             cacheFileName(entry.key).c_str()) != 0)
    error = errno;
  if (error == 0)
    return Success{};
  unlinkat(folder.get(), temporary.c_str(), 0);
  return ioError("cannot keep a kernel on disk", error);
}
