// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Binding and running on one thread: loops, buffers, scalars, workspaces.

#include "AllocationCounter.h"
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

TEST(Executable, CodeImageAddsOne) {
#ifndef __x86_64__
  GTEST_SKIP() << "the code of this test is for x86-64";
#endif
  DemoArtifact demo;
  const uint32_t addOne = demo.addImageKernel(Code, CodeBytes, 0, 1);
  const uint32_t addParam =
      demo.addImageKernel(Code, CodeBytes, CodeAddParam, 1);
  const uint32_t out = demo.addArgument();
  demo.addStep(addOne, {literal(5)}, {{out}});
  demo.addStep(addParam, {literal(2)}, {{out, {literal(8)}}}, {{literal(100)}});
  std::vector<int64_t> numbers = {10, 20, 30, 40, 50, 60};
  void *arguments[] = {numbers.data()};
  ASSERT_TRUE(demo.bind()->run(arguments).ok());
  EXPECT_EQ(numbers, (std::vector<int64_t>{11, 121, 131, 41, 51, 60}));
}

TEST(Executable, SharedKernelIsKeptAlive) {
#ifndef __x86_64__
  GTEST_SKIP() << "the code of this test is for x86-64";
#endif
  DemoArtifact demo;
  demo.addImageKernel(nullptr, 0, 0, 1); // not in the artifact at all
  demo.addStep(0, {literal(2)}, {{demo.addArgument()}});
  auto image = std::make_shared<CodeImage>();
  ASSERT_TRUE(CodeImage::create(Code, CodeBytes, *image).ok());
  const KernelEntry entry = {image->entry(0), image};
  auto data = std::make_shared<int>(1);
  ExecutableOptions options;
  options.kernels = {&entry, 1};
  options.owner = data;
  {
    std::shared_ptr<const Executable> first, second;
    ASSERT_TRUE(Executable::create(demo.get(), {}, first, options).ok());
    ASSERT_TRUE(Executable::create(demo.get(), {}, second, options).ok());
    EXPECT_EQ(image.use_count(), 4); // here, entry, two executables
    EXPECT_EQ(data.use_count(), 4);
    std::vector<int64_t> numbers = {10, 20};
    void *arguments[] = {numbers.data()};
    EXPECT_TRUE(first->run(arguments).ok());
    EXPECT_TRUE(second->run(arguments).ok());
    EXPECT_EQ(numbers, (std::vector<int64_t>{12, 22}));
  }
  EXPECT_EQ(image.use_count(), 2);
  EXPECT_EQ(data.use_count(), 2);

  const KernelEntry two[2] = {entry, entry};
  options.kernels = two;
  std::shared_ptr<const Executable> executable;
  const Status status = Executable::create(demo.get(), {}, executable, options);
  EXPECT_EQ(status.code(), StatusCode::InvalidArgument);
  EXPECT_STREQ(status.message(), "2 kernels are given, the artifact has 1");
}

TEST(Executable, ParamsWithEveryOpcode) {
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

TEST(Executable, NestedLoops) {
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

TEST(Executable, SixteenLoopsDeep) {
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

TEST(Executable, GrainsThatDependOnCounters) {
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

TEST(Executable, PointersRunBackwards) {
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

/// out = 3 * (3 * constant + 1) + 2 by way of the workspace.
struct TwoSteps : DemoArtifact {
  static constexpr int64_t Constant[3] = {10, 20, 30};
  TwoSteps() {
    const uint32_t kernel = addKernel(demo::affine, 2, 1);
    const uint32_t out = addArgument();
    const uint32_t constant = addConstant(Constant, sizeof(Constant));
    const uint32_t workspace = addWorkspace(64, sizeof(Constant));
    artifact.workspaceBytes = number(64 + sizeof(Constant));
    addStep(kernel, {literal(3)}, {{workspace}, {constant}}, {{literal(1)}});
    addStep(kernel, {literal(3)}, {{out}, {workspace}}, {{literal(2)}});
  }
};

TEST(Executable, WorkspaceAndConstants) {
  TwoSteps demo;
  const auto executable = demo.bind();
  EXPECT_EQ(executable->numArguments(), 1u);
  // 88 bytes of intermediates, 2 pointers, 1 byte of scratch; each to 64.
  EXPECT_EQ(executable->workspaceBytes(1), 128u + 64u + 64u);
  EXPECT_EQ(executable->workspaceBytes(8), 128u + 64u + 64u); // nothing splits
  const std::vector<int64_t> expected = {95, 185, 275};

  std::vector<int64_t> out(3);
  void *arguments[] = {out.data()};
  ASSERT_TRUE(executable->run(arguments).ok());
  EXPECT_EQ(out, expected);

  alignas(64) char memory[256 + 64];
  RunOptions options;
  options.workspace = memory;
  options.workspaceBytes = 256;
  out.assign(3, 0);
  const uint64_t before = numAllocations();
  ASSERT_TRUE(executable->run(arguments, options).ok());
  EXPECT_EQ(numAllocations(), before);
  EXPECT_EQ(out, expected);

  options.workspaceBytes = 255;
  Status status = executable->run(arguments, options);
  EXPECT_EQ(status.code(), StatusCode::InvalidArgument);
  EXPECT_STREQ(status.message(), "the workspace has 255 bytes, 256 are needed "
                                 "for 1 threads");
  options.workspace = memory + 8;
  options.workspaceBytes = 300;
  status = executable->run(arguments, options);
  EXPECT_EQ(status.code(), StatusCode::InvalidArgument);
  EXPECT_STREQ(status.message(), "the workspace is not 64-byte aligned");
}

TEST(Executable, WrongArguments) {
  TwoSteps demo;
  const auto executable = demo.bind();
  EXPECT_STREQ(executable->run(nullptr).message(), "no arguments are given");
  int64_t out[3];
  void *arguments[] = {out};
  const Executor none;
  RunOptions options;
  options.executor = &none;
  EXPECT_STREQ(executable->run(arguments, options).message(),
               "the executor has no parallelFor");
}

TEST(Executable, ScalarsF32) {
  DemoArtifact demo;
  const uint32_t kernel = demo.addKernel(scaledSum, 3, 2 * sizeof(float));
  const uint32_t out = demo.addArgument();
  const uint32_t in = demo.addArgument();
  demo.addStep(kernel, {literal(2)}, {{out}, {in}, {demo.addScalars()}},
               {{literal(2)}});
  const auto executable = demo.bind();
  EXPECT_EQ(executable->scalarType(), uint32_t{EINC_TYPE_F32});
  float output[] = {100, 200};
  const float input[] = {1, 2, 3, 4};
  void *arguments[] = {output, const_cast<float *>(input)};
  ASSERT_TRUE(executable->run(arguments).ok()); // {1, 0}
  EXPECT_EQ(output[0], 3);
  EXPECT_EQ(output[1], 7);
  const float scalars[] = {2, 10};
  RunOptions options;
  options.scalars = scalars;
  ASSERT_TRUE(executable->run(arguments, options).ok());
  EXPECT_EQ(output[0], 36);
  EXPECT_EQ(output[1], 84);
}

void copyScalars(void *const *pointers, const int64_t *, void *, int64_t,
                 int64_t) {
  for (int i = 0; i < 2; ++i)
    static_cast<double *>(pointers[0])[i] =
        static_cast<const double *>(pointers[1])[i];
}

TEST(Executable, ScalarsF64) {
  DemoArtifact demo;
  demo.artifact.scalarType = EINC_TYPE_F64;
  demo.addStep(demo.addKernel(copyScalars, 2), {literal(1)},
               {{demo.addArgument()}, {demo.addScalars()}});
  double output[] = {7, 8};
  void *arguments[] = {output};
  ASSERT_TRUE(demo.bind()->run(arguments).ok());
  EXPECT_EQ(output[0], 1);
  EXPECT_EQ(output[1], 0);
}

TEST(Executable, ProblemsThatOnlyARunMeets) {
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

TEST(Executable, ZeroGrainsCallNothing) {
  DemoArtifact demo;
  demo.artifact.numExtents = 1;
  demo.addStep(demo.addKernel(appendParams, 1), {extent(0)},
               {{demo.addArgument()}}, {{literal(1)}, {literal(5)}});
  void *arguments[] = {nullptr};
  EXPECT_TRUE(demo.bind({0})->run(arguments).ok());
}

TEST(Executable, AllocatesNothingAfterTheFirstCall) {
  EINC_NEEDS_ALLOCATION_COUNTER();
  TwoSteps demo;
  demo.artifact.numCounters = 1;
  const uint32_t append = demo.addKernel(appendParams, 1);
  const uint32_t out = demo.addArgument();
  demo.addLoop(0, {literal(4)}, 1);
  demo.addStep(append, {literal(1)}, {{out}}, {{literal(1)}, {counter(0)}});
  const auto executable = demo.bind();
  int64_t numbers[3], list[500] = {};
  void *arguments[] = {numbers, list};
  ASSERT_TRUE(executable->run(arguments).ok());
  const uint64_t before = numAllocations();
  for (int i = 0; i < 100; ++i)
    (void)executable->run(arguments);
  EXPECT_EQ(numAllocations(), before);
  EXPECT_EQ(list[0], 404);
}

TEST(Executable, OutOfMemory) {
  EINC_NEEDS_ALLOCATION_COUNTER();
  TwoSteps demo;
  demo.addImageKernel(Code, CodeBytes, 0, 1);
  const EincArtifact &artifact = demo.get();
  int64_t failures = 0;
  for (;; ++failures) {
    std::shared_ptr<const Executable> executable;
    failAllocationsAfter(failures);
    const Status status = Executable::create(artifact, {}, executable);
    allowAllocations();
    if (status)
      break;
    EXPECT_EQ(status.code(), StatusCode::OutOfMemory);
    EXPECT_STREQ(status.message(), "no memory for the executable's 2 steps");
    EXPECT_EQ(executable, nullptr);
    ASSERT_LT(failures, 100);
  }
  EXPECT_GT(failures, 3);

  demo.artifact.workspaceBytes = demo.number(int64_t{1} << 50);
  const auto executable = demo.bind();
  int64_t out[3];
  void *arguments[] = {out};
  failAllocationsAfter(0);
  const Status status = executable->run(arguments);
  allowAllocations();
  EXPECT_EQ(status.code(), StatusCode::OutOfMemory);
  EXPECT_STREQ(status.message(),
               "no memory for a workspace of 1125899906842752 bytes");
}

TEST(Status, CutsLongMessages) {
  const Status status =
      Status::error(StatusCode::Limit, "%s", std::string(1000, 'x').c_str());
  EXPECT_EQ(std::string(status.message()), std::string(155, 'x'));
  EXPECT_FALSE(status.ok());
  EXPECT_FALSE(status);
  EXPECT_STREQ(Status().message(), "");
}

} // namespace
