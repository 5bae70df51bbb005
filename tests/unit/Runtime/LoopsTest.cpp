// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Loops, and the numbers that depend on their counters.

#include "DemoArtifact.h"
#include "runtime/Expressions.h"

#include <gtest/gtest.h>
#include <numeric>

using namespace einc::runtime;
using namespace einc::runtime::demo;

namespace {

/// Runs and returns what appendParams left.
std::vector<int64_t> runAppend(const Executable &executable) {
  std::vector<int64_t> out(1000);
  void *arguments[] = {out.data()};
  const Status status = executable.run(arguments);
  EXPECT_TRUE(status.ok()) << status.message();
  return {out.begin() + 1, out.begin() + 1 + out[0]};
}

TEST(Loops, ParamsWithEveryOpcode) {
  DemoArtifact demo;
  demo.artifact.numExtents = 1;
  demo.artifact.numCounters = 1;
  const uint32_t kernel = demo.addKernel(appendParams, 1);
  const uint32_t out = demo.addArgument();
  auto combine = [](EincOpcode opcode) {
    return Tokens{extent(0), counter(0), literal(4), op(EINC_OP_MUL),
                  op(opcode)};
  };
  demo.addLoop(0, {literal(2)}, 1);
  demo.addStep(kernel, {literal(1)}, {{out}},
               {{literal(11)},
                {literal(70)},
                {extent(0)},
                {counter(0)},
                combine(EINC_OP_ADD),
                combine(EINC_OP_SUB),
                {counter(0), literal(3), op(EINC_OP_SUB), literal(2),
                 op(EINC_OP_FLOORDIV)},
                {counter(0), literal(3), op(EINC_OP_SUB), literal(2),
                 op(EINC_OP_CEILDIV)},
                combine(EINC_OP_MIN),
                combine(EINC_OP_MAX),
                {counter(0), literal(0), op(EINC_OP_EQUAL)},
                {counter(0), literal(91), literal(92), op(EINC_OP_SELECT)}});
  EXPECT_EQ(runAppend(*demo.bind({3})),
            (std::vector<int64_t>{70, 3, 0, 3, 3,  -2, -1, 0, 3, 1, 92, //
                                  70, 3, 1, 7, -1, -1, -1, 3, 4, 0, 91}));
}

TEST(Loops, NestedLoops) {
  // for c0 < n { append(c0); for c1 <= c0 { append(c0, c1) } } ;
  // for c1 < 2 { append(500 + c1) }: a counter used again
  DemoArtifact demo;
  demo.artifact.numExtents = 1;
  demo.artifact.numCounters = 2;
  const uint32_t kernel = demo.addKernel(appendParams, 1);
  const uint32_t out = demo.addArgument();
  demo.addLoop(0, {extent(0)}, 3);
  demo.addStep(kernel, {literal(1)}, {{out}}, {{literal(1)}, {counter(0)}});
  demo.addLoop(1, {counter(0), literal(1), op(EINC_OP_ADD)}, 1);
  demo.addStep(kernel, {literal(1)}, {{out}},
               {{literal(2)},
                {counter(0), literal(10), op(EINC_OP_ADD)},
                {counter(1), literal(20), op(EINC_OP_ADD)}});
  demo.addLoop(1, {literal(2)}, 1);
  demo.addStep(kernel, {literal(1)}, {{out}},
               {{literal(1)}, {counter(1), literal(500), op(EINC_OP_ADD)}});
  EXPECT_EQ(runAppend(*demo.bind({3})),
            (std::vector<int64_t>{0, 10, 20,                 //
                                  1, 11, 20, 11, 21,         //
                                  2, 12, 20, 12, 21, 12, 22, //
                                  500, 501}));
  EXPECT_EQ(runAppend(*demo.bind({1})),
            (std::vector<int64_t>{0, 10, 20, 500, 501}));
  EXPECT_EQ(runAppend(*demo.bind({0})), (std::vector<int64_t>{500, 501}));
}

TEST(Loops, SixteenLoopsDeep) {
  // The innermost step sees the number that the counters spell in binary.
  DemoArtifact demo;
  demo.artifact.numCounters = MaxCounters;
  const uint32_t kernel = demo.addKernel(appendParams, 1);
  const uint32_t out = demo.addArgument();
  Tokens spelled = {literal(0)};
  for (uint32_t c = 0; c < MaxCounters; ++c) {
    demo.addLoop(c, {literal(c < 5 ? 2 : 1)}, MaxCounters - c);
    spelled.insert(spelled.end(),
                   {literal(2), op(EINC_OP_MUL), counter(c), op(EINC_OP_ADD)});
  }
  demo.addStep(kernel, {literal(1)}, {{out}}, {{literal(1)}, spelled});
  std::vector<int64_t> expected(32);
  for (int64_t i = 0; i < 32; ++i)
    expected[static_cast<size_t>(i)] = i << (MaxCounters - 5);
  EXPECT_EQ(runAppend(*demo.bind()), expected);
}

TEST(Loops, GrainsThatDependOnCounters) {
  // A block loop whose last block is shorter: 11 in blocks of 4.
  DemoArtifact demo;
  demo.artifact.numExtents = 1;
  demo.artifact.numCounters = 1;
  const uint32_t kernel = demo.addKernel(demo::affine, 2);
  const uint32_t in = demo.addArgument();
  const uint32_t out = demo.addArgument();
  const Tokens offset = {counter(0), literal(4 * 8), op(EINC_OP_MUL)};
  demo.addLoop(0, {extent(0), literal(4), op(EINC_OP_CEILDIV)}, 1);
  demo.addStep(kernel,
               {extent(0), counter(0), literal(4), op(EINC_OP_MUL),
                op(EINC_OP_SUB), literal(4), op(EINC_OP_MIN)},
               {{out, offset}, {in, offset}},
               {{counter(0), literal(1000), op(EINC_OP_MUL)}});
  std::vector<int64_t> input(11), output(12, -5);
  std::iota(input.begin(), input.end(), 7);
  void *arguments[] = {input.data(), output.data()};
  ASSERT_TRUE(demo.bind({11})->run(arguments).ok());
  for (int64_t i = 0; i < 11; ++i)
    EXPECT_EQ(output[static_cast<size_t>(i)], 3 * (7 + i) + i / 4 * 1000);
  EXPECT_EQ(output[11], -5);
}

TEST(Loops, PointersRunBackwards) {
  DemoArtifact demo;
  demo.artifact.numCounters = 1;
  const uint32_t kernel = demo.addKernel(demo::affine, 2);
  const uint32_t in = demo.addArgument();
  const uint32_t out = demo.addArgument();
  demo.addLoop(0, {literal(3)}, 1);
  demo.addStep(kernel, {literal(1)},
               {{out, {counter(0), literal(8), op(EINC_OP_MUL)}},
                {in,
                 {literal(0), counter(0), literal(16), op(EINC_OP_MUL),
                  op(EINC_OP_SUB)}}},
               {{literal(0)}});
  const int64_t input[] = {1, 2, 3, 4, 5};
  int64_t output[3] = {};
  void *arguments[] = {const_cast<int64_t *>(input + 4), output};
  ASSERT_TRUE(demo.bind()->run(arguments).ok());
  EXPECT_EQ(output[0], 15);
  EXPECT_EQ(output[1], 9);
  EXPECT_EQ(output[2], 3);
}

TEST(Loops, ProblemsThatOnlyARunMeets) {
  // The second iteration is wrong; the first is not.
  const Tokens wrong = {literal(1), counter(0), literal(1), op(EINC_OP_EQUAL),
                        op(EINC_OP_SUB)}; // 1, then 0
  auto divide = [&](Tokens tokens) {
    tokens.insert(tokens.begin(), literal(1));
    tokens.push_back(op(EINC_OP_FLOORDIV));
    return tokens;
  };
  const Tokens falling = {literal(0), counter(0), op(EINC_OP_SUB)};
  struct {
    Tokens grains;
    Tokens param;
    const char *message;
  } rows[] = {
      {{literal(1)},
       divide(wrong),
       "step 1: param 1 divides by a number below 1"},
      {divide(wrong),
       {literal(3)},
       "step 1: extent divides by a number below 1"},
      {falling, {literal(3)}, "step 1: extent is negative"},
  };
  for (const auto &row : rows) {
    DemoArtifact demo;
    demo.artifact.numCounters = 1;
    const uint32_t kernel = demo.addKernel(appendParams, 1);
    demo.addLoop(0, {literal(2)}, 1);
    demo.addStep(kernel, row.grains, {{demo.addArgument()}},
                 {{literal(1)}, row.param});
    int64_t out[10] = {};
    void *arguments[] = {out};
    const Status status = demo.bind()->run(arguments);
    EXPECT_EQ(status.code(), StatusCode::BadArtifact);
    EXPECT_STREQ(status.message(), row.message);
  }
  DemoArtifact demo;
  demo.artifact.numCounters = 2;
  demo.addLoop(0, {literal(2)}, 2);
  demo.addLoop(1, falling, 1);
  demo.addStep(demo.addKernel(appendParams, 0), {literal(1)}, {});
  EXPECT_STREQ(demo.bind()->run(nullptr).message(),
               "step 1: extent is negative");
}

} // namespace
