// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Equation -> network, network file -> equation.

#include "compiler/Planner/Network.h"
#include "NetworkBuilder.h"
#include "compiler/Planner/Search.h"

#include <gtest/gtest.h>

using namespace einc;

using Labels = std::vector<LabelId>;

static Labels copy(std::span<const LabelId> labels) {
  return {labels.begin(), labels.end()};
}

TEST(Network, FromEquation) {
  ShapedEquation equation =
      makeEquation("jij,,ki->kjj", {{'i', 3}, {'j', 5}, {'k', 7}}, {{0, 2}});
  Network network = Network::fromEquation(equation);
  EXPECT_EQ(network.numOperands(), 3u);
  // j is 0, i is 1, k is 2.
  EXPECT_EQ(copy(network.operand(0)), (Labels{0, 1}));
  EXPECT_EQ(copy(network.operand(1)), (Labels{}));
  EXPECT_EQ(copy(network.operand(2)), (Labels{1, 2}));
  EXPECT_EQ(network.output, (Labels{0, 2}));
  EXPECT_EQ(copy(network.writtenOperand(0)), (Labels{0, 1, 0}));
  EXPECT_EQ(copy(network.writtenOperand(2)), (Labels{2, 1}));
  EXPECT_EQ(copy(network.writtenResult()), (Labels{2, 0, 0}));
  EXPECT_EQ(network.extents, (std::vector<int64_t>{5, 3, 7}));
  EXPECT_EQ(network.names, (std::vector<std::string>{"j", "i", "k"}));
  EXPECT_EQ(network.countUses(), (std::vector<uint32_t>{2, 2, 2}));
  ASSERT_EQ(network.groups.size(), 1u);
  EXPECT_EQ(network.groups[0].last, 2u);
}

TEST(NetworkJSON, Reads) {
  Result<ShapedEquation> equation = parseNetworkJSON(R"(
    {"name": "x", "source": {"inputs": [{"a": []}, "b", null, 1.5e3]},
     "extents": [3, 4, 0, 9], "dtype": "float64",
     "inputs": [[0, 1], [], [2, 1, 1]],
     "best_known": {"log10_flops": 8.4, "by": ["c"]}, "output": [2, 0, 2]})");
  ASSERT_TRUE(equation) << equation.error().message;
  EXPECT_EQ(equation->operandStart, (std::vector<uint32_t>{0, 2, 2, 5}));
  EXPECT_EQ(equation->operandLabels, (Labels{0, 1, 2, 1, 1}));
  EXPECT_EQ(equation->outputLabels, (Labels{2, 0, 2}));
  EXPECT_EQ(equation->outputShape, (Shape{0, 3, 0}));
  EXPECT_EQ(equation->extents, (std::vector<int64_t>{3, 4, 0, 9}));
  EXPECT_EQ(equation->labels, (std::vector<std::string>{"a", "b", "c", "d"}));
  EXPECT_TRUE(equation->groups.empty());
}

TEST(NetworkJSON, NamesAreLabelsOfTheGrammar) {
  std::string extents = "1";
  for (int i = 2; i <= 55; ++i)
    extents.append(",").append(std::to_string(i));
  Result<ShapedEquation> equation = parseNetworkJSON(
      R"({"inputs":[[54,0],[25,26,51,52]],"output":[],"extents":[)" + extents +
      "]}");
  ASSERT_TRUE(equation) << equation.error().message;
  EXPECT_EQ(equation->labels.size(), 55u);
  EXPECT_EQ(equation->labels[0], "a");
  EXPECT_EQ(equation->labels[25], "z");
  EXPECT_EQ(equation->labels[26], "A");
  EXPECT_EQ(equation->labels[51], "Z");
  EXPECT_EQ(equation->labels[52], "l52");
  EXPECT_EQ(equation->labels[54], "l54");
}

TEST(NetworkJSON, Mistakes) {
  struct Row {
    std::string json;
    const char *message;
    ErrorKind kind = ErrorKind::InvalidArgument;
  };
  const std::vector<Row> rows = {
      {"", "no valid JSON: mistake at byte 1"},
      {"{\"inputs\": [[0,]]}", "no valid JSON: mistake at byte 16"},
      {"{\"a\": 1} x", "no valid JSON: mistake at byte 10"},
      {"{\"a\": \"\xff\"}", "no valid JSON: mistake at byte 8"},
      {"[]", "the file: expected an object, found a list"},
      {"3", "the file: expected an object, found 3"},
      {"{}", "inputs: missing"},
      {R"({"inputs":[[]],"extents":[]})", "output: missing"},
      {R"({"inputs":[[]],"output":[]})", "extents: missing"},
      {R"({"inputs":[],"output":[],"extents":[]})", "inputs: no operands"},
      {R"({"inputs":{}})",
       "inputs: expected a list of lists of labels, found an object"},
      {R"({"inputs":"ij"})",
       "inputs: expected a list of lists of labels, found a string"},
      {R"({"inputs":[[0],1]})",
       "inputs[1]: expected a list of labels, found 1"},
      {R"({"inputs":[[0],[1,"j"]]})",
       "inputs[1][1]: expected a label, an integer from 0 on, found a string"},
      {R"({"inputs":[[0],[[]]]})",
       "inputs[1][0]: expected a label, an integer from 0 on, found a list"},
      {R"({"inputs":[[-3]]})",
       "inputs[0][0]: expected a label, an integer from 0 on, found -3"},
      {R"({"inputs":[[0.5]]})",
       "inputs[0][0]: expected a label, an integer from 0 on, found a number "
       "that is no 64-bit integer"},
      {R"({"inputs":[[0,99999999999]]})",
       "inputs[0][1]: label 99999999999 is too large; labels end at 4194303"},
      {R"({"output":7})", "output: expected a list of labels, found 7"},
      {R"({"output":[0,null]})",
       "output[1]: expected a label, an integer from 0 on, found null"},
      {R"({"extents":false})",
       "extents: expected a list of extents, found a boolean"},
      {R"({"extents":[2,-1]})",
       "extents[1]: expected an extent, an integer from 0 to 2^63-1, found "
       "-1"},
      {R"({"extents":[2,3,9223372036854775808]})",
       "extents[2]: expected an extent, an integer from 0 to 2^63-1, found "
       "9223372036854775808"},
      {R"({"extents":[2],"extents":[3]})", "extents: given twice"},
      {R"({"inputs":[[0],[1,0,2]],"output":[],"extents":[5,7]})",
       "inputs[1][2]: label 2 has no extent; there are 2"},
      {R"({"inputs":[[0]],"output":[0,3],"extents":[5,7]})",
       "output[1]: label 3 has no extent; there are 2"},
      {R"({"inputs":[[0]],"output":[0,1],"extents":[5,7]})",
       "output[1]: label 1 is in no operand"},
      {R"({"inputs":[[0,1]],"output":[0,1,0],"extents":[3037000500,9]})",
       "the output would have 2^63 elements or more", ErrorKind::SizeOverflow},
      {std::string((size_t{64} << 20) + 1, ' '),
       "67108865 bytes, but at most 67108864 are read", ErrorKind::Limit},
  };
  for (const Row &row : rows) {
    Result<ShapedEquation> equation = parseNetworkJSON(row.json);
    ASSERT_FALSE(equation) << row.json;
    EXPECT_EQ(equation.error().message,
              std::string("network file: ") + row.message);
    EXPECT_EQ(equation.error().kind, row.kind);
  }
  // An extent of 0 makes any output small.
  EXPECT_TRUE(parseNetworkJSON(
      R"({"inputs":[[0,1]],"output":[0,0,0,1],"extents":[9999999999,0]})"));
}

// Nesting is refused or skipped without recursion, whatever its depth.
TEST(NetworkJSON, DeepNesting) {
  std::string deep(2000000, '[');
  EXPECT_FALSE(parseNetworkJSON(deep));
  EXPECT_FALSE(parseNetworkJSON("{\"inputs\":" + deep));
  Result<ShapedEquation> skipped =
      parseNetworkJSON("{\"x\":" + deep + std::string(deep.size(), ']') +
                       R"(,"inputs":[[]],"output":[],"extents":[]})");
  EXPECT_TRUE(skipped);
}

TEST(NetworkJSON, TooManyLabelsOrOperands) {
  constexpr size_t Limit = 4194304;
  std::string json = "{\"extents\":[1";
  for (size_t i = 0; i < Limit; ++i)
    json += ",1";
  Result<ShapedEquation> equation = parseNetworkJSON(json + "]}");
  ASSERT_FALSE(equation);
  EXPECT_EQ(equation.error().message, "network file: more than 4194304 labels");
  EXPECT_EQ(equation.error().kind, ErrorKind::Limit);
  json = "{\"inputs\":[[]";
  for (size_t i = 0; i < Limit; ++i)
    json += ",[]";
  equation = parseNetworkJSON(json + "]}");
  ASSERT_FALSE(equation);
  EXPECT_EQ(equation.error().message,
            "network file: more than 4194304 operands");
}

// Whatever the bytes, there is a network that can be planned or an error.
TEST(NetworkJSON, MutatedFiles) {
  const std::string valid =
      R"({"name":"x","inputs":[[0,1],[1,2],[2,12]],"output":[0],)"
      R"("extents":[3,4,5,1,1,1,1,1,1,1,1,1,9],"more":{"a":[1.5,null]}})";
  ASSERT_TRUE(parseNetworkJSON(valid));
  uint64_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  const std::string_view bytes = "[]{},:\"0129-.e \0\xff";
  size_t accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string json = valid;
    for (uint64_t change = 0; change <= random() % 3; ++change) {
      size_t place = random() % json.size();
      if (random() % 3 == 0)
        json.erase(place, 1 + random() % 5);
      else
        json[place] = bytes[random() % bytes.size()];
    }
    Result<ShapedEquation> equation = parseNetworkJSON(json);
    if (!equation) {
      EXPECT_TRUE(equation.error().message.starts_with("network file: "));
      continue;
    }
    ++accepted;
    Network network = Network::fromEquation(*equation);
    Result<ContractionTree> tree = findTree(network, {});
    ASSERT_TRUE(tree) << json;
    EXPECT_TRUE(checkTree(network, *tree)) << json;
  }
  // Changes of digits and of unknown keys do no harm.
  EXPECT_GT(accepted, 500u);
  EXPECT_LT(accepted, 19500u);
}
