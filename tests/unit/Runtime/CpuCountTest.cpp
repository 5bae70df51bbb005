// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Quotas of both cgroup versions, and the parser of EINC_NUM_THREADS.

#include "runtime/CpuCount.h"
#include "runtime/ThreadPool.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <unistd.h>

using namespace einc::runtime;

namespace {

/// A folder of small files, removed at the end.
class Folder {
public:
  explicit Folder(const std::map<std::string, std::string> &files) {
    std::string name =
        (std::filesystem::temp_directory_path() / "einc-cgroup-XXXXXX")
            .string();
    path = mkdtemp(name.data());
    for (const auto &[file, text] : files) {
      const std::filesystem::path full = path / file;
      std::filesystem::create_directories(full.parent_path());
      std::ofstream(full) << text;
    }
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

TEST(CpuCount, Quotas) {
  struct {
    const char *name;
    std::map<std::string, std::string> files;
    unsigned cpus;
  } rows[] = {
      {"no cgroups", {}, 0},
      {"version 2",
       {{"self", "0::/a\n"}, {"m/a/cpu.max", "300000 100000\n"}},
       3},
      {"a part of a CPU is one",
       {{"self", "0::/a\n"}, {"m/a/cpu.max", "150000 100000\n"}},
       2},
      {"less than one CPU",
       {{"self", "0::/a\n"}, {"m/a/cpu.max", "1000 100000\n"}},
       1},
      {"unlimited", {{"self", "0::/a\n"}, {"m/a/cpu.max", "max 100000\n"}}, 0},
      {"an ancestor is tighter",
       {{"self", "0::/a/b/c\n"},
        {"m/a/b/c/cpu.max", "500000 100000\n"},
        {"m/a/b/cpu.max", "max 100000\n"},
        {"m/a/cpu.max", "400000 100000\n"}},
       4},
      {"a container sees its group as the mount",
       {{"self", "0::/docker/123\n"}, {"m/cpu.max", "600000 100000\n"}},
       6},
      {"root", {{"self", "0::/\n"}, {"m/cpu.max", "700000 100000\n"}}, 7},
      {"version 1",
       {{"self", "5:memory:/a\n4:cpu,cpuacct:/a\n"},
        {"m/cpu,cpuacct/a/cpu.cfs_quota_us", "500000\n"},
        {"m/cpu,cpuacct/a/cpu.cfs_period_us", "100000\n"}},
       5},
      {"version 1, linked as cpu, group unseen",
       {{"self", "4:cpuacct,cpu:/a\n"},
        {"m/cpu/cpu.cfs_quota_us", "250000\n"},
        {"m/cpu/cpu.cfs_period_us", "50000\n"}},
       5},
      {"version 1 without a quota",
       {{"self", "1:cpu:/\n"},
        {"m/cpu/cpu.cfs_quota_us", "-1\n"},
        {"m/cpu/cpu.cfs_period_us", "100000\n"}},
       0},
      {"cpuset and cpuacct are not cpu",
       {{"self", "3:cpuset:/\n2:cpuacct:/\n"},
        {"m/cpuset/cpu.cfs_quota_us", "100000\n"},
        {"m/cpuset/cpu.cfs_period_us", "100000\n"}},
       0},
      {"garbage",
       {{"self", "x\n:\n0::/a\n"}, {"m/a/cpu.max", "many few\n"}},
       0},
      {"no period", {{"self", "0::/a\n"}, {"m/a/cpu.max", "100000 0\n"}}, 0},
  };
  for (const auto &row : rows) {
    SCOPED_TRACE(row.name);
    const Folder folder(row.files);
    EXPECT_EQ(
        cgroupCpus((folder.path / "self").c_str(), (folder.path / "m").c_str()),
        row.cpus);
  }
}

TEST(CpuCount, ThisProcessHasOne) {
  EXPECT_GE(availableCpus(), 1u);
  EXPECT_LE(availableCpus(),
            static_cast<unsigned>(sysconf(_SC_NPROCESSORS_CONF)));
}

TEST(CpuCount, ParseThreadCount) {
  struct {
    const char *text;
    unsigned number;
  } rows[] = {{nullptr, 0},
              {"", 0},
              {" ", 0},
              {"1", 1},
              {"8", 8},
              {" 12\n", 12},
              {"007", 7},
              {"64", 64},
              {"65", 0},
              {"0", 0},
              {"-3", 0},
              {"+3", 0},
              {"4x", 0},
              {"x", 0},
              {"3.5", 0},
              {"1 2", 0},
              {"0x10", 0},
              {"4294967297", 0},
              {"99999999999999999999999999", 0}};
  for (const auto &row : rows)
    EXPECT_EQ(parseThreadCount(row.text, 64), row.number)
        << (row.text ? row.text : "(null)");
}

// The variable is read once in a process, so each row gets a process.
TEST(CpuCountDeathTest, Variable) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  struct {
    const char *text;
    unsigned threads;
  } rows[] = {{"3", 3},
              {"nonsense", availableCpus()},
              {"0", availableCpus()},
              {"1000000", availableCpus()}};
  for (const auto &row : rows)
    EXPECT_EXIT(
        {
          setenv("EINC_NUM_THREADS", row.text, 1);
          const bool right = defaultThreads() == row.threads;
          setenv("EINC_NUM_THREADS", "17", 1);
          _exit(right && defaultThreads() == row.threads ? 0 : 1);
        },
        testing::ExitedWithCode(0), "")
        << row.text;
}

} // namespace
