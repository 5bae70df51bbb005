// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Leases: reuse, growth, nesting, exhaustion.

#include "runtime/Workspace.h"
#include "AllocationCounter.h"

#include <cstring>
#include <gtest/gtest.h>
#include <optional>
#include <thread>

using namespace einc::runtime;
using namespace einc::runtime::demo;

namespace {

bool isAligned(const void *memory) {
  return reinterpret_cast<uintptr_t>(memory) % WorkspaceAlignment == 0;
}

TEST(Workspace, ReusesWithoutAllocation) {
  trimWorkspace();
  void *first;
  {
    WorkspaceLease lease(100000);
    first = lease.data();
    ASSERT_NE(first, nullptr);
    EXPECT_TRUE(isAligned(first));
    std::memset(first, 0x5a, 100000);
  }
  const uint64_t before = numAllocations();
  for (uint64_t bytes : {100000, 64, 0, 1, 99999}) {
    WorkspaceLease lease(bytes);
    EXPECT_EQ(lease.data(), first);
  }
  EXPECT_EQ(numAllocations(), before);
}

TEST(Workspace, Grows) {
  for (uint64_t bytes : {1, 4095, 70000, 3 << 20, 5 << 20}) {
    WorkspaceLease lease(bytes);
    ASSERT_NE(lease.data(), nullptr);
    EXPECT_TRUE(isAligned(lease.data()));
    std::memset(lease.data(), 0x33, bytes);
  }
}

TEST(Workspace, NestedLeasesAreApart) {
  WorkspaceLease outer(1000);
  std::memset(outer.data(), 1, 1000);
  {
    WorkspaceLease middle(5000);
    std::memset(middle.data(), 2, 5000);
    WorkspaceLease inner(300);
    std::memset(inner.data(), 3, 300);
    trimWorkspace(); // none of these is free
    EXPECT_EQ(static_cast<char *>(middle.data())[4999], 2);
  }
  for (uint64_t bytes : {200000, 10}) { // replaces what `middle` had
    WorkspaceLease again(bytes);
    std::memset(again.data(), 4, bytes);
    WorkspaceLease deeper(bytes);
    std::memset(deeper.data(), 5, bytes);
  }
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(static_cast<char *>(outer.data())[i], 1);
}

TEST(Workspace, TrimFrees) {
  EINC_NEEDS_ALLOCATION_COUNTER();
  {
    WorkspaceLease lease(5000);
  }
  trimWorkspace();
  const uint64_t before = numAllocations();
  {
    WorkspaceLease lease(10);
  }
  EXPECT_EQ(numAllocations(), before + 1);
}

TEST(Workspace, NoMemory) {
  EINC_NEEDS_ALLOCATION_COUNTER();
  trimWorkspace();
  failAllocationsAfter(0);
  std::optional<WorkspaceLease> lease(std::in_place, 100);
  allowAllocations();
  EXPECT_EQ(lease->data(), nullptr);
  lease.reset();
  // Sizes whose rounding would wrap around.
  for (uint64_t bytes : {UINT64_MAX, UINT64_MAX - 100, uint64_t{1} << 63}) {
    WorkspaceLease large(bytes);
    EXPECT_EQ(large.data(), nullptr);
  }
  WorkspaceLease good(100);
  EXPECT_NE(good.data(), nullptr);
}

TEST(Workspace, FailedGrowthKeepsOuterLeases) {
  EINC_NEEDS_ALLOCATION_COUNTER();
  WorkspaceLease outer(64);
  std::memset(outer.data(), 9, 64);
  {
    WorkspaceLease inner(64);
  }
  failAllocationsAfter(0);
  {
    WorkspaceLease inner(1 << 20);
    EXPECT_EQ(inner.data(), nullptr);
  }
  allowAllocations();
  WorkspaceLease inner(64);
  EXPECT_NE(inner.data(), outer.data());
  EXPECT_EQ(static_cast<char *>(outer.data())[63], 9);
}

TEST(Workspace, EachThreadHasItsOwn) {
  WorkspaceLease mine(128);
  std::thread([&] {
    WorkspaceLease theirs(128);
    EXPECT_NE(theirs.data(), mine.data());
  }).join();
}

} // namespace
