// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// README.md's C++ example is ReadmeExample.cpp, and prints what README says.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

static std::string readFile(const std::string &path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The example without its head.
static std::string exampleSource() {
  std::string text =
      readFile(EINC_SOURCE_DIR "/tests/e2e/API/ReadmeExample.cpp");
  return text.substr(text.find("#include"));
}

static std::string exampleOutput() {
  std::string output;
  FILE *pipe = popen(EINC_README_EXAMPLE, "r");
  char buffer[256];
  while (pipe && fgets(buffer, sizeof(buffer), pipe))
    output += buffer;
  EXPECT_EQ(pipe ? pclose(pipe) : -1, 0);
  return output;
}

/// Blocks between lines of three backquotes, without the lines themselves.
static std::vector<std::string> codeBlocks(const std::string &markdown) {
  std::vector<std::string> blocks;
  std::istringstream stream(markdown);
  std::string line;
  bool inside = false;
  while (std::getline(stream, line)) {
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside)
        blocks.emplace_back();
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

TEST(Readme, TheExampleRuns) {
  EXPECT_EQ(exampleOutput(), "[[ 58.  64.]\n"
                             " [139. 154.]]\n");
}

TEST(Readme, ShowsTheExampleAndItsOutput) {
  std::string readme = readFile(EINC_SOURCE_DIR "/README.md");
  ASSERT_NE(readme, "") << "no README.md";
  std::vector<std::string> blocks = codeBlocks(readme);
  std::string source = exampleSource(), output = exampleOutput();
  auto shows = [&](const std::string &text) {
    return std::any_of(blocks.begin(), blocks.end(), [&](auto &block) {
      return block.find(text) != std::string::npos;
    });
  };
  EXPECT_TRUE(shows(source)) << source;
  EXPECT_TRUE(shows(output)) << output;
}
