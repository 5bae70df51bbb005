// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Plans as text: exact.

#include "compiler/Planner/PlanPrinter.h"
#include "NetworkBuilder.h"
#include "compiler/Planner/Search.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace einc;

static ContractionTree plan(const Network &network,
                            SearchOptions options = {}) {
  Result<ContractionTree> tree = findTree(network, options);
  EXPECT_TRUE(tree);
  tree->seconds = 0.0000125;
  return *std::move(tree);
}

static Network threeMatrices() {
  return makeNetwork("ij,jk,kl->il",
                     {{'i', 1000}, {'j', 10}, {'k', 1000}, {'l', 1}});
}

TEST(PlanTable, ThreeMatrices) {
  Network network = threeMatrices();
  EXPECT_EQ(printPlanTable(network, plan(network)),
            "ij,jk,kl->il\n"
            "  left to right          2.2e7 flops\n"
            "  planned                4e4 flops, 550 times fewer\n"
            "  largest intermediate   1000 elements\n"
            "  method                 optimal, 0.0125 ms\n"
            "\n"
            "  step  operands      result      flops       size  equation\n"
            "     0  1, 2               3        2e4         10  jk,kl->jl\n"
            "     1  0, 3               4        2e4       1000  ij,jl->il\n");
}

TEST(PlanTable, OtherCosts) {
  Network network = threeMatrices();
  SearchOptions options;
  options.method = "left-to-right";
  std::string table = printPlanTable(network, plan(network, options), 0);
  EXPECT_NE(table.find("  planned                2.2e7 flops\n"),
            std::string::npos)
      << table;
  options.path = {{0, 2}, {0, 1}};
  table = printPlanTable(network, plan(network, options), 0);
  EXPECT_NE(table.find("  planned                3e7 flops, 1.364 times more\n"
                       "  largest intermediate   1e7 elements\n"
                       "  method                 path, 0.0125 ms\n"),
            std::string::npos)
      << table;
}

TEST(PlanTable, OneOperand) {
  Network network = makeNetwork("iji->j", {{'i', 3}, {'j', 5}});
  EXPECT_EQ(printPlanTable(network, plan(network)),
            "iji->j\n"
            "  left to right          0 flops\n"
            "  planned                0 flops\n"
            "  largest intermediate   0 elements\n"
            "  method                 optimal, 0.0125 ms\n"
            "\n"
            "  one operand: no pairwise step\n");
}

TEST(PlanTable, IsAbridged) {
  Network network = makeChain(100);
  SearchOptions options;
  options.method = "left-to-right";
  std::string table = printPlanTable(network, plan(network, options), 5);
  EXPECT_EQ(table.substr(0, table.find('\n')),
            "0 1,1 2,2 3,3 4,4 5,5 6,6 7 ... 7,97 98,98 99,99 100->0 100");
  EXPECT_EQ(
      table.substr(table.find("\n\n") + 2),
      "  step  operands      result      flops       size  equation\n"
      "     0  0, 1             100        240         24  0 1,1 2->0 2\n"
      "     1  100, 2           101        384         16  0 2,2 3->0 3\n"
      "  ... 94 steps more ...\n"
      "    96  195, 97          196         48          4  0 97,97 98->0 98\n"
      "    97  196, 98          197         72         18  0 98,98 99->0 99\n"
      "    98  197, 99          198        180         10  "
      "0 99,99 100->0 100\n");
}

TEST(PlanTable, HugeCosts) {
  std::vector<LabelId> many, one;
  for (LabelId label = 0; label < 40; ++label)
    many.push_back(label);
  Network network = makeNetwork({many, {40}}, many,
                                std::vector<int64_t>(41, int64_t{1} << 62));
  std::string table = printPlanTable(network, plan(network), 0);
  // 2 * 2^(62 * 41) = 2^2543 and 2^2480.
  EXPECT_NE(table.find("planned                3.306e765 flops\n"),
            std::string::npos)
      << table;
  EXPECT_NE(table.find("largest intermediate   3.584e746 elements\n"),
            std::string::npos)
      << table;
}

TEST(PlanJSON, ThreeMatrices) {
  Network network = threeMatrices();
  EXPECT_EQ(
      printPlanJSON(network, plan(network)),
      R"({"steps":[{"operands":[1,2],"equation":"jk,kl->jl","flops":20000,)"
      R"("size":10},{"operands":[0,3],"equation":"ij,jl->il","flops":20000,)"
      R"("size":1000}],"ssa_path":[[1,2],[0,3]],)"
      R"("log10_flops":4.6020599913279625,)"
      R"("log2_largest_intermediate":9.965784284662087,)"
      R"("left_to_right_log10_flops":7.342422680822207,)"
      R"("method":"optimal","seconds":1.25e-05})");
}

TEST(PlanJSON, OneOperand) {
  Network network = makeNetwork("ij->", {{'i', 3}, {'j', 5}});
  EXPECT_EQ(printPlanJSON(network, plan(network)),
            R"({"steps":[],"ssa_path":[],"log10_flops":0.0,)"
            R"("log2_largest_intermediate":0.0,)"
            R"("left_to_right_log10_flops":0.0,)"
            R"("method":"optimal","seconds":1.25e-05})");
}

TEST(PlanJSON, NumbersAreFinite) {
  std::vector<LabelId> many;
  for (LabelId label = 0; label < 40; ++label)
    many.push_back(label);
  Network network = makeNetwork({many, {0}}, many,
                                std::vector<int64_t>(40, int64_t{1} << 62));
  nlohmann::json json =
      nlohmann::json::parse(printPlanJSON(network, plan(network)));
  EXPECT_EQ(json["steps"][0]["flops"], std::numeric_limits<double>::max());
  EXPECT_EQ(json["steps"][0]["size"], std::numeric_limits<double>::max());
  EXPECT_EQ(json["log2_largest_intermediate"], 2480);
  EXPECT_NEAR(json["log10_flops"].get<double>(), 2480 * std::log10(2), 1e-9);
}

// Every form in which labels are written.
TEST(PlanJSON, Spelling) {
  auto equations = [](Network network, std::vector<std::string> names) {
    network.names = std::move(names);
    nlohmann::json json =
        nlohmann::json::parse(printPlanJSON(network, plan(network)));
    std::string text;
    for (const nlohmann::json &step : json["steps"])
      text += step["equation"].get<std::string>() + ";";
    return text;
  };
  Network network = makeNetwork("ij,jk->ik", {{'i', 3}, {'j', 4}, {'k', 2}});
  EXPECT_EQ(equations(network, {"i", "j", "k"}), "ij,jk->ik;");
  EXPECT_EQ(equations(network, {"\u00e9", "j", "\u0301"}),
            "\u00e9j,j\u0301->\u00e9\u0301;");
  EXPECT_EQ(equations(network, {"batch", "j", "_"}), "batch j,j _->batch _;");
  EXPECT_EQ(equations(network, {"a", "b", "_"}), "a b,b _->a _;");
  EXPECT_EQ(equations(network, {"7", "0", "12"}), "7 0,0 12->7 12;");
  EXPECT_EQ(equations(network, {}), "0 1,1 2->0 2;");
  // The axes under an ellipsis.
  Network batched = makeNetwork(
      "bcij,cjk->bcik", {{'b', 2}, {'c', 5}, {'i', 3}, {'j', 4}, {'k', 7}});
  EXPECT_EQ(equations(batched, {"..0", "..1", "i", "j", "k"}),
            "...ij,...jk->...ik;");
  EXPECT_EQ(equations(batched, {"..0", "..1", "row", "j", "k"}),
            "... row j,... j k->... row k;");
}
