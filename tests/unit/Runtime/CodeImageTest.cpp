// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Mapping, protection, ownership of code.

#include "DemoArtifact.h"
#include "runtime/KernelCall.h"

#include <cstdio>
#include <cstring>
#include <gtest/gtest.h>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace einc::runtime;
using namespace einc::runtime::demo;

namespace {

/// "r-xp" of the mapping that holds `address`, "" if there is none.
std::string permissions(const void *address) {
  std::FILE *maps = std::fopen("/proc/self/maps", "r");
  std::string result;
  char line[512];
  while (std::fgets(line, sizeof(line), maps)) {
    unsigned long long begin, end;
    char flags[8];
    if (std::sscanf(line, "%llx-%llx %7s", &begin, &end, flags) == 3 &&
        reinterpret_cast<uintptr_t>(address) >= begin &&
        reinterpret_cast<uintptr_t>(address) < end)
      result = flags;
  }
  std::fclose(maps);
  return result;
}

TEST(CodeImage, RunsBothEntries) {
#ifndef __x86_64__
  GTEST_SKIP() << "the code of this test is for x86-64";
#endif
  CodeImage image;
  ASSERT_TRUE(CodeImage::create(Code, CodeBytes, image).ok());
  int64_t numbers[] = {10, 20, 30, 40, 50};
  void *pointers[] = {numbers};
  const int64_t params[] = {7};
  KernelCall{image.entry(0), pointers, params, nullptr, 0}(0, 1, 4);
  EXPECT_EQ(std::vector<int64_t>(numbers, numbers + 5),
            (std::vector<int64_t>{10, 21, 31, 41, 50}));
  KernelCall{image.entry(CodeAddParam), pointers, params, nullptr, 0}(0, 0, 2);
  EXPECT_EQ(std::vector<int64_t>(numbers, numbers + 5),
            (std::vector<int64_t>{17, 28, 31, 41, 50}));
}

TEST(CodeImage, IsExecutableAndNotWritable) {
  CodeImage image;
  ASSERT_TRUE(CodeImage::create(Code, CodeBytes, image).ok());
  EXPECT_EQ(permissions(image.data()), "r-xp");
  EXPECT_EQ(image.size(), CodeBytes);
  EXPECT_EQ(std::memcmp(image.data(), Code, CodeBytes), 0);
}

TEST(CodeImage, MovesAndUnmaps) {
  const void *address;
  {
    CodeImage first;
    ASSERT_TRUE(CodeImage::create(Code, CodeBytes, first).ok());
    address = first.data();
    CodeImage second = std::move(first);
    EXPECT_EQ(first.data(), nullptr);
    EXPECT_EQ(first.entry(0), nullptr);
    EXPECT_EQ(second.data(), address);
    CodeImage third;
    third = std::move(second);
    EXPECT_EQ(third.data(), address);
    EXPECT_EQ(third.size(), CodeBytes);
  }
  EXPECT_NE(permissions(address), "r-xp");
}

TEST(CodeImage, EntryOutsideIsNull) {
  CodeImage image;
  ASSERT_TRUE(CodeImage::create(Code, CodeBytes, image).ok());
  EXPECT_NE(image.entry(CodeBytes - 1), nullptr);
  EXPECT_EQ(image.entry(CodeBytes), nullptr);
  EXPECT_EQ(image.entry(UINT64_MAX), nullptr);
}

TEST(CodeImage, LargerThanAPage) {
  std::vector<unsigned char> bytes(3 * 4096 + 1);
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<unsigned char>(i * 31);
  CodeImage image;
  ASSERT_TRUE(CodeImage::create(bytes.data(), bytes.size(), image).ok());
  EXPECT_EQ(std::memcmp(image.data(), bytes.data(), bytes.size()), 0);
}

TEST(CodeImage, Refuses) {
  CodeImage image;
  struct {
    const void *bytes;
    uint64_t size;
    StatusCode code;
    const char *message;
  } rows[] = {
      {Code, 0, StatusCode::BadArtifact, "the code image is empty"},
      {nullptr, 5, StatusCode::BadArtifact, "the code image is empty"},
      {Code, UINT64_MAX, StatusCode::BadArtifact,
       "the code image claims 18446744073709551615 bytes"},
  };
  for (const auto &row : rows) {
    const Status status = CodeImage::create(row.bytes, row.size, image);
    EXPECT_EQ(status.code(), row.code);
    EXPECT_STREQ(status.message(), row.message);
    EXPECT_EQ(image.data(), nullptr);
  }
}

#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif

// Linux 6.3 and later can refuse, per process, what SELinux refuses.
TEST(CodeImage, SaysSoIfTheSystemForbidsCode) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) != 0)
      _exit(77);
    CodeImage image;
    const Status status = CodeImage::create(Code, CodeBytes, image);
    _exit(status.code() == StatusCode::UnsupportedTarget && !image.data() &&
                  std::strstr(status.message(),
                              "refuses to make memory executable (mprotect: ")
              ? 0
              : 1);
  }
  int result = 0;
  ASSERT_EQ(waitpid(child, &result, 0), child);
  ASSERT_TRUE(WIFEXITED(result));
  if (WEXITSTATUS(result) == 77)
    GTEST_SKIP() << "this kernel has no PR_SET_MDWE";
  EXPECT_EQ(WEXITSTATUS(result), 0);
}

} // namespace
