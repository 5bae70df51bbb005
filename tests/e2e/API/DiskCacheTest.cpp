// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Options::diskCache between processes. Each is a child of this one, which
/// itself compiles nothing: children start without libeinc-compiler.so.

#include "einc/Einsum.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace einc;

static bool isLoaded(const char *library) {
  std::ifstream file("/proc/self/maps");
  std::ostringstream maps;
  maps << file.rdbuf();
  return maps.str().find(library) != std::string::npos;
}

namespace {

/// What a process found out, as its exit status.
enum Outcome { Compiled = 10, NotCompiled = 11, Wrong = 12, Failed = 13 };

class DiskCache : public testing::Test {
protected:
  DiskCache() {
    std::string name =
        std::filesystem::temp_directory_path() / "einc-disk-XXXXXX";
    folder = mkdtemp(name.data()) ? name : "";
  }
  ~DiskCache() override { std::filesystem::remove_all(folder); }

  /// Computes the same products in a process of its own.
  static int run(const Options &options, const char *compiler = nullptr) {
    pid_t child = fork();
    if (child == 0)
      _exit(compute(options, compiler));
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  static int compute(const Options &options, const char *compiler) try {
    if (compiler)
      setenv("EINC_COMPILER", compiler, 1);
    Tensor a = {{1, 2, 3}, {4, 5, 6}}, b = {{7, -8}, {9, 10}, {-11, 12}};
    if (einsum("ij,jk->ik", {a, b}, options)(1, 0) != 4 * 7 + 5 * 9 - 6 * 11 ||
        einsum("ij->", {a}, options)() != 21)
      return Wrong;
    if (isLoaded("libLLVM") || isLoaded("libMLIR"))
      return Wrong;
    return isLoaded("libeinc-compiler") ? Compiled : NotCompiled;
  } catch (const Error &) {
    return Failed;
  }

  size_t numFiles() const {
    std::filesystem::directory_iterator first(folder), last;
    return size_t(std::distance(first, last));
  }

  std::string folder;
};

} // namespace

TEST_F(DiskCache, ASecondProcessLoadsNoCompiler) {
  Options options = {.diskCache = true, .cacheDirectory = folder};
  EXPECT_EQ(run(options), Compiled);
  EXPECT_GE(numFiles(), 2u);
  EXPECT_EQ(run(options), NotCompiled);
  // A file that is no library in its place.
  EXPECT_EQ(run(options, __FILE__), NotCompiled);
  EXPECT_EQ(run({}, __FILE__), Failed);
}

TEST_F(DiskCache, IsOffUnlessAskedFor) {
  EXPECT_EQ(run({.cacheDirectory = folder}), Compiled);
  EXPECT_EQ(numFiles(), 0u);
}

TEST_F(DiskCache, ADamagedFileIsCompiledAgain) {
  Options options = {.diskCache = true, .cacheDirectory = folder};
  EXPECT_EQ(run(options), Compiled);
  for (const auto &file : std::filesystem::directory_iterator(folder)) {
    std::fstream stream(file.path(),
                        std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(-20, std::ios::end);
    stream.write("\xCC\xCC\xCC", 3);
  }
  EXPECT_EQ(run(options), Compiled);
  EXPECT_EQ(run(options), NotCompiled);
}

TEST_F(DiskCache, AFolderThatCannotBeUsedFailsNoCall) {
  for (const char *unusable : {"/proc/none", "/dev/null", "/dev/null/x"})
    EXPECT_EQ(run({.diskCache = true, .cacheDirectory = unusable}), Compiled)
        << unusable;
}
