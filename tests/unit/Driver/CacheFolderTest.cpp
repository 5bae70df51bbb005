// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CacheFolder.h"
#include "tests/unit/Driver/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

using namespace einc;
using namespace einc::test;

namespace {

/// The environment's variables as given, until the end of the test.
class CacheFolder : public testing::Test {
protected:
  static constexpr const char *Names[] = {"EINC_CACHE_DIR", "XDG_CACHE_HOME",
                                          "HOME", "EINC_CACHE_MAX_BYTES"};
  CacheFolder() {
    for (const char *name : Names) {
      const char *value = getenv(name);
      saved.push_back(value ? std::optional<std::string>(value) : std::nullopt);
      unsetenv(name);
    }
  }
  ~CacheFolder() override {
    for (size_t i = 0; i < saved.size(); ++i)
      if (saved[i])
        setenv(Names[i], saved[i]->c_str(), 1);
      else
        unsetenv(Names[i]);
  }

  static std::string folder(const std::string &given = "") {
    Result<DiskCacheOptions> options = diskCacheOptions(given);
    return options ? options->folder : options.error().message;
  }
  static std::string problemOf(const std::string &path, bool create = true) {
    Result<FileDescriptor> opened = openCacheFolder(path, create);
    if (opened)
      return "none";
    EXPECT_EQ(opened.error().kind, ErrorKind::IO);
    return opened.error().message;
  }

  std::vector<std::optional<std::string>> saved;
  TemporaryFolder temporary;
};

mode_t permissions(const std::string &path) {
  struct stat status = {};
  stat(path.c_str(), &status);
  return status.st_mode & 07777;
}

} // namespace

TEST_F(CacheFolder, IsTheFirstThatIsNamed) {
  EXPECT_EQ(folder(), "no folder to keep kernels in: neither EINC_CACHE_DIR "
                      "nor XDG_CACHE_HOME nor HOME is set");
  // A cache of no size needs none.
  setenv("EINC_CACHE_MAX_BYTES", "0", 1);
  EXPECT_EQ(folder(), "");
  setenv("HOME", "/home/a", 1);
  EXPECT_EQ(folder(), "/home/a/.cache/einc");
  setenv("XDG_CACHE_HOME", "/xdg", 1);
  EXPECT_EQ(folder(), "/xdg/einc");
  setenv("XDG_CACHE_HOME", "relative", 1);
  EXPECT_EQ(folder(), "/home/a/.cache/einc");
  setenv("EINC_CACHE_DIR", "own", 1);
  EXPECT_EQ(folder(), "own");
  setenv("EINC_CACHE_DIR", "", 1);
  EXPECT_EQ(folder(), "/home/a/.cache/einc");
  EXPECT_EQ(folder("/given"), "/given");
}

TEST_F(CacheFolder, HasASize) {
  setenv("EINC_CACHE_DIR", "/x", 1);
  EXPECT_EQ(diskCacheOptions()->maxBytes, uint64_t(256) << 20);
  setenv("EINC_CACHE_MAX_BYTES", "0", 1);
  EXPECT_EQ(diskCacheOptions()->maxBytes, 0u);
  setenv("EINC_CACHE_MAX_BYTES", "18446744073709551615", 1);
  EXPECT_EQ(diskCacheOptions()->maxBytes, UINT64_MAX);
  for (const char *wrong : {"1M", "-1", " 1", "18446744073709551616", "x"}) {
    setenv("EINC_CACHE_MAX_BYTES", wrong, 1);
    Result<DiskCacheOptions> options = diskCacheOptions();
    ASSERT_FALSE(options);
    EXPECT_EQ(options.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(options.error().message, "EINC_CACHE_MAX_BYTES is '" +
                                           std::string(wrong) +
                                           "', expected a number of bytes");
  }
}

TEST_F(CacheFolder, IsMadeForTheUserAlone) {
  std::string path = temporary.path("a/b");
  EXPECT_EQ(problemOf(path, /*create=*/false),
            "cannot open the cache folder '" + path +
                "': No such file or directory");
  EXPECT_FALSE(std::filesystem::exists(temporary.path("a")));
  EXPECT_EQ(problemOf(path), "none");
  EXPECT_EQ(permissions(path), 0700u);
  EXPECT_EQ(permissions(temporary.path("a")), 0700u);
  EXPECT_EQ(problemOf(path), "none");
}

TEST_F(CacheFolder, OthersMayReadButNotWrite) {
  std::string path = temporary.path("a");
  mkdir(path.c_str(), 0700);
  for (mode_t mode : {0755u, 0750u, 0700u, 0500u}) {
    chmod(path.c_str(), mode);
    EXPECT_EQ(problemOf(path), "none") << mode;
  }
  for (mode_t mode : {0777u, 0720u, 0702u, 01777u}) {
    chmod(path.c_str(), mode);
    EXPECT_EQ(problemOf(path),
              "the cache folder '" + path + "' can be written to by others");
  }
}

TEST_F(CacheFolder, IsNoLink) {
  std::string path = temporary.path("a"), link = temporary.path("link");
  mkdir(path.c_str(), 0700);
  ASSERT_EQ(symlink(path.c_str(), link.c_str()), 0);
  for (const char *end : {"", "/", "//"})
    EXPECT_EQ(problemOf(link + end),
              "the cache folder '" + link + "' is no folder, or a link to one");
  // Links above it are the user's own affair.
  EXPECT_EQ(problemOf(link + "/b"), "none");
  EXPECT_TRUE(std::filesystem::exists(path + "/b"));
  ASSERT_EQ(symlink("/nowhere", temporary.path("broken").c_str()), 0);
  EXPECT_NE(problemOf(temporary.path("broken")), "none");
}

TEST_F(CacheFolder, IsNoFile) {
  std::string path = temporary.path("file");
  writeFile(path, {1});
  EXPECT_EQ(problemOf(path),
            "the cache folder '" + path + "' is no folder, or a link to one");
  EXPECT_NE(problemOf(path + "/below"), "none");
  // Nobody blocks on a pipe.
  ASSERT_EQ(mkfifo(temporary.path("pipe").c_str(), 0600), 0);
  EXPECT_NE(problemOf(temporary.path("pipe")), "none");
}

TEST_F(CacheFolder, CannotBeAnywhere) {
  EXPECT_EQ(problemOf("/proc/einc/cache"),
            "cannot create the cache folder '/proc/einc/cache': "
            "No such file or directory");
  EXPECT_NE(problemOf(std::string("a\0b", 3)), "none");
  EXPECT_NE(problemOf(temporary.path(std::string(5000, 'x'))), "none");
}

TEST_F(CacheFolder, OfAnotherUserIsRefused) {
  if (geteuid() != 0)
    GTEST_SKIP() << "only root can give a folder away";
  std::string path = temporary.path("a");
  mkdir(path.c_str(), 0700);
  ASSERT_EQ(chown(path.c_str(), 65534, 65534), 0);
  EXPECT_EQ(problemOf(path),
            "the cache folder '" + path + "' belongs to another user");
}
