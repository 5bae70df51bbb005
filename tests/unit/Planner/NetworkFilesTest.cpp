// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Real networks, where their folder is present: each loads and gets a plan
/// that is no cheaper than the best known one.

#include "compiler/Planner/Search.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

using namespace einc;

TEST(NetworkFiles, LoadAndPlan) {
  std::filesystem::path folder =
      std::filesystem::path(EINC_SOURCE_DIR) / "../shared/data/networks";
  if (!std::filesystem::is_directory(folder))
    GTEST_SKIP() << "no network files in " << folder;
  std::vector<std::filesystem::path> files;
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  ASSERT_FALSE(files.empty());
  std::printf("%-30s %8s %8s %8s %8s %9s\n", "log10 flops", "operands",
              "greedy", "best", "l-to-r", "ms");
  for (const std::filesystem::path &file : files) {
    SCOPED_TRACE(file.filename());
    std::ifstream stream(file);
    std::string text(std::istreambuf_iterator<char>(stream), {});
    Result<ShapedEquation> equation = parseNetworkJSON(text);
    ASSERT_TRUE(equation) << equation.error().message;
    Network network = Network::fromEquation(*equation);
    Result<ContractionTree> tree = findTree(network, {});
    ASSERT_TRUE(tree);
    ASSERT_TRUE(checkTree(network, *tree));
    TreeCost cost = treeCost(network, *tree);
    double plain = leftToRightCost(network).log10Flops;
    EXPECT_TRUE(std::isfinite(cost.log10Flops));
    EXPECT_TRUE(std::isfinite(cost.log2LargestIntermediate));
    EXPECT_TRUE(std::isfinite(plain));
    nlohmann::json best = nlohmann::json::parse(text).value(
        "best_known", nlohmann::json::object());
    double bestFlops = best.value("log10_flops", 0.0);
    // Known to four digits.
    EXPECT_GE(cost.log10Flops, bestFlops - 1e-3);
    EXPECT_GE(plain, bestFlops - 1e-3);
    std::printf("%-30s %8zu %8.3f %8.3f %8.3f %9.2f\n",
                file.stem().string().c_str(), network.numOperands(),
                cost.log10Flops, bestFlops, plain, tree->seconds * 1e3);
  }
}
