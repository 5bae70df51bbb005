// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CompilerLibrary.h"
#include "compiler/Support/BuildId.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace einc;

static std::string fake(const std::string &name) {
  return std::string(EINC_FAKES) + "/" + name + ".so";
}

/// The rendered error of loading the stand-in `name`.
static std::string loadError(const std::string &name, ErrorKind kind) {
  std::vector<std::string> paths = {fake(name)};
  auto table = loadCompilerLibrary(paths, BuildId);
  if (table)
    return "loaded";
  EXPECT_EQ(kindName(table.error().kind), std::string(kindName(kind)));
  return table.error().render();
}

TEST(CompilerLibrary, LoadsASoundLibrary) {
  std::vector<std::string> paths = {"/nonexistent/first.so", fake("sound"),
                                    fake("abi")};
  auto table = loadCompilerLibrary(paths, BuildId);
  ASSERT_TRUE(table);
  EXPECT_STREQ((*table)->buildId, BuildId);
  auto again = loadCompilerLibrary(paths, BuildId);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *table);
}

TEST(CompilerLibrary, SaysWhereItLooked) {
  std::vector<std::string> paths = {"/nonexistent/a.so", "/nonexistent/b.so"};
  auto table = loadCompilerLibrary(paths, BuildId);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().kind, ErrorKind::IO);
  EXPECT_EQ(table.error().render(),
            "error: cannot find libeinc-compiler.so, which generates code\n"
            "note: set EINC_COMPILER to its path\n"
            "note: looked for /nonexistent/a.so\n"
            "note: looked for /nonexistent/b.so\n");
}

TEST(CompilerLibrary, TheFirstFileThatExistsDecides) {
  std::vector<std::string> paths = {fake("abi"), fake("sound")};
  EXPECT_FALSE(loadCompilerLibrary(paths, BuildId));
}

TEST(CompilerLibrary, RefusesAnotherTable) {
  EXPECT_EQ(loadError("abi", ErrorKind::BadArtifact),
            "error: " + fake("abi") +
                " belongs to another version of einc\n"
                "note: its table has version 77 and 40 bytes, expected "
                "version 2 and 40 bytes\n");
  EXPECT_EQ(loadError("size", ErrorKind::BadArtifact),
            "error: " + fake("size") +
                " belongs to another version of einc\n"
                "note: its table has version 2 and 8 bytes, expected "
                "version 2 and 40 bytes\n");
}

TEST(CompilerLibrary, RefusesOtherSources) {
  EXPECT_EQ(loadError("build-id", ErrorKind::BadArtifact),
            "error: " + fake("build-id") +
                " was built from other sources\n"
                "note: its build id is 0123abcd, expected " +
                BuildId + "\n");
  EXPECT_EQ(loadError("no-build-id", ErrorKind::BadArtifact),
            "error: " + fake("no-build-id") +
                " was built from other sources\n"
                "note: its build id is missing, expected " +
                BuildId + "\n");
}

TEST(CompilerLibrary, RefusesALibraryWithoutATable) {
  for (const char *name : {"no-table", "null-table"})
    EXPECT_EQ(loadError(name, ErrorKind::BadArtifact),
              "error: " + fake(name) +
                  " is no compiler of einc\n"
                  "note: it has no function eincCompilerTable that gives a "
                  "table\n");
}

TEST(CompilerLibrary, RefusesAFileThatIsNoLibrary) {
  std::string path = testing::TempDir() + "no-library.so";
  std::ofstream(path) << "just text";
  std::vector<std::string> paths = {path};
  auto table = loadCompilerLibrary(paths, BuildId);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().kind, ErrorKind::IO);
  EXPECT_EQ(table.error().message, "cannot load the compiler " + path);
  ASSERT_EQ(table.error().notes.size(), 1u);
  EXPECT_NE(table.error().notes[0].find(path), std::string::npos);
  unlink(path.c_str());
}

TEST(CompilerLibrary, PathsStartWithTheEnvironment) {
  const char *before = getenv("EINC_COMPILER");
  std::string saved = before ? before : "";
  setenv("EINC_COMPILER", "/somewhere/else.so", 1);
  std::vector<std::string> forced = compilerLibraryPaths();
  setenv("EINC_COMPILER", "", 1);
  std::vector<std::string> own = compilerLibraryPaths();
  if (before)
    setenv("EINC_COMPILER", saved.c_str(), 1);
  else
    unsetenv("EINC_COMPILER");

  ASSERT_EQ(own.size(), 2u);
  // The driver is linked into this program.
  char program[4096];
  ssize_t length = readlink("/proc/self/exe", program, sizeof(program));
  ASSERT_GT(length, 0);
  std::string folder(program, length);
  folder.resize(folder.rfind('/'));
  EXPECT_EQ(own[0], folder + "/libeinc-compiler.so");
  EXPECT_EQ(own[1], folder + "/../lib/libeinc-compiler.so");
  EXPECT_EQ(forced,
            (std::vector<std::string>{"/somewhere/else.so", own[0], own[1]}));
}
