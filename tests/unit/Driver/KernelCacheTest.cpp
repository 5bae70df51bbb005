// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/KernelCache.h"
#include "compiler/Schedule/KernelLayout.h"
#include "tests/unit/Driver/TestCompiler.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::test;

static const Target V3 = {Target::ISA::X86_64_V3};
static const Target V4 = {Target::ISA::X86_64_V4};

TEST(KernelCache, DescribesAKernel) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(3)};
  auto kernels = cache.get(schedules, V3, {}, timings);
  ASSERT_TRUE(kernels);
  ASSERT_EQ(kernels->size(), 1u);
  const Kernel &kernel = *(*kernels)[0];
  std::string image = schedules[0].text() + " x86-64-v3\xC3";
  EXPECT_EQ(kernel.family, Family::Gemm);
  EXPECT_EQ(kernel.schedule, schedules[0].text());
  EXPECT_EQ(kernel.target, V3);
  EXPECT_EQ(kernel.imageHash, sha256(image));
  EXPECT_EQ(kernel.image.size(), image.size());
  EXPECT_EQ(kernel.entryOffset, image.size() - 1);
  EXPECT_EQ(kernel.scratchBytes, scratchBytes(schedules[0], V3));
  EXPECT_EQ(kernel.numPointers, 4u);
  // It is mapped: calling it returns.
  kernel.function(nullptr, nullptr, nullptr, 0, 0);
}

TEST(KernelCache, CompilesWhatIsMissingInOneCall) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> first = {makeSchedule(0), makeSchedule(1)};
  ASSERT_TRUE(cache.get(first, V3, {}, timings));
  EXPECT_EQ(compiler.calls, 1);
  EXPECT_EQ(timings.compiled, 2u);
  EXPECT_EQ(timings.cached, 0u);

  std::vector<Schedule> second = {makeSchedule(2), makeSchedule(1),
                                  makeSchedule(3), makeSchedule(0)};
  timings = {};
  auto kernels = cache.get(second, V3, {}, timings);
  ASSERT_TRUE(kernels);
  EXPECT_EQ(compiler.calls, 2);
  EXPECT_EQ(compiler.kernels, 4);
  EXPECT_EQ(timings.compiled, 2u);
  EXPECT_EQ(timings.cached, 2u);
  for (size_t i = 0; i < second.size(); ++i)
    EXPECT_EQ((*kernels)[i]->schedule, second[i].text());
  EXPECT_EQ(cache.size(), 4u);
}

TEST(KernelCache, NeedsNoCompilerForWhatItHolds) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(0)};
  auto first = cache.get(schedules, V3, {}, timings);
  auto second = cache.get(schedules, V3, {}, timings);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(compiler.timesAsked, 1);
  EXPECT_EQ((*first)[0], (*second)[0]);
  ASSERT_TRUE(cache.get({}, V3, {}, timings));
  EXPECT_EQ(compiler.timesAsked, 1);
}

TEST(KernelCache, TargetsHaveKernelsOfTheirOwn) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(0)};
  auto v3 = cache.get(schedules, V3, {}, timings);
  auto v4 = cache.get(schedules, V4, {}, timings);
  ASSERT_TRUE(v3 && v4);
  EXPECT_NE((*v3)[0], (*v4)[0]);
  EXPECT_EQ((*v4)[0]->target, V4);
}

TEST(KernelCache, OneScheduleTwiceIsOneKernel) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(0), makeSchedule(0)};
  auto kernels = cache.get(schedules, V3, {}, timings);
  ASSERT_TRUE(kernels);
  EXPECT_EQ(compiler.kernels, 1);
  EXPECT_EQ((*kernels)[0], (*kernels)[1]);
}

TEST(KernelCache, OneCompilationForManyThreads) {
  TestCompiler compiler;
  compiler.delay = std::chrono::milliseconds(30);
  KernelCache cache(compiler.source());
  constexpr int NumThreads = 16;
  std::vector<std::thread> threads;
  std::vector<std::shared_ptr<const Kernel>> seen(NumThreads);
  std::atomic<uint32_t> compiled = 0, cached = 0;
  for (int i = 0; i < NumThreads; ++i)
    threads.emplace_back([&, i] {
      // All want 0; each wants one that only its neighbour wants too.
      std::vector<Schedule> schedules = {
          makeSchedule(1 + i), makeSchedule(0),
          makeSchedule(1 + (i + 1) % NumThreads)};
      KernelTimings timings;
      auto kernels = cache.get(schedules, V3, {}, timings);
      ASSERT_TRUE(kernels);
      seen[i] = (*kernels)[1];
      compiled += timings.compiled;
      cached += timings.cached;
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(compiler.kernels, NumThreads + 1);
  EXPECT_EQ(compiled, NumThreads + 1u);
  EXPECT_EQ(compiled + cached, 3u * NumThreads);
  EXPECT_EQ(cache.size(), NumThreads + 1u);
  for (const auto &kernel : seen)
    EXPECT_EQ(kernel, seen[0]);
}

TEST(KernelCache, AFailureNamesTheScheduleAndIsNotRemembered) {
  TestCompiler compiler;
  compiler.failures = 1;
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(5)};
  auto failed = cache.get(schedules, V3, {}, timings);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::Internal);
  EXPECT_EQ(failed.error().render(),
            "error: the compiler failed: no registers left\n"
            "note: schedule: " +
                schedules[0].text() + "\n");
  EXPECT_EQ(cache.size(), 0u);
  EXPECT_TRUE(cache.get(schedules, V3, {}, timings));
}

TEST(KernelCache, WaitingThreadsTryAgainAfterAFailure) {
  TestCompiler compiler;
  compiler.delay = std::chrono::milliseconds(30);
  compiler.failures = 1;
  KernelCache cache(compiler.source());
  std::atomic<int> succeeded = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      KernelTimings timings;
      std::vector<Schedule> schedules = {makeSchedule(0)};
      succeeded += bool(cache.get(schedules, V3, {}, timings));
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(succeeded, 7);
  EXPECT_EQ(compiler.kernels, 1);
}

TEST(KernelCache, ReportsAKernelThatTheCompilerForgot) {
  TestCompiler compiler;
  compiler.forgetsKernels = true;
  KernelCache cache(compiler.source());
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(0)};
  auto kernels = cache.get(schedules, V3, {}, timings);
  ASSERT_FALSE(kernels);
  EXPECT_EQ(kernels.error().kind, ErrorKind::BadArtifact);
  EXPECT_EQ(cache.size(), 0u);
}

TEST(KernelCache, PassesOnWhyThereIsNoCompiler) {
  KernelCache cache([]() -> Result<const EincCompilerTable *> {
    return Diagnostic{ErrorKind::IO, "no compiler here"};
  });
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(0)};
  auto kernels = cache.get(schedules, V3, {}, timings);
  ASSERT_FALSE(kernels);
  EXPECT_EQ(kernels.error().message, "no compiler here");
  EXPECT_EQ(cache.size(), 0u);
}

TEST(KernelCache, AnExceptionLeavesNoClaim) {
  TestCompiler compiler;
  bool throws = true;
  KernelCache cache([&]() -> Result<const EincCompilerTable *> {
    if (throws)
      throw std::bad_alloc();
    return &compiler.table;
  });
  KernelTimings timings;
  std::vector<Schedule> schedules = {makeSchedule(0)};
  EXPECT_THROW((void)cache.get(schedules, V3, {}, timings), std::bad_alloc);
  throws = false;
  EXPECT_TRUE(cache.get(schedules, V3, {}, timings));
}
