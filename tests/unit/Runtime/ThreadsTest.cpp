// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Parallel steps: splits, the caller's executor, forks, concurrent calls.

#include "AllocationCounter.h"
#include "DemoArtifact.h"
#include "Sanitizer.h"

#include <atomic>
#include <cfenv>
#include <cstring>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace einc::runtime;
using namespace einc::runtime::demo;

namespace {

/// pointers: counts of visits, {minGrains, problems}. scratch: a word that must
/// stay this call's.
void visit(void *const *pointers, const int64_t *params, void *scratch,
           int64_t begin, int64_t end) {
  auto *visits = static_cast<int64_t *>(pointers[0]);
  auto *problems = static_cast<std::atomic<int64_t> *>(pointers[1]);
  auto *mine = static_cast<volatile int64_t *>(scratch);
  if (end - begin < params[0] || reinterpret_cast<uintptr_t>(scratch) % 64)
    ++*problems;
  for (int64_t g = begin; g < end; ++g) {
    *mine = g;
    ++visits[g];
    if (*mine != g)
      ++*problems;
  }
}

struct Visits : DemoArtifact {
  explicit Visits(int64_t grains, int64_t minGrains) {
    const uint32_t kernel = addKernel(visit, 2, 8);
    const uint32_t out = addArgument();
    const uint32_t problems = addArgument();
    addStep(kernel, {literal(grains)}, {{out}, {problems}},
            {{literal(std::min(grains, minGrains))}}, minGrains);
  }
};

TEST(Threads, RangesCoverOnce) {
  for (int64_t grains : {1, 2, 7, 8, 9, 64, 997})
    for (int64_t minGrains : {0, 1, 3, 8, 100})
      for (unsigned threads : {1, 2, 3, 8}) {
        Visits demo(grains, minGrains);
        const auto executable = demo.bind();
        std::vector<int64_t> visits(static_cast<size_t>(grains));
        std::atomic<int64_t> problems{0};
        void *arguments[] = {visits.data(), &problems};
        RunOptions options;
        options.threads = threads;
        ASSERT_TRUE(executable->run(arguments, options).ok());
        EXPECT_EQ(visits, std::vector<int64_t>(visits.size(), 1));
        EXPECT_EQ(problems, 0) << grains << " grains of " << minGrains << ", "
                               << threads << " threads";
      }
}

TEST(Threads, WorkspaceHoldsScratchOfEachThread) {
  Visits demo(100, 10); // 10 tasks at most
  const auto executable = demo.bind();
  EXPECT_EQ(executable->workspaceBytes(1), 64u + 64u);
  EXPECT_EQ(executable->workspaceBytes(4), 64u + 4 * 64u);
  EXPECT_EQ(executable->workspaceBytes(10), 64u + 10 * 64u);
  EXPECT_EQ(executable->workspaceBytes(4000000000u), 64u + 10 * 64u);
  EXPECT_EQ(executable->workspaceBytes(),
            64u + std::min(10u, defaultThreads()) * 64u);
  alignas(64) char memory[64 + 4 * 64];
  std::vector<int64_t> visits(100);
  std::atomic<int64_t> problems{0};
  void *arguments[] = {visits.data(), &problems};
  RunOptions options;
  options.workspace = memory;
  options.workspaceBytes = sizeof(memory);
  options.threads = 4;
  EXPECT_TRUE(executable->run(arguments, options).ok());
  EXPECT_EQ(visits, std::vector<int64_t>(100, 1));
  options.threads = 5;
  EXPECT_STREQ(executable->run(arguments, options).message(),
               "the workspace has 320 bytes, 384 are needed for 5 threads");
}

/// Sums of lines of f32, twice over: a parallel step that reads what another
/// wrote.
struct Sums : DemoArtifact {
  static constexpr int64_t Lines = 203, Length = 37;
  std::vector<float> input;
  Sums() : input(Lines * Length) {
    for (size_t i = 0; i < input.size(); ++i)
      input[i] = 1.0f / static_cast<float>(i + 1);
    const uint32_t kernel = addKernel(scaledSum, 3, Length * sizeof(float));
    const uint32_t out = addArgument();
    const uint32_t constant = addConstant(
        input.data(), static_cast<int64_t>(input.size() * sizeof(float)));
    const uint32_t middle = addWorkspace(0, Lines * sizeof(float));
    artifact.workspaceBytes = number(Lines * sizeof(float));
    const uint32_t scalars = addScalars();
    addStep(kernel, {literal(Lines)}, {{middle}, {constant}, {scalars}},
            {{literal(Length)}}, 1);
    addStep(kernel, {literal(Lines / 7)}, {{out}, {middle}, {scalars}},
            {{literal(7)}}, 1);
  }
  static std::vector<float> run(const Executable &executable,
                                const RunOptions &options) {
    std::vector<float> out(Lines / 7);
    void *arguments[] = {out.data()};
    const Status status = executable.run(arguments, options);
    EXPECT_TRUE(status.ok()) << status.message();
    return out;
  }
};

RunOptions onThreads(unsigned threads) {
  RunOptions options;
  options.threads = threads;
  return options;
}

TEST(Threads, BitwiseEqual) {
  Sums demo;
  const auto executable = demo.bind();
  const std::vector<float> expected = Sums::run(*executable, onThreads(1));
  EXPECT_GT(expected[0], expected[1]);
  EXPECT_GT(expected.back(), 0);
  for (unsigned threads = 0; threads <= 8; ++threads)
    for (int repeat = 0; repeat < 50; ++repeat)
      ASSERT_EQ(Sums::run(*executable, onThreads(threads)), expected);
}

TEST(Threads, ConcurrentCalls) {
  Sums demo;
  const auto executable = demo.bind();
  const std::vector<float> expected = Sums::run(*executable, onThreads(1));
  std::vector<std::thread> callers;
  std::atomic<int> wrong{0};
  for (unsigned caller = 0; caller < 8; ++caller)
    callers.emplace_back([&, caller] {
      for (int i = 0; i < 200; ++i)
        wrong += Sums::run(*executable, onThreads(1 + caller % 4)) != expected;
    });
  for (std::thread &caller : callers)
    caller.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Threads, AllocatesNothingAfterTheFirstCall) {
  EINC_NEEDS_ALLOCATION_COUNTER();
  Sums demo;
  const auto executable = demo.bind();
  std::vector<float> out(Sums::Lines / 7);
  void *arguments[] = {out.data()};
  ASSERT_TRUE(executable->run(arguments, onThreads(4)).ok());
  const uint64_t before = numAllocations();
  for (int i = 0; i < 100; ++i)
    (void)executable->run(arguments, onThreads(1 + i % 4));
  EXPECT_EQ(numAllocations(), before);
}

/// Threads of its own; counts what it was asked for.
struct Recorder {
  std::vector<uint32_t> counts;
  Executor executor = {run, this};
  static void run(void *context, uint32_t count, TaskFunction task,
                  void *argument) {
    static_cast<Recorder *>(context)->counts.push_back(count);
    std::vector<std::thread> threads;
    for (uint32_t i = count; i-- > 0;)
      threads.emplace_back(task, argument, i);
    for (std::thread &thread : threads)
      thread.join();
  }
};

TEST(Threads, CallersExecutor) {
  Sums demo;
  const auto executable = demo.bind();
  const std::vector<float> expected = Sums::run(*executable, onThreads(1));
  Recorder recorder;
  RunOptions options = onThreads(3);
  options.executor = &recorder.executor;
  EXPECT_EQ(Sums::run(*executable, options), expected);
  EXPECT_EQ(recorder.counts, (std::vector<uint32_t>{3, 3}));
}

/// Single grains from the last to the first, tasks in turn.
struct Backwards {
  std::vector<int64_t> grains;
  Executor executor = {nullptr, this, run};
  static void run(void *context, uint32_t count, int64_t grains,
                  RangeFunction range, void *argument) {
    static_cast<Backwards *>(context)->grains.push_back(grains);
    for (int64_t g = grains; g-- > 0;)
      range(argument, static_cast<uint32_t>(g % count), g, g + 1);
  }
};

TEST(Threads, CallersRanges) {
  Sums demo;
  const auto executable = demo.bind();
  const std::vector<float> expected = Sums::run(*executable, onThreads(1));
  for (unsigned threads : {0, 1, 3, 5000}) {
    Backwards backwards;
    RunOptions options = onThreads(threads);
    options.executor = &backwards.executor;
    EXPECT_EQ(Sums::run(*executable, options), expected);
    EXPECT_EQ(backwards.grains,
              (std::vector<int64_t>{Sums::Lines, Sums::Lines / 7}));
  }
}

TEST(Threads, CallersRangesOfFewGrains) {
  for (int64_t minGrains : {0, 1, 100}) {
    Visits demo(7, minGrains);
    const auto executable = demo.bind();
    Backwards backwards;
    RunOptions options = onThreads(4);
    options.executor = &backwards.executor;
    std::vector<int64_t> visits(7);
    std::atomic<int64_t> problems{0};
    void *arguments[] = {visits.data(), &problems};
    ASSERT_TRUE(executable->run(arguments, options).ok());
    EXPECT_EQ(visits, std::vector<int64_t>(7, 1));
    // Steps that are never split stay whole.
    EXPECT_EQ(backwards.grains.size(), minGrains == 0 ? 0u : 1u);
  }
}

TEST(Threads, CallWithinACall) {
  // While the outer call is in a parallel step, its executor runs another
  // call on the same thread. That one must leave the outer workspace alone.
  Sums demo;
  const auto executable = demo.bind();
  const std::vector<float> expected = Sums::run(*executable, onThreads(1));
  struct Context {
    const Executable *executable;
    std::vector<float> inner;
    int calls = 0;
  } context{executable.get(), {}, 0};
  const Executor executor = {
      [](void *opaque, uint32_t count, TaskFunction task, void *argument) {
        auto &context = *static_cast<Context *>(opaque);
        ++context.calls;
        context.inner = Sums::run(*context.executable, onThreads(2));
        for (uint32_t i = 0; i < count; ++i)
          task(argument, i);
        context.inner = Sums::run(*context.executable, onThreads(1));
      },
      &context};
  RunOptions options = onThreads(4);
  options.executor = &executor;
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(Sums::run(*executable, options), expected);
  EXPECT_EQ(context.inner, expected);
  EXPECT_EQ(context.calls, 6);
}

TEST(Threads, RunsInAForkedChild) {
#ifdef EINC_THREAD_SANITIZER
  GTEST_SKIP() << "the thread sanitizer forbids threads after a fork";
#endif
  Sums demo;
  const auto executable = demo.bind();
  const std::vector<float> expected = Sums::run(*executable, onThreads(4));
  // Other threads keep the pool busy while this one forks.
  std::atomic<bool> stop{false};
  std::vector<std::thread> others;
  for (int i = 0; i < 2; ++i)
    others.emplace_back([&] {
      while (!stop)
        (void)Sums::run(*executable, onThreads(3));
    });
  for (int i = 0; i < 20; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      alarm(20); // a hang ends as a failure
      bool right = true;
      float out[Sums::Lines / 7];
      void *arguments[] = {out};
      for (int repeat = 0; repeat < 3; ++repeat) {
        std::memset(out, 0, sizeof(out));
        right &= executable->run(arguments, onThreads(4)).ok() &&
                 std::memcmp(out, expected.data(), sizeof(out)) == 0;
      }
      _exit(right ? 0 : 1);
    }
    int result = 0;
    ASSERT_EQ(waitpid(child, &result, 0), child);
    EXPECT_TRUE(WIFEXITED(result) && WEXITSTATUS(result) == 0) << result;
  }
  stop = true;
  for (std::thread &other : others)
    other.join();
  EXPECT_EQ(Sums::run(*executable, onThreads(4)), expected);
}

/// out[g] = the rounding mode that grain g is computed with.
void recordRounding(void *const *pointers, const int64_t *, void *,
                    int64_t begin, int64_t end) {
  for (int64_t g = begin; g < end; ++g) {
    const volatile float one = 1, tiny = 1e-30f;
    static_cast<float *>(pointers[0])[g] = one + tiny;
  }
}

/// Runs all tasks on a thread that rounds to nearest, whoever asks.
const Executor ElsewhereExecutor = {
    [](void *, uint32_t count, TaskFunction task, void *argument) {
      std::thread([&] {
        std::fesetround(FE_TONEAREST);
        for (uint32_t i = 0; i < count; ++i)
          task(argument, i);
        EXPECT_EQ(std::fegetround(), FE_TONEAREST);
      }).join();
    },
    nullptr};

TEST(Threads, FloatingPointEnvironmentIsTheCallers) {
  DemoArtifact demo;
  demo.addStep(demo.addKernel(recordRounding, 1), {literal(64)},
               {{demo.addArgument()}}, {}, 1);
  const auto executable = demo.bind();
  RunOptions options = onThreads(4);
  std::vector<float> out(64);
  void *arguments[] = {out.data()};
  ASSERT_TRUE(executable->run(arguments, options).ok());
  EXPECT_EQ(out, std::vector<float>(64, 1.0f));
  for (const Executor *executor :
       {&ElsewhereExecutor, static_cast<const Executor *>(nullptr)})
    for (int repeat = 0; repeat < 20; ++repeat) {
      options.executor = executor;
      std::fesetround(FE_UPWARD);
      const Status status = executable->run(arguments, options);
      const int rounding = std::fegetround();
      std::fesetround(FE_TONEAREST);
      ASSERT_TRUE(status.ok());
      EXPECT_EQ(rounding, FE_UPWARD);
      EXPECT_EQ(out, std::vector<float>(64, 1.0f + 0x1p-23f));
    }
  ASSERT_TRUE(executable->run(arguments, options).ok());
  EXPECT_EQ(out, std::vector<float>(64, 1.0f));
}

} // namespace
