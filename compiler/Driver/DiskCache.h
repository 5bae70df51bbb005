// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Kernels on disk, for later processes: one file for each, named by its key.
///
/// Files appear by rename and leave by unlink, so that any number of processes
/// work in the folder without locks: whoever reads an entry reads a whole one,
/// and whatever else lies there, damaged, cut off, foreign or no file at all,
/// counts as missing. That is also why nothing is forced to the disk (fsync):
/// what a crash of the system leaves behind fails its checksum.

#ifndef EINC_COMPILER_DRIVER_DISKCACHE_H
#define EINC_COMPILER_DRIVER_DISKCACHE_H

#include "compiler/Driver/CacheEntry.h"
#include "compiler/Driver/CacheFolder.h"

#include <memory>

namespace einc {

/// An entry with the bytes that it points into.
struct StoredEntry {
  std::unique_ptr<const uint8_t[]> bytes;
  CacheEntry entry;
};

/// What inspect() found in one file.
struct InspectedEntry {
  std::string file;
  uint64_t bytes = 0;
  /// Why it cannot be used, as a message; empty: it can.
  std::string problem;
  /// Of a sound entry: its family is the schedule's first word.
  std::string schedule;
  std::string target;
  /// Whether this build could use it.
  bool ownBuild = false;
};

struct RemovedEntries {
  uint64_t entries = 0;
  uint64_t bytes = 0;
};

class DiskCache {
public:
  /// Error: IO, if there is no folder or it is not safe.
  static Result<DiskCache> open(const DiskCacheOptions &options, bool create);

  /// The entry of this key, and a note that it was used. It is compared with
  /// all that the key is made of. Errors: IO if there is none, BadArtifact if
  /// what is there is not it.
  Result<StoredEntry> find(const KernelKey &key, std::string_view schedule,
                           const Target &target) const;

  /// Adds or replaces an entry. Its versions are those of this build. Error:
  /// IO, of which nothing is left behind.
  Result<Success> store(const CacheEntry &entry);

  /// Removes what was used least recently while there are too many bytes, and
  /// what writers that died have left. Reads the whole folder.
  void trim() const;

  /// Every entry, sorted by name. Notes no use.
  std::vector<InspectedEntry> inspect() const;

  /// Removes one file that inspect() named.
  bool remove(const std::string &file) const;

  /// Removes all entries and nothing else.
  RemovedEntries clear() const;

private:
  struct File {
    std::string name;
    uint64_t bytes;
    int64_t lastUse; ///< nanoseconds
    int64_t lastWrite;
    bool temporary;
  };

  DiskCache(FileDescriptor folder, uint64_t maxBytes)
      : folder(std::move(folder)), maxBytes(maxBytes) {}

  std::vector<File> files() const;
  Result<StoredEntry> read(const std::string &file, bool noteUse) const;

  FileDescriptor folder;
  uint64_t maxBytes;
};

} // namespace einc

#endif // EINC_COMPILER_DRIVER_DISKCACHE_H
