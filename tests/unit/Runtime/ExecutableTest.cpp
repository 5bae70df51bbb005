// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Binding and running on one thread: code, buffers, scalars, workspaces.

#include "AllocationCounter.h"
#include "DemoArtifact.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

using namespace einc::runtime;
using namespace einc::runtime::demo;

namespace {

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

/// Two scalars of up to 16 bytes.
void copyScalars(void *const *pointers, const int64_t *params, void *, int64_t,
                 int64_t) {
  std::memcpy(pointers[0], pointers[1], size_t(params[0]));
}

TEST(Executable, DefaultScalarsOfEachType) {
  struct {
    uint32_t type;
    size_t bytes; ///< of one
    std::vector<unsigned char> one;
  } rows[] = {
      {EINC_TYPE_F32, 4, {0, 0, 0x80, 0x3f}},
      {EINC_TYPE_F64, 8, {0, 0, 0, 0, 0, 0, 0xf0, 0x3f}},
      {EINC_TYPE_C64, 8, {0, 0, 0x80, 0x3f}},
      {EINC_TYPE_C128, 16, {0, 0, 0, 0, 0, 0, 0xf0, 0x3f}},
      {EINC_TYPE_I8, 1, {1}},
      {EINC_TYPE_I16, 2, {1}},
      {EINC_TYPE_I32, 4, {1}},
      {EINC_TYPE_I64, 8, {1}},
      {EINC_TYPE_U8, 1, {1}},
      {EINC_TYPE_BOOL, 1, {1}},
      {EINC_TYPE_F16, 2, {0, 0x3c}},
      {EINC_TYPE_BF16, 2, {0x80, 0x3f}},
  };
  for (const auto &row : rows) {
    DemoArtifact demo;
    demo.artifact.scalarType = row.type;
    demo.addStep(demo.addKernel(copyScalars, 2), {literal(1)},
                 {{demo.addArgument()}, {demo.addScalars()}},
                 {{literal(int64_t(2 * row.bytes))}});
    std::vector<unsigned char> output(33, 0xee);
    void *arguments[] = {output.data()};
    ASSERT_TRUE(demo.bind()->run(arguments).ok());
    std::vector<unsigned char> expected = row.one;
    expected.resize(2 * row.bytes); // the rest of 1, then 0
    expected.resize(33, 0xee);
    EXPECT_EQ(output, expected) << row.type;
  }
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

} // namespace
