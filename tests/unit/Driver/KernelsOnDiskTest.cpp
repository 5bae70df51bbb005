// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The kernel cache over a disk. Every KernelCache here stands for a process of
/// its own.

#include "compiler/Driver/CacheFiles.h"
#include "compiler/Schedule/KernelLayout.h"
#include "tests/unit/Driver/StoredKernels.h"
#include "tests/unit/Driver/TestCompiler.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

using namespace einc;
using namespace einc::test;

static const Target V3 = {Target::ISA::X86_64_V3};

namespace {

class KernelsOnDiskTest : public testing::Test {
protected:
  /// The numbered kernels, as a new process gets them.
  KernelTimings get(std::initializer_list<int> numbers) {
    KernelCache cache(compiler.source());
    return getFrom(cache, numbers);
  }
  KernelTimings getFrom(KernelCache &cache,
                        std::initializer_list<int> numbers) {
    std::vector<Schedule> schedules;
    for (int number : numbers)
      schedules.push_back(makeSchedule(number));
    KernelTimings timings;
    auto kernels = cache.get(schedules, V3, {.disk = &options}, timings);
    EXPECT_TRUE(kernels);
    for (size_t i = 0; kernels && i < schedules.size(); ++i) {
      const Kernel &kernel = *(*kernels)[i];
      std::string image = schedules[i].text() + " x86-64-v3\xC3";
      EXPECT_EQ(kernel.schedule, schedules[i].text());
      EXPECT_EQ(kernel.family, Family::Gemm);
      EXPECT_EQ(kernel.target, V3);
      EXPECT_EQ(kernel.imageHash, sha256(image));
      EXPECT_EQ(kernel.entryOffset, image.size() - 1);
      EXPECT_EQ(kernel.scratchBytes, scratchBytes(schedules[i], V3));
      EXPECT_EQ(kernel.numPointers, 4u);
      kernel.function(nullptr, nullptr, nullptr, 0, 0);
    }
    return timings;
  }
  std::string pathOf(int number) {
    return temporary.path(
        cacheFileName(kernelKey(makeSchedule(number).text(), V3)));
  }

  TestCompiler compiler;
  TemporaryFolder temporary;
  DiskCacheOptions options = {temporary.path()};
};

} // namespace

TEST_F(KernelsOnDiskTest, ASecondProcessNeedsNoCompiler) {
  KernelTimings first = get({0, 1});
  EXPECT_EQ(first.compiled, 2u);
  EXPECT_EQ(first.fromDisk, 0u);
  EXPECT_EQ(compiler.timesAsked, 1);
  KernelTimings second = get({1, 0});
  EXPECT_EQ(second.compiled, 0u);
  EXPECT_EQ(second.fromDisk, 2u);
  EXPECT_EQ(second.cached, 0u);
  EXPECT_GT(second.disk, 0);
  EXPECT_EQ(second.loadCompiler + second.compile + second.map, 0);
  EXPECT_EQ(second.diskProblem, "");
  EXPECT_EQ(compiler.timesAsked, 1);
}

TEST_F(KernelsOnDiskTest, OnlyWhatIsMissingIsCompiled) {
  get({0, 2});
  KernelTimings timings = get({0, 1, 2, 3});
  EXPECT_EQ(timings.compiled, 2u);
  EXPECT_EQ(timings.fromDisk, 2u);
  EXPECT_EQ(compiler.kernels, 4);
  EXPECT_EQ(temporary.names().size(), 4u);
}

TEST_F(KernelsOnDiskTest, MemoryComesFirst) {
  KernelCache cache(compiler.source());
  getFrom(cache, {0});
  std::filesystem::remove(pathOf(0));
  KernelTimings timings = getFrom(cache, {0, 1});
  EXPECT_EQ(timings.cached, 1u);
  EXPECT_EQ(timings.fromDisk, 0u);
  EXPECT_EQ(timings.compiled, 1u);
  // What came from disk is held in memory too.
  KernelCache other(compiler.source());
  EXPECT_EQ(getFrom(other, {1}).fromDisk, 1u);
  EXPECT_EQ(getFrom(other, {1}).cached, 1u);
}

TEST_F(KernelsOnDiskTest, TheDiskIsLeftAloneUnlessAskedFor) {
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(0)};
  ASSERT_TRUE(cache.get(schedules, V3, {}, timings));
  EXPECT_TRUE(temporary.names().empty());
  options.maxBytes = 0;
  get({1});
  EXPECT_TRUE(temporary.names().empty());
}

TEST_F(KernelsOnDiskTest, TargetsHaveEntriesOfTheirOwn) {
  get({0});
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(0)};
  auto kernels = cache.get(schedules, {Target::ISA::X86_64_V4},
                           {.disk = &options}, timings);
  ASSERT_TRUE(kernels);
  EXPECT_EQ(timings.compiled, 1u);
  EXPECT_STREQ((*kernels)[0]->target.text(), "x86-64-v4");
  EXPECT_EQ(temporary.names().size(), 2u);
}

TEST_F(KernelsOnDiskTest, BadEntriesAreCompiledAnewAndReplaced) {
  get({0, 1, 2, 3});
  const std::vector<uint8_t> sound = readFile(pathOf(0));
  // Damaged, cut off, another kernel's, and a pipe, which must not block.
  std::vector<uint8_t> damaged = sound;
  damaged.back() ^= 1;
  writeFile(pathOf(0), damaged);
  std::filesystem::resize_file(pathOf(1), 200);
  std::filesystem::copy_file(pathOf(3), pathOf(2),
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::remove(pathOf(3));
  ASSERT_EQ(mkfifo(pathOf(3).c_str(), 0600), 0);

  KernelTimings timings = get({0, 1, 2, 3});
  EXPECT_EQ(timings.compiled, 4u);
  EXPECT_EQ(timings.fromDisk, 0u);
  EXPECT_EQ(timings.diskProblem, "");
  EXPECT_EQ(readFile(pathOf(0)), sound);
  EXPECT_EQ(get({0, 1, 2, 3}).fromDisk, 4u);
}

TEST_F(KernelsOnDiskTest, AnEntryWithOtherScratchIsNotUsed) {
  // A sound entry with the right key. Kernels write to their scratch.
  get({0});
  std::vector<uint8_t> file = readFile(pathOf(0));
  Result<CacheEntry> entry = parseCacheEntry(file);
  ASSERT_TRUE(entry);
  ++entry->scratchBytes;
  writeFile(pathOf(0), serializeCacheEntry(*entry));
  EXPECT_EQ(get({0}).compiled, 1u);
  EXPECT_EQ(get({0}).fromDisk, 1u);
}

TEST_F(KernelsOnDiskTest, AFolderThatCannotBeUsedOnlyCostsTime) {
  chmod(temporary.path().c_str(), 0777);
  KernelTimings timings = get({0});
  EXPECT_EQ(timings.compiled, 1u);
  EXPECT_EQ(timings.diskProblem, "the cache folder '" + temporary.path() +
                                     "' can be written to by others");
  chmod(temporary.path().c_str(), 0700);
  EXPECT_TRUE(temporary.names().empty());

  mkdir(pathOf(0).c_str(), 0700);
  timings = get({0, 1});
  EXPECT_EQ(timings.compiled, 2u);
  EXPECT_EQ(timings.diskProblem,
            "cannot keep a kernel on disk: Is a directory");
  EXPECT_EQ(get({1}).fromDisk, 1u);

  options.folder = "/proc/einc";
  timings = get({0});
  EXPECT_EQ(timings.compiled, 1u);
  EXPECT_NE(timings.diskProblem, "");
}

TEST_F(KernelsOnDiskTest, StaysWithinItsBytes) {
  get({0});
  uint64_t bytes = std::filesystem::file_size(pathOf(0));
  options.maxBytes = 4 * bytes + 16;
  for (int number = 1; number < 12; ++number) {
    get({number});
    EXPECT_LE(temporary.names().size(), 4u) << number;
  }
  EXPECT_GE(temporary.names().size(), 3u);
}

TEST_F(KernelsOnDiskTest, AFailedCompilationKeepsNothing) {
  compiler.failures = 1;
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(0)};
  EXPECT_FALSE(cache.get(schedules, V3, {.disk = &options}, timings));
  EXPECT_TRUE(temporary.names().empty());
  EXPECT_EQ(getFrom(cache, {0}).compiled, 1u);
}

TEST_F(KernelsOnDiskTest, ThreadsThatWantTheSameReadItOnce) {
  get({0, 1, 2});
  KernelCache cache(compiler.source());
  std::atomic<uint32_t> fromDisk = 0, cached = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      KernelTimings timings = getFrom(cache, {0, 1, 2});
      fromDisk += timings.fromDisk;
      cached += timings.cached;
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(fromDisk, 3u);
  EXPECT_EQ(cached, 21u);
  EXPECT_EQ(compiler.kernels, 3);
}
