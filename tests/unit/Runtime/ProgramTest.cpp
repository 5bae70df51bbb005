// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Choosing variants, and what a LoadedProgram keeps.

#include "runtime/Program.h"
#include "AllocationCounter.h"
#include "DemoProgram.h"
#include "runtime/ArtifactCheck.h"

#include <functional>
#include <gtest/gtest.h>
#include <numeric>

using namespace einc::runtime;
using namespace einc::runtime::demo;

namespace {

std::shared_ptr<LoadedProgram> load(DemoProgram &demo) {
  std::shared_ptr<LoadedProgram> loaded;
  Status status = LoadedProgram::create(demo.get(), loaded);
  EXPECT_STREQ(status.message(), "");
  return loaded;
}

/// What a call with `extent` elements adds to each.
int64_t addedBy(LoadedProgram &loaded, int64_t extent) {
  std::shared_ptr<const BoundProgram> bound;
  Status status = loaded.bind({&extent, 1}, bound);
  EXPECT_STREQ(status.message(), "");
  std::vector<int64_t> vector(size_t(extent) + 1);
  std::iota(vector.begin(), vector.end(), 7);
  void *arguments[] = {vector.data()};
  EXPECT_STREQ(bound->run(arguments).message(), "");
  int64_t added = vector[0] - 7;
  for (int64_t i = 0; i < extent; ++i)
    EXPECT_EQ(vector[size_t(i)], 7 + i + added);
  EXPECT_EQ(vector[size_t(extent)], 7 + extent) << "written beyond the end";
  return added;
}

TEST(Program, GuardsChoose) {
  DemoProgram demo;
  auto loaded = load(demo);
  EXPECT_EQ(addedBy(*loaded, 4), 100);
  EXPECT_EQ(addedBy(*loaded, 5), 10);
  EXPECT_EQ(addedBy(*loaded, 3), 10);
  EXPECT_EQ(addedBy(*loaded, 0), 0);
}

TEST(Program, ProcessorsChoose) {
  const uint32_t v3 = EINC_CPU_X86_64_V3, v4 = v3 | EINC_CPU_X86_64_V4,
                 bf16 = v4 | EINC_CPU_AVX512_BF16;
  DemoProgram demo;
  demo.variants = {demo.variant(0, bf16), demo.variant(0, v4),
                   demo.variant(1, v3), demo.variant(1, v3)};
  for (EincVariant &variant : demo.variants)
    variant.architecture = EINC_ARCHITECTURE_X86_64;
  const EincProgram &program = demo.get();
  const int64_t n = 9;
  struct Row {
    Processor processor;
    int variant; ///< -1: none
    const char *message;
  };
  const char *needs = "the program needs x86-64-v4+bf16 or x86-64-v4 or "
                      "x86-64-v3; this machine has ";
  const Row rows[] = {
      {{EINC_ARCHITECTURE_X86_64, bf16}, 0, ""},
      {{EINC_ARCHITECTURE_X86_64, v4 | EINC_CPU_AVX512_VNNI}, 1, ""},
      {{EINC_ARCHITECTURE_X86_64, v3}, 2, ""},
      {{EINC_ARCHITECTURE_X86_64, 0}, -1, "x86-64"},
      {{EINC_ARCHITECTURE_AARCH64, bf16}, -1, "aarch64+bf16"},
      {{UINT32_MAX, 0}, -1, "an unknown architecture"},
  };
  for (const Row &row : rows) {
    uint32_t variant = 77;
    Status status = chooseVariant(program, {&n, 1}, row.processor, variant);
    EXPECT_EQ(status.ok(), row.variant >= 0);
    if (status) {
      EXPECT_EQ(int(variant), row.variant);
      continue;
    }
    EXPECT_EQ(status.code(), StatusCode::UnsupportedTarget);
    EXPECT_EQ(std::string(status.message()), needs + std::string(row.message));
    std::shared_ptr<LoadedProgram> loaded;
    ASSERT_TRUE(
        LoadedProgram::create(program, loaded, nullptr, row.processor).ok());
    std::shared_ptr<const BoundProgram> bound;
    EXPECT_STREQ(loaded->bind({&n, 1}, bound).message(), status.message());
    EXPECT_EQ(bound, nullptr);
  }
}

TEST(Program, ALongListOfProcessorsIsCut) {
  DemoProgram demo;
  demo.variants.clear();
  for (uint32_t cpu = 0; cpu < 16; ++cpu) {
    demo.variants.push_back(demo.variant(0, cpu));
    demo.variants.back().architecture = EINC_ARCHITECTURE_AARCH64;
  }
  uint32_t variant;
  const int64_t n = 1;
  Status status = chooseVariant(demo.get(), {&n, 1},
                                {EINC_ARCHITECTURE_X86_64, 1}, variant);
  EXPECT_TRUE(
      std::string(status.message()).ends_with("; this machine has x86-64-v3"))
      << status.message();
}

TEST(Program, GuardsMayRefuseEverything) {
  DemoProgram demo;
  demo.variants.pop_back();
  auto loaded = load(demo);
  EXPECT_EQ(addedBy(*loaded, 4), 100);
  std::shared_ptr<const BoundProgram> bound;
  const int64_t n = 5;
  Status status = loaded->bind({&n, 1}, bound);
  EXPECT_EQ(status.code(), StatusCode::InvalidArgument);
  EXPECT_STREQ(status.message(),
               "no variant of the program takes these extents");
}

TEST(Program, AGuardWithoutAValueRefuses) {
  DemoProgram demo;
  demo.variants[1].guard = demo.artifacts[0]->expression(
      {literal(INT64_MAX), extent(0), op(EINC_OP_ADD)});
  auto loaded = load(demo);
  EXPECT_EQ(addedBy(*loaded, 4), 10); // overflows
}

TEST(Program, WhatWasBoundIsKept) {
  DemoProgram demo;
  auto loaded = load(demo);
  std::shared_ptr<const BoundProgram> first, again;
  const int64_t n = 6;
  ASSERT_TRUE(loaded->bind({&n, 1}, first).ok());
  ASSERT_TRUE(loaded->bind({&n, 1}, again).ok());
  EXPECT_EQ(first, again);
  EXPECT_EQ(loaded->timesBound(), 1u);
  EXPECT_EQ(first->variant(), 2u);
  EXPECT_EQ(first->openNumbers()[0], 6);
}

TEST(Program, TheOneNotUsedForLongestGoes) {
  DemoProgram demo;
  auto loaded = load(demo);
  const int64_t most = LoadedProgram::MaxBound;
  for (int64_t n = 0; n < most; ++n)
    addedBy(*loaded, n);
  EXPECT_EQ(loaded->timesBound(), uint64_t(most));
  addedBy(*loaded, 0); // kept, and used more recently than 1
  addedBy(*loaded, most);
  EXPECT_EQ(loaded->timesBound(), uint64_t(most) + 1);
  addedBy(*loaded, 0);
  addedBy(*loaded, 2);
  EXPECT_EQ(loaded->timesBound(), uint64_t(most) + 1);
  EXPECT_EQ(addedBy(*loaded, 1), 10); // this one went
  EXPECT_EQ(loaded->timesBound(), uint64_t(most) + 2);
}

TEST(Program, ArgumentsAreChecked) {
  DemoProgram demo;
  auto loaded = load(demo);
  auto bind = [&](int64_t n) {
    std::shared_ptr<const BoundProgram> bound;
    EXPECT_TRUE(loaded->bind({&n, 1}, bound).ok());
    return bound;
  };
  void *none[] = {nullptr};
  EXPECT_STREQ(bind(3)->run(none).message(), "argument 0 is a null pointer");
  EXPECT_STREQ(bind(3)->run(nullptr).message(), "no arguments are given");
  EXPECT_STREQ(bind(0)->run(none).message(), "");

  std::shared_ptr<const BoundProgram> bound;
  const int64_t numbers[] = {3, 4};
  EXPECT_STREQ(loaded->bind(numbers, bound).message(),
               "2 open numbers are given, the program has 1");
  EXPECT_STREQ(loaded->bind({}, bound).message(),
               "0 open numbers are given, the program has 1");
  const int64_t negative = -2;
  EXPECT_STREQ(loaded->bind({&negative, 1}, bound).message(),
               "extent 0 is negative: -2");
  const int64_t huge = INT64_MAX / 4;
  Status status = loaded->bind({&huge, 1}, bound);
  EXPECT_EQ(status.code(), StatusCode::Limit);
  EXPECT_STREQ(status.message(), "buffer 0: bytes overflows");
  EXPECT_EQ(bound, nullptr);
}

TEST(Program, StridesMayBeNegative) {
  DemoProgram demo;
  demo.openNumbers.push_back({"v.stride0", -1});
  for (auto &artifact : demo.artifacts) {
    artifact->artifact.numExtents = 2;
    artifact->arguments[0].openStrides = 1;
  }
  auto loaded = load(demo);
  std::shared_ptr<const BoundProgram> bound;
  const int64_t sound[] = {3, -8}, negative[] = {-3, 8};
  EXPECT_STREQ(loaded->bind(sound, bound).message(), "");
  EXPECT_STREQ(loaded->bind(negative, bound).message(),
               "extent 0 is negative: -3");
}

TEST(Program, ThreadsAreAtMostTheProgramsOwn) {
  DemoProgram demo;
  // Grains worth threads: more threads need more scratch.
  for (auto &artifact : demo.artifacts) {
    artifact->kernels[0].scratchBytes = 1000;
    artifact->steps[0].minGrains = artifact->number(1);
  }
  demo.get();
  const int64_t n = 50;
  uint64_t bytes[2];
  for (uint32_t threads : {1u, 3u}) {
    demo.program.threads = threads;
    std::shared_ptr<LoadedProgram> loaded;
    ASSERT_TRUE(LoadedProgram::create(demo.program, loaded).ok());
    std::shared_ptr<const BoundProgram> bound;
    ASSERT_TRUE(loaded->bind({&n, 1}, bound).ok());
    EXPECT_EQ(bound->workspaceBytes(), bound->workspaceBytes(threads));
    EXPECT_EQ(bound->workspaceBytes(99), bound->workspaceBytes(threads));
    bytes[threads / 2] = bound->workspaceBytes();
  }
  EXPECT_EQ(bytes[1], bytes[0] + 2 * 1024);
}

TEST(Program, NoMemoryIsSaid) {
  EINC_NEEDS_ALLOCATION_COUNTER();
  DemoProgram demo;
  const EincProgram &program = demo.get();
  const int64_t n = 5;
  bool done = false;
  for (int64_t allowed = 0; !done && allowed < 200; ++allowed) {
    std::shared_ptr<LoadedProgram> loaded;
    std::shared_ptr<const BoundProgram> bound;
    failAllocationsAfter(allowed);
    Status status = LoadedProgram::create(program, loaded);
    if (status)
      status = loaded->bind({&n, 1}, bound);
    allowAllocations();
    done = status.ok();
    if (!done) {
      EXPECT_EQ(status.code(), StatusCode::OutOfMemory) << status.message();
    }
    EXPECT_EQ(done, bound != nullptr);
  }
  EXPECT_TRUE(done);
}

TEST(ProgramCheck, DamagedPrograms) {
  struct Row {
    std::function<void(DemoProgram &)> damage;
    const char *message;
  };
  const Row rows[] = {
      {[](DemoProgram &d) { d.program.abi = 1; },
       "program: its ABI is 1, this runtime's is 2"},
      {[](DemoProgram &d) { d.program.size = 8; },
       "program: its size is 8, not 56"},
      {[](DemoProgram &d) { d.program.numVariants = 0; },
       "program: it has no variants"},
      {[](DemoProgram &d) { d.program.variants = nullptr; },
       "program: an array is missing"},
      {[](DemoProgram &d) { d.program.openNumbers = nullptr; },
       "program: an array is missing"},
      {[](DemoProgram &d) { d.variants[2].artifact = nullptr; },
       "variant 2: its artifact is missing"},
      {[](DemoProgram &d) { d.variants[1].architecture = 2; },
       "variant 1: its architecture is unknown"},
      {[](DemoProgram &d) { d.variants[1].guard = {1u << 30, 1}; },
       "variant 1: guard lies outside of the tokens"},
      {[](DemoProgram &d) {
         d.variants[1].guard = d.artifacts[0]->expression({counter(0)});
         d.artifacts[0]->get();
       },
       "variant 1: guard names a counter of no loop around it"},
      {[](DemoProgram &d) { d.artifacts[1]->artifact.numExtents = 2; },
       "variant 2: it has other open numbers than the program"},
      {[](DemoProgram &d) { d.artifacts[1]->arguments[0].type = 3; },
       "variant 2: it has other arguments than variant 0"},
      {[](DemoProgram &d) { d.artifacts[1]->arguments[0].rank = 0; },
       "variant 2: it has other arguments than variant 0"},
      {[](DemoProgram &d) { d.artifacts[1]->arguments[0].flags = 1; },
       "variant 2: it has other arguments than variant 0"},
      {[](DemoProgram &d) { d.artifacts[0]->artifact.abi = 3; },
       "variant 1: artifact: its ABI is 3, this runtime's is 2"},
      {[](DemoProgram &d) { d.artifacts[0]->steps[0].kernel = 1; },
       "variant 1: step 0: its kernel does not exist"},
  };
  for (const Row &row : rows) {
    DemoProgram demo;
    demo.get();
    row.damage(demo);
    Status status = checkProgram(demo.program);
    EXPECT_STREQ(status.message(), row.message);
    EXPECT_EQ(status.code(), StatusCode::BadArtifact);
    std::shared_ptr<LoadedProgram> loaded;
    EXPECT_STREQ(LoadedProgram::create(demo.program, loaded).message(),
                 row.message);
    EXPECT_EQ(loaded, nullptr);
  }
  DemoProgram sound;
  EXPECT_TRUE(checkProgram(sound.get()).ok());
}

TEST(ProgramCheck, DamagedArguments) {
  static const int64_t extents[] = {-1, 5, -2}, strides[] = {15, 3, 1};
  auto open = [](EincArgument &argument) {
    argument.rank = 3;
    argument.extents = extents;
  };
  struct Row {
    std::function<void(EincArgument &)> damage;
    const char *message;
  };
  const Row rows[] = {
      {[&](EincArgument &a) { open(a); }, ""},
      {[&](EincArgument &a) { open(a), a.strides = strides; }, ""},
      {[&](EincArgument &a) { open(a), a.openStrides = 2; }, ""},
      {[&](EincArgument &a) { open(a), a.openStrides = 3; },
       "argument 0: it names open strides that do not exist"},
      {[&](EincArgument &a) { open(a), a.openStrides = UINT32_MAX - 1; },
       "argument 0: it names open strides that do not exist"},
      {[&](EincArgument &a) {
         open(a), a.openStrides = 2, a.strides = strides;
       },
       "argument 0: its strides are both open and given"},
      {[](EincArgument &a) { a.rank = 1; },
       "argument 0: its extents are missing"},
      {[](EincArgument &a) { a.flags = 2; },
       "argument 0: it has unknown flags"},
      {[](EincArgument &a) {
         static const int64_t beyond[] = {-6};
         a.rank = 1, a.extents = beyond;
       },
       "argument 0: it names an open extent that does not exist"},
      {[](EincArgument &a) {
         static const int64_t least[] = {INT64_MIN};
         a.rank = 1, a.extents = least;
       },
       "argument 0: it names an open extent that does not exist"},
  };
  for (const Row &row : rows) {
    DemoArtifact demo;
    demo.artifact.numExtents = 5;
    demo.addArgument();
    row.damage(demo.arguments[0]);
    EXPECT_STREQ(checkArtifact(demo.get()).message(), row.message);
  }
}

TEST(CpuFeatures, NamesProcessors) {
  struct Row {
    uint32_t architecture, cpu;
    const char *name;
  };
  const Row rows[] = {
      {EINC_ARCHITECTURE_X86_64, 0, "x86-64"},
      {EINC_ARCHITECTURE_X86_64, 1, "x86-64-v3"},
      {EINC_ARCHITECTURE_X86_64, 3, "x86-64-v4"},
      {EINC_ARCHITECTURE_X86_64, 3 | 4, "x86-64-v4+bf16"},
      {EINC_ARCHITECTURE_X86_64, 3 | 8, "x86-64-v4+vnni"},
      {EINC_ARCHITECTURE_X86_64, 15, "x86-64-v4+bf16+vnni"},
      {EINC_ARCHITECTURE_X86_64, 1u << 31, "x86-64+unknown"},
      {EINC_ARCHITECTURE_AARCH64, 0, "aarch64"},
      {7, 0, "an unknown architecture"},
  };
  for (const Row &row : rows)
    EXPECT_STREQ(processorName(row.architecture, row.cpu).text, row.name);
}

#if defined(__x86_64__)
TEST(CpuFeatures, AgreesWithTheCompilersOwnDetection) {
  const Processor &host = hostProcessor();
  EXPECT_EQ(host.architecture, uint32_t(EINC_ARCHITECTURE_X86_64));
  EXPECT_EQ((host.cpu & EINC_CPU_X86_64_V3) != 0,
            __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                __builtin_cpu_supports("bmi2"));
  EXPECT_EQ((host.cpu & EINC_CPU_X86_64_V4) != 0,
            __builtin_cpu_supports("avx512f") &&
                __builtin_cpu_supports("avx512bw") &&
                __builtin_cpu_supports("avx512vl") &&
                __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512cd"));
}
#endif

} // namespace
