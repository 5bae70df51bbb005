// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CacheFiles.h"
#include "compiler/Support/BuildId.h"
#include "tests/unit/Driver/StoredKernels.h"

#include <gtest/gtest.h>

#include <ctime>
#include <fcntl.h>
#include <map>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

using namespace einc;
using namespace einc::test;

namespace {

class DiskCacheTest : public testing::Test {
protected:
  DiskCache open(uint64_t maxBytes = uint64_t(1) << 20) {
    Result<DiskCache> cache = DiskCache::open({temporary.path(), maxBytes},
                                              /*create=*/false);
    EXPECT_TRUE(cache);
    return *std::move(cache);
  }
  std::string pathOf(const StoredKernel &kernel) {
    return temporary.path(cacheFileName(kernel.key()));
  }
  /// What finding `kernel` says.
  std::string problemOf(const StoredKernel &kernel) {
    DiskCache cache = open();
    Result<StoredEntry> stored =
        cache.find(kernel.key(), kernel.schedule, kernel.target);
    return stored ? "none" : stored.error().message;
  }
  /// Makes the time of the last use and write `seconds` ago.
  static void age(const std::string &path, time_t seconds) {
    timespec time = {std::time(nullptr) - seconds, 0};
    timespec times[2] = {time, time};
    ASSERT_EQ(utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW), 0);
  }

  TemporaryFolder temporary;
};

} // namespace

TEST_F(DiskCacheTest, FindsWhatWasStored) {
  StoredKernel first(1), second(2);
  DiskCache cache = open();
  EXPECT_EQ(problemOf(first),
            "cannot open the entry: No such file or directory");
  ASSERT_TRUE(cache.store(first.entry()));
  ASSERT_TRUE(cache.store(second.entry()));
  for (const StoredKernel *kernel : {&first, &second}) {
    Result<StoredEntry> stored =
        cache.find(kernel->key(), kernel->schedule, kernel->target);
    ASSERT_TRUE(stored);
    EXPECT_TRUE(std::ranges::equal(stored->entry.image, kernel->image));
    EXPECT_EQ(stored->entry.entryOffset, kernel->image.size() - 1);
    struct stat status;
    ASSERT_EQ(stat(pathOf(*kernel).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600u);
  }
  EXPECT_EQ(temporary.names().size(), 2u);
}

TEST_F(DiskCacheTest, ComparesAllThatAKeyIsMadeOf) {
  StoredKernel kernel(1), other(2);
  // The other kernel's file under this name.
  DiskCache cache = open();
  ASSERT_TRUE(cache.store(other.entry()));
  std::filesystem::rename(pathOf(other), pathOf(kernel));
  EXPECT_EQ(problemOf(kernel), "the entry is that of another kernel");

  // The right key over wrong contents, which only a collision could bring.
  const auto refuses = [&](auto change) {
    CacheEntry entry = kernel.entry();
    change(entry);
    ASSERT_TRUE(cache.store(entry));
    EXPECT_EQ(problemOf(kernel), "the entry is that of another kernel");
  };
  refuses([](CacheEntry &entry) { entry.schedule = "general f64"; });
  refuses([](CacheEntry &entry) { entry.target = "x86-64-v4"; });
  refuses([](CacheEntry &entry) { entry.llvmVersion = "22.1.9"; });
  refuses([](CacheEntry &entry) { entry.buildId = "0123"; });
  ASSERT_TRUE(cache.store(kernel.entry()));
  EXPECT_EQ(problemOf(kernel), "none");
}

TEST_F(DiskCacheTest, DamageCountsAsMissingAndIsReplaced) {
  StoredKernel kernel(1);
  DiskCache cache = open();
  ASSERT_TRUE(cache.store(kernel.entry()));
  const std::vector<uint8_t> sound = readFile(pathOf(kernel));
  ASSERT_GT(sound.size(), 100u);
  for (size_t i = 0; i < sound.size(); ++i) {
    std::vector<uint8_t> file = sound;
    file[i] ^= 0x40;
    writeFile(pathOf(kernel), file);
    EXPECT_NE(problemOf(kernel), "none") << i;
  }
  for (size_t size : {size_t(0), size_t(1), size_t(119), sound.size() - 1}) {
    writeFile(pathOf(kernel), {sound.begin(), sound.begin() + size});
    EXPECT_NE(problemOf(kernel), "none") << size;
  }
  ASSERT_TRUE(cache.store(kernel.entry()));
  EXPECT_EQ(problemOf(kernel), "none");
}

TEST_F(DiskCacheTest, OnlyPlainFilesOfTheUserAreRead) {
  StoredKernel kernel(1), other(2);
  DiskCache cache = open();
  ASSERT_TRUE(cache.store(kernel.entry()));
  const std::string path = pathOf(kernel), elsewhere = temporary.path("other");
  size_t openFiles = numOpenFiles();

  chmod(path.c_str(), 0622);
  EXPECT_EQ(problemOf(kernel), "the entry can be written to by others");

  std::filesystem::rename(path, elsewhere);
  chmod(elsewhere.c_str(), 0600);
  ASSERT_EQ(symlink("other", path.c_str()), 0);
  EXPECT_EQ(problemOf(kernel), "the entry is a link");
  ASSERT_TRUE(cache.store(kernel.entry()));
  EXPECT_EQ(problemOf(kernel), "none");
  EXPECT_FALSE(std::filesystem::is_symlink(path));

  std::filesystem::remove(path);
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(problemOf(kernel), "the entry is no file");
  ASSERT_TRUE(cache.store(kernel.entry()));
  EXPECT_EQ(problemOf(kernel), "none");

  std::filesystem::remove(path);
  mkdir(path.c_str(), 0700);
  EXPECT_EQ(problemOf(kernel), "the entry is no file");
  Result<Success> stored = cache.store(kernel.entry());
  ASSERT_FALSE(stored);
  EXPECT_EQ(stored.error().message,
            "cannot keep a kernel on disk: Is a directory");
  EXPECT_TRUE(cache.remove(cacheFileName(kernel.key())));

  writeFile(path, {});
  ASSERT_EQ(truncate(path.c_str(), off_t(MaxCacheFileBytes) + 1), 0);
  EXPECT_EQ(problemOf(kernel), "the entry is too large");
  EXPECT_EQ(numOpenFiles(), openFiles);
}

TEST_F(DiskCacheTest, AnEntryOfAnotherUserIsRefused) {
  if (geteuid() != 0)
    GTEST_SKIP() << "only root can give a file away";
  StoredKernel kernel(1);
  ASSERT_TRUE(open().store(kernel.entry()));
  ASSERT_EQ(chown(pathOf(kernel).c_str(), 65534, 65534), 0);
  EXPECT_EQ(problemOf(kernel), "the entry belongs to another user");
}

TEST_F(DiskCacheTest, LeavesNothingBehindWhereItCannotWrite) {
  StoredKernel kernel(1);
  // In processes of their own: root may write anywhere, and a limit stays.
  const auto storeAndExit = [&](DiskCache &cache) {
    Result<Success> stored = cache.store(kernel.entry());
    fputs(stored ? "stored" : stored.error().message.c_str(), stderr);
    _exit(temporary.names().empty() ? 0 : 3);
  };
  const auto storeWhereReadOnly = [&] {
    if (geteuid() == 0 &&
        (chown(temporary.path().c_str(), 65534, 0) != 0 || seteuid(65534) != 0))
      _exit(2);
    DiskCache cache = open();
    chmod(temporary.path().c_str(), 0500);
    storeAndExit(cache);
  };
  EXPECT_EXIT(storeWhereReadOnly(), testing::ExitedWithCode(0),
              "^cannot keep a kernel on disk: Permission denied$");
  if (geteuid() == 0)
    ASSERT_EQ(chown(temporary.path().c_str(), 0, 0), 0);
  chmod(temporary.path().c_str(), 0700);
  // Beyond a limit on the size of files, no signal ends the process.
  const auto storeUnderLimit = [&] {
    DiskCache cache = open();
    rlimit limit = {100, 100};
    setrlimit(RLIMIT_FSIZE, &limit);
    storeAndExit(cache);
  };
  EXPECT_EXIT(storeUnderLimit(), testing::ExitedWithCode(0),
              "^cannot keep a kernel on disk: File too large$");
  DiskCache cache = open();
  std::filesystem::remove(temporary.path());
  EXPECT_FALSE(cache.store(kernel.entry()));
}

TEST_F(DiskCacheTest, WhatWasUsedLeastRecentlyLeaves) {
  std::vector<StoredKernel> kernels;
  for (int i = 0; i < 8; ++i)
    kernels.emplace_back(i);
  uint64_t bytes = 0;
  {
    DiskCache cache = open();
    for (int i = 0; i < 8; ++i) {
      ASSERT_TRUE(cache.store(kernels[i].entry()));
      age(pathOf(kernels[i]), 1000 * (10 - i));
    }
    bytes = std::filesystem::file_size(pathOf(kernels[0]));
    // Using one makes it the youngest; looking at all changes nothing.
    EXPECT_EQ(problemOf(kernels[0]), "none");
    EXPECT_EQ(cache.inspect().size(), 8u);
    cache.trim();
    EXPECT_EQ(temporary.names().size(), 8u);
  }
  writeFile(temporary.path("precious"), std::vector<uint8_t>(9000));
  DiskCache small = open(8 * bytes);
  small.trim();
  EXPECT_EQ(temporary.names().size(), 9u);
  // One too many: it goes down to seven eighths.
  StoredKernel more(8);
  ASSERT_TRUE(small.store(more.entry()));
  small.trim();
  EXPECT_EQ(temporary.names().size(), 8u);
  for (int i = 0; i < 8; ++i)
    EXPECT_EQ(std::filesystem::exists(pathOf(kernels[i])), i != 1 && i != 2)
        << i;
  EXPECT_TRUE(std::filesystem::exists(pathOf(more)));
  EXPECT_TRUE(std::filesystem::exists(temporary.path("precious")));
}

TEST_F(DiskCacheTest, AnEntryLargerThanTheCacheIsNotKept) {
  DiskCache cache = open(100);
  EXPECT_FALSE(cache.store(StoredKernel(1).entry()));
  EXPECT_TRUE(temporary.names().empty());
}

TEST_F(DiskCacheTest, WhatDeadWritersLeftIsRemoved) {
  DiskCache cache = open();
  std::string dead = temporary.path(temporaryFileName()),
              alive = temporary.path(temporaryFileName());
  ASSERT_NE(dead, alive);
  for (const std::string &path : {dead, alive})
    writeFile(path, {1, 2, 3});
  age(dead, 2 * 3600);
  cache.trim();
  EXPECT_FALSE(std::filesystem::exists(dead));
  EXPECT_TRUE(std::filesystem::exists(alive));
  EXPECT_EQ(cache.clear().entries, 0u);
  EXPECT_TRUE(std::filesystem::exists(alive));
}

TEST_F(DiskCacheTest, ClearRemovesEntriesAndNothingElse) {
  DiskCache cache = open();
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(cache.store(StoredKernel(i).entry()));
  uint64_t bytes = 3 * std::filesystem::file_size(pathOf(StoredKernel(0)));
  std::string upperCase(64, 'A');
  const std::string names[] = {"file", ".kernel", upperCase + ".kernel",
                               std::string(63, 'a') + ".kernel",
                               std::string(64, 'a')};
  for (const std::string &name : names)
    writeFile(temporary.path(name), {1});
  RemovedEntries removed = cache.clear();
  EXPECT_EQ(removed.entries, 3u);
  EXPECT_EQ(removed.bytes, bytes);
  EXPECT_EQ(temporary.names().size(), std::size(names));
}

TEST_F(DiskCacheTest, InspectionNamesWhatIsWrong) {
  DiskCache cache = open();
  StoredKernel good(0), damaged(1), renamed(2), foreign(3);
  for (const StoredKernel *kernel : {&good, &damaged, &renamed})
    ASSERT_TRUE(cache.store(kernel->entry()));
  std::vector<uint8_t> file = readFile(pathOf(damaged));
  file[130] ^= 1;
  writeFile(pathOf(damaged), file);
  std::string wrongName = std::string(64, '0') + ".kernel";
  std::filesystem::rename(pathOf(renamed), temporary.path(wrongName));
  // Sound, but that of another build.
  CacheEntry entry = foreign.entry();
  entry.buildId = "another";
  entry.key =
      kernelKey(entry.schedule, entry.target, entry.llvmVersion, entry.buildId);
  ASSERT_TRUE(cache.store(entry));

  std::map<std::string, InspectedEntry> found;
  for (InspectedEntry &inspected : cache.inspect())
    found[inspected.file] = inspected;
  ASSERT_EQ(found.size(), 4u);
  const InspectedEntry &sound = found[cacheFileName(good.key())];
  EXPECT_EQ(sound.problem, "");
  EXPECT_EQ(sound.schedule, good.schedule);
  EXPECT_EQ(sound.target, good.target.text());
  EXPECT_EQ(sound.bytes, std::filesystem::file_size(pathOf(good)));
  EXPECT_TRUE(sound.ownBuild);
  EXPECT_EQ(found[cacheFileName(damaged.key())].problem,
            "the entry is damaged: its checksum is wrong");
  EXPECT_EQ(found[wrongName].problem, "the entry is that of another kernel");
  EXPECT_EQ(found[cacheFileName(entry.key)].problem, "");
  EXPECT_FALSE(found[cacheFileName(entry.key)].ownBuild);
}

TEST_F(DiskCacheTest, AForgedKeyIsFound) {
  // An entry under the name it claims, but the key is not that of its texts.
  StoredKernel kernel(1);
  CacheEntry entry = kernel.entry();
  entry.schedule = "general f64";
  DiskCache cache = open();
  ASSERT_TRUE(cache.store(entry));
  std::vector<InspectedEntry> found = cache.inspect();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].problem, "the entry is that of another kernel");
}

/// Stores, finds, trims and clears in a loop; fails if it ever finds what it
/// did not look for.
static int runProcess(const DiskCacheOptions &options, int number) {
  for (int round = 0; round < 60; ++round) {
    Result<DiskCache> cache = DiskCache::open(options, /*create=*/true);
    if (!cache)
      return 2;
    for (int i = 0; i < 6; ++i) {
      StoredKernel kernel(i);
      Result<StoredEntry> stored =
          cache->find(kernel.key(), kernel.schedule, kernel.target);
      if (stored && !std::ranges::equal(stored->entry.image, kernel.image))
        return 3;
      // Entries appear whole: there is nothing between missing and right.
      if (!stored && stored.error().kind != ErrorKind::IO)
        return 4;
      if (!cache->store(kernel.entry()))
        return 5;
    }
    if (round % 8 == number)
      cache->trim();
    if (round % 16 == number)
      cache->clear();
  }
  return 0;
}

TEST_F(DiskCacheTest, ManyProcessesShareIt) {
  std::vector<pid_t> children;
  // Room for four of the six: every trim removes some.
  DiskCacheOptions options = {
      temporary.path("shared"),
      4 * serializeCacheEntry(StoredKernel(0).entry()).size()};
  for (int number = 0; number < 4; ++number) {
    pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0)
      _exit(runProcess(options, number));
    children.push_back(child);
  }
  for (pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
  // All that is left is whole, and no temporary file is.
  for (const auto &item : std::filesystem::directory_iterator(options.folder))
    EXPECT_TRUE(isCacheFileName(item.path().filename().string()));
  Result<DiskCache> cache = DiskCache::open(options, /*create=*/false);
  ASSERT_TRUE(cache);
  for (const InspectedEntry &entry : cache->inspect())
    EXPECT_EQ(entry.problem, "");
}
