// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/MemoryLimit.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace einc;
namespace fs = std::filesystem;

namespace {
/// A system made of files.
class MemoryLimit : public testing::Test {
protected:
  void SetUp() override {
    root = testing::TempDir() + "einc-memory-" +
           testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root);
  }
  void TearDown() override { fs::remove_all(root); }

  void write(const std::string &path, const std::string &text) {
    fs::path file = root + "/" + path;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  uint64_t available() {
    return availableMemoryBytes((root + "/meminfo").c_str(),
                                (root + "/cgroup").c_str(),
                                (root + "/mount").c_str());
  }
  std::string root;
};
} // namespace

TEST_F(MemoryLimit, UnlimitedIfNothingIsKnown) {
  EXPECT_EQ(available(), UINT64_MAX);
}

TEST_F(MemoryLimit, IsWhatTheSystemHas) {
  write("meminfo", "MemTotal:       9000 kB\nMemAvailable:    5000 kB\n");
  EXPECT_EQ(available(), 5000u * 1024);
}

TEST_F(MemoryLimit, Version2) {
  write("meminfo", "MemAvailable: 5000 kB\n");
  write("cgroup", "0::/app/worker\n");
  write("mount/app/worker/memory.max", "1000000\n");
  write("mount/app/worker/memory.current", "300000\n");
  EXPECT_EQ(available(), 700000u);
  write("mount/app/worker/memory.stat",
        "anon 1\ninactive_file 50000\nactive_file 7\n");
  EXPECT_EQ(available(), 750000u);
}

TEST_F(MemoryLimit, AncestorsCount) {
  write("cgroup", "0::/app/worker\n");
  write("mount/app/worker/memory.max", "max\n");
  write("mount/app/worker/memory.current", "300000\n");
  write("mount/app/memory.max", "400000\n");
  write("mount/app/memory.current", "350000\n");
  EXPECT_EQ(available(), 50000u);
}

TEST_F(MemoryLimit, Version1) {
  write("cgroup", "5:cpu:/job\n4:hugetlb,memory:/job\n0::/\n");
  write("mount/memory/job/memory.limit_in_bytes", "9223372036854771712\n");
  write("mount/memory/job/memory.usage_in_bytes", "2000\n");
  write("mount/memory/memory.limit_in_bytes", "8000\n");
  write("mount/memory/memory.usage_in_bytes", "3000\n");
  write("mount/memory/memory.stat", "inactive_file 1\n"
                                    "total_inactive_file 500\n");
  EXPECT_EQ(available(), 5500u);
}

TEST_F(MemoryLimit, AGroupOverItsLimitLeavesNothing) {
  write("cgroup", "0::/\n");
  write("mount/memory.max", "1000\n");
  write("mount/memory.current", "1500\n");
  EXPECT_EQ(available(), 0u);
}

TEST_F(MemoryLimit, DamagedFilesSayNothing) {
  write("meminfo", "MemAvailable: much\n");
  write("cgroup", "0\n::\n0::no-slash\n");
  write("mount/memory.max", "\n");
  EXPECT_EQ(available(), UINT64_MAX);
}

TEST_F(MemoryLimit, ThisSystemHasSome) {
  EXPECT_GT(availableMemoryBytes(), 1u << 20);
}
