// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// parallelFor over the process's pool.

#include "runtime/ThreadPool.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

using namespace einc::runtime;

namespace {

TEST(ThreadPool, EachIndexOnce) {
  for (uint32_t count : {0u, 1u, 2u, 5u, 40u}) {
    std::vector<std::atomic<int>> visits(count);
    parallelFor(
        count,
        [](void *argument, uint32_t i) {
          ++(*static_cast<std::vector<std::atomic<int>> *>(argument))[i];
        },
        &visits);
    for (const auto &visit : visits)
      EXPECT_EQ(visit, 1);
  }
}

TEST(ThreadPool, NestedRunsSerially) {
  struct Context {
    std::atomic<int> visits{0};
    std::atomic<int> strangers{0};
  } context;
  parallelFor(
      4,
      [](void *argument, uint32_t) {
        struct Inner {
          Context &context;
          std::thread::id owner;
        } inner{*static_cast<Context *>(argument), std::this_thread::get_id()};
        parallelFor(
            3,
            [](void *argument, uint32_t) {
              auto &inner = *static_cast<Inner *>(argument);
              ++inner.context.visits;
              inner.context.strangers +=
                  inner.owner != std::this_thread::get_id();
            },
            &inner);
      },
      &context);
  EXPECT_EQ(context.visits, 12);
  EXPECT_EQ(context.strangers, 0);
}

TEST(ThreadPool, BusyPoolLeavesTheCallerAlone) {
  // One call holds the pool until another has finished its own loop.
  struct Context {
    std::atomic<bool> holding{false}, release{false};
    std::thread::id second;
    int visits = 0; // by the second caller's thread only
    bool strangers = false;
  } context;
  std::thread holder([&] {
    parallelFor(
        2,
        [](void *argument, uint32_t) {
          auto &context = *static_cast<Context *>(argument);
          context.holding = true;
          context.holding.notify_all();
          context.release.wait(false);
        },
        &context);
  });
  context.holding.wait(false);
  context.second = std::this_thread::get_id();
  parallelFor(
      6,
      [](void *argument, uint32_t) {
        auto &context = *static_cast<Context *>(argument);
        ++context.visits;
        context.strangers |= context.second != std::this_thread::get_id();
      },
      &context);
  context.release = true;
  context.release.notify_all();
  holder.join();
  EXPECT_EQ(context.visits, 6);
  EXPECT_FALSE(context.strangers);
}

TEST(ThreadPool, UsesMoreThanOneThread) {
  // Two tasks that each wait for the other: two threads, or no end.
  std::atomic<int> arrived{0};
  parallelFor(
      2,
      [](void *argument, uint32_t) {
        auto &arrived = *static_cast<std::atomic<int> *>(argument);
        ++arrived;
        arrived.notify_all();
        for (int seen; (seen = arrived) < 2;)
          arrived.wait(seen);
      },
      &arrived);
  EXPECT_EQ(arrived, 2);
}

} // namespace
