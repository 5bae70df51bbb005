// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The functions of einc-c/Runtime.h.

#include "AllocationCounter.h"
#include "DemoProgram.h"
#include "einc-c/Runtime.h"

#include <gtest/gtest.h>
#include <set>
#include <string>
#include <thread>

using namespace einc::runtime;
using namespace einc::runtime::demo;

namespace {

/// Runs on `vector`, all of it.
int run(const EincProgram &program, std::vector<int64_t> &vector) {
  void *arguments[] = {vector.data()};
  int64_t n = int64_t(vector.size());
  return eincRunProgram(&program, arguments, &n, nullptr, 0);
}

TEST(CInterface, Runs) {
  DemoProgram demo;
  std::vector<int64_t> four = {1, 2, 3, 4}, five = {1, 2, 3, 4, 5};
  EXPECT_EQ(run(demo.get(), four), EINC_RESULT_OK);
  EXPECT_EQ(four, (std::vector<int64_t>{101, 102, 103, 104}));
  EXPECT_EQ(run(demo.get(), five), EINC_RESULT_OK);
  EXPECT_EQ(five, (std::vector<int64_t>{11, 12, 13, 14, 15}));
  EXPECT_EQ(run(demo.get(), four), EINC_RESULT_OK);
  EXPECT_EQ(four, (std::vector<int64_t>{201, 202, 203, 204}));
  eincForgetProgram(&demo.program);
}

TEST(CInterface, ASecondCallAllocatesNothing) {
  EINC_NEEDS_ALLOCATION_COUNTER();
  DemoProgram demo;
  const EincProgram &program = demo.get();
  std::vector<int64_t> vector = {1, 2, 3};
  ASSERT_EQ(run(program, vector), EINC_RESULT_OK);
  const uint64_t before = numAllocations();
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(run(program, vector), EINC_RESULT_OK);
  EXPECT_EQ(numAllocations(), before);
  EXPECT_EQ(vector, (std::vector<int64_t>{111, 112, 113}));
  eincForgetProgram(&program);
}

TEST(CInterface, RefusesWhatCannotRun) {
  DemoProgram demo;
  const EincProgram &program = demo.get();
  std::vector<int64_t> vector = {1, 2, 3};
  void *arguments[] = {vector.data()}, *none[] = {nullptr};
  const int64_t n = 3, zero = 0, negative = -3, huge = INT64_MAX / 2;
  auto call = [&](const EincProgram *p, void *const *a, const int64_t *numbers,
                  void *workspace = nullptr, uint64_t bytes = 0) {
    return eincRunProgram(p, a, numbers, workspace, bytes);
  };
  EXPECT_EQ(call(nullptr, arguments, &n), EINC_RESULT_INVALID_ARGUMENT);
  EXPECT_EQ(call(&program, nullptr, &n), EINC_RESULT_INVALID_ARGUMENT);
  EXPECT_EQ(call(&program, none, &n), EINC_RESULT_INVALID_ARGUMENT);
  EXPECT_EQ(call(&program, none, &zero), EINC_RESULT_OK);
  EXPECT_EQ(call(&program, arguments, nullptr), EINC_RESULT_INVALID_ARGUMENT);
  EXPECT_EQ(call(&program, arguments, &negative), EINC_RESULT_INVALID_ARGUMENT);
  EXPECT_EQ(call(&program, arguments, &huge), EINC_RESULT_LIMIT);

  uint64_t bytes = eincProgramWorkspaceBytes(&program, &n);
  ASSERT_GT(bytes, 0u);
  std::vector<char> memory(bytes + 128);
  char *aligned = memory.data() + (64 - uintptr_t(memory.data()) % 64) % 64;
  EXPECT_EQ(call(&program, arguments, &n, aligned, bytes - 1),
            EINC_RESULT_INVALID_ARGUMENT);
  EXPECT_EQ(call(&program, arguments, &n, aligned + 8, bytes),
            EINC_RESULT_INVALID_ARGUMENT);
  EXPECT_EQ(vector, (std::vector<int64_t>{1, 2, 3})) << "written by a refusal";
  EXPECT_EQ(call(&program, arguments, &n, aligned, bytes), EINC_RESULT_OK);
  EXPECT_EQ(vector, (std::vector<int64_t>{11, 12, 13}));

  EXPECT_EQ(eincProgramWorkspaceBytes(&program, &huge), UINT64_MAX);
  EXPECT_EQ(eincProgramWorkspaceBytes(&program, nullptr), UINT64_MAX);
  EXPECT_EQ(eincProgramWorkspaceBytes(nullptr, &n), UINT64_MAX);
  eincForgetProgram(&program);
  eincForgetProgram(&program);
  eincForgetProgram(nullptr);

  // Of another ABI or damaged: nothing else of it is read.
  DemoProgram other;
  other.get();
  other.program.abi = 1;
  EXPECT_EQ(call(&other.program, arguments, &n), EINC_RESULT_BAD_PROGRAM);
  other.program.abi = EINC_ARTIFACT_ABI;
  other.program.size = 1;
  EXPECT_EQ(call(&other.program, arguments, &n), EINC_RESULT_BAD_PROGRAM);
  other.get();
  other.artifacts[0]->steps[0].kernel = 9;
  EXPECT_EQ(call(&other.program, arguments, &n), EINC_RESULT_BAD_PROGRAM);
  // Once it is right it runs: no refusal is remembered.
  other.artifacts[0]->steps[0].kernel = 0;
  EXPECT_EQ(call(&other.program, arguments, &n), EINC_RESULT_OK);
  eincForgetProgram(&other.program);

  DemoProgram foreign;
  foreign.variants.resize(1); // which no processor can run
  EXPECT_EQ(call(&foreign.get(), arguments, &n), EINC_RESULT_UNSUPPORTED_CPU);
  eincForgetProgram(&foreign.program);
}

TEST(CInterface, ForgottenProgramsMayGiveTheirPlaceToOthers) {
  // At one address, one after the other.
  DemoProgram first, second;
  second.variants = {second.variant(2)};
  EincProgram program = first.get();
  std::vector<int64_t> vector = {5, 6};
  EXPECT_EQ(run(program, vector), EINC_RESULT_OK);
  EXPECT_EQ(vector, (std::vector<int64_t>{15, 16}));
  std::thread([&] {
    std::vector<int64_t> own = {1, 2};
    EXPECT_EQ(run(program, own), EINC_RESULT_OK);
    // Forgotten by this thread, not by the one that remembers it.
    eincForgetProgram(&program);
  }).join();
  program = second.get();
  EXPECT_EQ(run(program, vector), EINC_RESULT_OK);
  EXPECT_EQ(vector, (std::vector<int64_t>{1015, 1016}));
  eincForgetProgram(&program);
}

TEST(CInterface, ManyExtentsFromManyThreads) {
  DemoProgram demos[3];
  for (DemoProgram &demo : demos)
    demo.get();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&demos, t] {
      for (int64_t i = 0; i < 300; ++i) {
        // More extents than are kept.
        int64_t n = (i * (2 * t + 1)) % 97;
        std::vector<int64_t> vector(size_t(n), i);
        EXPECT_EQ(run(demos[i % 3].program, vector), EINC_RESULT_OK);
        for (int64_t value : vector)
          EXPECT_EQ(value, i + (n == 4 ? 100 : 10));
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  for (DemoProgram &demo : demos)
    eincForgetProgram(&demo.program);
}

TEST(CInterface, TextsOfResults) {
  std::set<std::string> texts;
  for (int result = EINC_RESULT_OK; result <= EINC_RESULT_BAD_PROGRAM; ++result)
    texts.insert(eincResultText(result));
  EXPECT_EQ(texts.size(), 6u);
  EXPECT_STREQ(eincResultText(EINC_RESULT_OK), "ok");
  EXPECT_STREQ(eincResultText(EINC_RESULT_UNSUPPORTED_CPU),
               "no variant for this processor");
  EXPECT_STREQ(eincResultText(6), "unknown result");
  EXPECT_STREQ(eincResultText(-1), "unknown result");
}

} // namespace
