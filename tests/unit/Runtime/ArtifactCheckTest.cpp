// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Every way in which an artifact can be wrong, and random damage.

#include "DemoArtifact.h"

#include <cstring>
#include <functional>
#include <gtest/gtest.h>
#include <random>

using namespace einc::runtime;
using namespace einc::runtime::demo;

namespace {

const int64_t Constant[4] = {1000, 2000, 3000, 4000};

/// Uses everything: two nested loops, a loop after them, all buffer kinds.
/// Open extents: 0: iterations, 1: grains.
struct Sound : DemoArtifact {
  uint32_t constant = 0, workspace = 0;
  Sound() {
    artifact.numExtents = 2;
    artifact.numCounters = 3;
    artifact.scalarType = EINC_TYPE_F64;
    const uint32_t append = addKernel(appendParams, 2, 100);
    const uint32_t map = addKernel(demo::affine, 2);
    const uint32_t out = addArgument();
    const uint32_t in = addArgument();
    constant = addConstant(Constant, sizeof(Constant));
    workspace = addWorkspace(128, 256);
    const uint32_t scalars = addScalars();
    artifact.workspaceBytes = expression({literal(384)});
    // Steps 0 to 3
    addLoop(0, {extent(0)}, 3);
    addStep(map, {extent(1)}, {{workspace}, {in}},
            {{counter(0), literal(2), op(EINC_OP_MUL)}}, 1);
    addLoop(1, {counter(0), literal(1), op(EINC_OP_ADD)}, 1);
    addStep(append, {literal(1)},
            {{out, {counter(1), literal(8), op(EINC_OP_MUL)}}, {scalars}},
            {{literal(1)}, {counter(1)}});
    // Steps 4 and 5
    addLoop(2, {literal(2)}, 1);
    addStep(map, {literal(4)}, {{out}, {constant}}, {{counter(2)}});
  }
};

Status create(DemoArtifact &demo, std::vector<int64_t> extents = {2, 3}) {
  std::shared_ptr<const Executable> executable;
  const Status status = Executable::create(demo.get(), extents, executable);
  EXPECT_EQ(status.ok(), executable != nullptr);
  return status;
}

TEST(ArtifactCheck, SoundIsSound) {
  Sound sound;
  EXPECT_STREQ(create(sound).message(), "");
}

TEST(ArtifactCheck, EmptyIsSound) {
  DemoArtifact demo;
  EXPECT_TRUE(create(demo, {}).ok());
  EXPECT_TRUE(demo.bind()->run(nullptr).ok());
}

struct DamageRow {
  std::function<void(Sound &)> damage;
  const char *message;
};

TEST(ArtifactCheck, DamagedArrays) {
  const EincExpression outside = {1u << 30, 1};
  auto negative = [](Sound &s) { return s.number(-64); };
  const DamageRow rows[] = {
      {[](Sound &s) { s.artifact.abi = 7; },
       "artifact: its ABI is 7, this runtime's is 2"},
      {[](Sound &s) { s.artifact.numCounters = 17; },
       "artifact: it has more than 16 loop counters"},
      {[](Sound &s) { s.artifact.scalarType = 12; },
       "artifact: its scalars have an unknown type"},
      {[&](Sound &s) { s.artifact.workspaceBytes = outside; },
       "artifact: workspaceBytes lies outside of the tokens"},
      {[](Sound &s) { s.artifact.workspaceBytes = s.expression({counter(0)}); },
       "artifact: workspaceBytes names a counter of no loop around it"},
      {[&](Sound &s) { s.artifact.workspaceBytes = negative(s); },
       "artifact: workspaceBytes is negative"},
      {[](Sound &s) {
         s.artifact.workspaceBytes =
             s.expression({literal(INT64_MAX), literal(2), op(EINC_OP_MUL)});
       },
       "artifact: workspaceBytes overflows"},
      {[](Sound &s) { s.arguments[1].type = 12; },
       "argument 1: its type is unknown"},

      {[](Sound &s) { s.kernels[1].function = nullptr; },
       "kernel 1: it has neither an image nor a function"},
      {[](Sound &s) {
         s.kernels[0].image = Code;
         s.kernels[0].imageBytes = s.kernels[0].entryOffset = CodeBytes;
       },
       "kernel 0: its entry lies outside of its image"},
      {[](Sound &s) { s.kernels[0].image = Code; },
       "kernel 0: its entry lies outside of its image"},
      {[](Sound &s) { s.kernels[1].scratchBytes = (1ull << 40) + 1; },
       "kernel 1: its scratch is larger than 2^40 bytes"},
      {[](Sound &s) { s.kernels[1].numPointers = 100; },
       "step 1: its pointers do not exist"},
      {[](Sound &s) { s.kernels[1].numPointers = UINT32_MAX; },
       "step 1: its pointers do not exist"},

      {[](Sound &s) { s.buffers[0].kind = 4; },
       "buffer 0: its kind is unknown"},
      {[](Sound &s) { s.buffers[1].argument = 2; },
       "buffer 1: it names an argument that does not exist"},
      {[&](Sound &s) { s.buffers[3].offset = outside; },
       "buffer 3: offset lies outside of the tokens"},
      {[](Sound &s) { s.buffers[3].bytes = s.expression({counter(0)}); },
       "buffer 3: bytes names a counter of no loop around it"},
      {[&](Sound &s) { s.buffers[3].offset = negative(s); },
       "buffer 3: offset is not a multiple of 64"},
      {[](Sound &s) { s.buffers[3].offset = s.number(96); },
       "buffer 3: offset is not a multiple of 64"},
      {[](Sound &s) { s.buffers[3].offset = s.number(192); },
       "buffer 3: bytes reaches past the workspace"},
      {[](Sound &s) { s.buffers[3].bytes = s.number(INT64_MAX); },
       "buffer 3: bytes reaches past the workspace"},
      {[&](Sound &s) { s.buffers[2].bytes = negative(s); },
       "buffer 2: bytes is negative"},
      {[](Sound &s) { s.buffers[2].data = nullptr; },
       "buffer 2: data is missing"},
      {[](Sound &s) { s.buffers[0].offset = s.number(64); },
       "buffer 0: offset is not 0 outside the workspace"},
      {[](Sound &s) {
         s.buffers[3].offset =
             s.expression({literal(1), literal(0), op(EINC_OP_FLOORDIV)});
       },
       "buffer 3: offset divides by a number below 1"},

      {[](Sound &s) { s.pointers[2].buffer = 5; },
       "pointer 2: it names a buffer that does not exist"},
      {[&](Sound &s) { s.pointers[1].offset = outside; },
       "step 1: pointer 1 lies outside of the tokens"},
      {[](Sound &s) {
         s.pointers[2].offset =
             s.expression({counter(0), counter(1), op(EINC_OP_MUL)});
       },
       "step 3: pointer 0 is not affine in the loop counters"},
      {[](Sound &s) { s.pointers[5].offset = s.number(33); },
       "step 5: pointer 1 lies outside of its buffer"},
      {[](Sound &s) { s.pointers[0].offset = s.number(-8); },
       "step 1: pointer 0 lies outside of its buffer"},
      {[](Sound &s) {
         s.pointers[0].offset =
             s.expression({literal(INT64_MAX), counter(0), op(EINC_OP_ADD)});
       },
       "step 1: pointer 0 overflows"},
      {[](Sound &s) { s.pointers[1].offset = s.expression({counter(1)}); },
       "step 1: pointer 1 names a counter of no loop around it"},

      {[](Sound &s) { s.steps[2].kind = 2; }, "step 2: its kind is unknown"},
      {[](Sound &s) { s.steps[5].kernel = 2; },
       "step 5: its kernel does not exist"},
      {[](Sound &s) { s.steps[5].firstPointer = 5; },
       "step 5: its pointers do not exist"},
      {[](Sound &s) { s.steps[5].firstPointer = UINT32_MAX; },
       "step 5: its pointers do not exist"},
      {[](Sound &s) { s.steps[3].numParams = 4; },
       "step 3: its params do not exist"},
      {[](Sound &s) { s.steps[3].firstParam = UINT32_MAX; },
       "step 3: its params do not exist"},
      {[&](Sound &s) { s.steps[1].extent = outside; },
       "step 1: extent lies outside of the tokens"},
      {[&](Sound &s) { s.steps[1].minGrains = outside; },
       "step 1: minGrains lies outside of the tokens"},
      {[&](Sound &s) { s.steps[1].extent = negative(s); },
       "step 1: extent is negative"},
      {[&](Sound &s) { s.steps[4].extent = negative(s); },
       "step 4: extent is negative"},
      {[&](Sound &s) { s.steps[1].minGrains = negative(s); },
       "step 1: minGrains is negative"},
      {[](Sound &s) { s.steps[2].extent = s.expression({counter(1)}); },
       "step 2: extent names a counter of no loop around it"},
      {[](Sound &s) { s.params[2] = s.expression({counter(2)}); },
       "step 3: param 1 names a counter of no loop around it"},
      {[](Sound &s) { s.params[3] = s.expression({counter(0)}); },
       "step 5: param 0 names a counter of no loop around it"},
      {[](Sound &s) { s.params[1] = s.expression({extent(2)}); },
       "step 3: param 0 names an extent that does not exist"},
      {[](Sound &s) {
         s.params[0] =
             s.expression({literal(INT64_MAX), extent(0), op(EINC_OP_ADD)});
       },
       "step 1: param 0 overflows"},

      {[](Sound &s) { s.steps[4].bodySteps = 0; },
       "step 4: the loop has no body"},
      {[](Sound &s) { s.steps[4].bodySteps = 2; },
       "step 4: the loop's body reaches past its surroundings"},
      {[](Sound &s) { s.steps[2].bodySteps = 2; },
       "step 2: the loop's body reaches past its surroundings"},
      {[](Sound &s) { s.steps[0].bodySteps = UINT32_MAX; },
       "step 0: the loop's body reaches past its surroundings"},
      {[](Sound &s) { s.steps[4].counter = 3; },
       "step 4: the loop's counter does not exist"},
      {[](Sound &s) { s.steps[2].counter = 0; },
       "step 2: the loop's counter is in use around it"},
  };
  for (const DamageRow &row : rows) {
    Sound sound;
    row.damage(sound);
    const Status status = create(sound);
    // With open extents, those may be what is too large.
    const bool overflows = std::string_view(row.message).ends_with("overflows");
    EXPECT_EQ(status.code(),
              overflows ? StatusCode::Limit : StatusCode::BadArtifact)
        << row.message;
    EXPECT_STREQ(status.message(), row.message);
  }
}

TEST(ArtifactCheck, HeadOfAnotherSize) {
  Sound sound;
  std::shared_ptr<const Executable> executable;
  const std::vector<int64_t> extents = {2, 3};
  sound.get();
  sound.artifact.size = 8;
  EXPECT_STREQ(
      Executable::create(sound.artifact, extents, executable).message(),
      ("artifact: its size is 8, not " + std::to_string(sizeof(EincArtifact)))
          .c_str());
}

TEST(ArtifactCheck, MissingArrays) {
  const std::function<void(EincArtifact &)> removals[] = {
      [](EincArtifact &a) { a.kernels = nullptr; },
      [](EincArtifact &a) { a.tokens = nullptr; },
      [](EincArtifact &a) { a.buffers = nullptr; },
      [](EincArtifact &a) { a.pointers = nullptr; },
      [](EincArtifact &a) { a.params = nullptr; },
      [](EincArtifact &a) { a.steps = nullptr; },
      [](EincArtifact &a) { a.arguments = nullptr; },
  };
  const std::vector<int64_t> extents = {2, 3};
  for (const auto &remove : removals) {
    Sound sound;
    sound.get();
    remove(sound.artifact);
    std::shared_ptr<const Executable> executable;
    EXPECT_STREQ(
        Executable::create(sound.artifact, extents, executable).message(),
        "artifact: an array is missing");
  }
}

TEST(ArtifactCheck, Extents) {
  struct {
    std::vector<int64_t> extents;
    const char *message;
  } rows[] = {
      {{}, "0 extents are given, the artifact has 2 open ones"},
      {{1, 2, 3}, "3 extents are given, the artifact has 2 open ones"},
      {{1, -2}, "extent 1 is negative: -2"},
  };
  for (const auto &row : rows) {
    Sound sound;
    const Status status = create(sound, row.extents);
    EXPECT_EQ(status.code(), StatusCode::InvalidArgument);
    EXPECT_STREQ(status.message(), row.message);
  }
}

TEST(ArtifactCheck, EndlessSharing) {
  // 3,000 steps that share 30,000 params would bind to 90 million.
  DemoArtifact demo;
  const uint32_t kernel = demo.addKernel(appendParams, 0);
  demo.params.assign(30000, demo.number(5));
  for (int i = 0; i < 3000; ++i)
    demo.steps[demo.addStep(kernel, {literal(1)}, {})].numParams = 30000;
  for (EincStep &step : demo.steps)
    step.firstParam = 0;
  const Status status = create(demo, {});
  EXPECT_EQ(status.code(), StatusCode::Limit);
  EXPECT_STREQ(status.message(),
               "step 1118: the steps use too many expressions");
}

TEST(ArtifactCheck, HugeWorkspaceIsALimit) {
  DemoArtifact demo;
  demo.artifact.workspaceBytes = demo.number(INT64_MAX);
  const Status status = create(demo, {});
  EXPECT_EQ(status.code(), StatusCode::Limit);
  EXPECT_STREQ(status.message(),
               "the intermediates need 9223372036854775807 bytes");
}

// Random numbers in random places: any outcome but a crash.
TEST(ArtifactCheck, RandomDamage) {
  const unsigned seed = 20240611;
  std::printf("seed %u\n", seed);
  std::mt19937 random(seed);
  const int64_t odd[] = {0,  1,         2,          3,         4,
                         16, 17,        63,         64,        -1,
                         -2, INT32_MAX, UINT32_MAX, INT64_MAX, INT64_MIN};
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    Sound sound;
    sound.kernels[0].image = Code;
    sound.kernels[0].imageBytes = CodeBytes;
    auto number = [&] { return odd[random() % std::size(odd)]; };
    auto number32 = [&] { return static_cast<uint32_t>(number()); };
    auto some = [&](auto &items) -> auto & {
      return items[random() % items.size()];
    };
    for (unsigned i = 0, count = 1 + random() % 3; i < count; ++i) {
      EincStep &step = some(sound.steps);
      EincToken &token = some(sound.tokens);
      EincBuffer &buffer = some(sound.buffers);
      uint32_t *fields[] = {&step.kind,
                            &step.kernel,
                            &step.firstPointer,
                            &step.firstParam,
                            &step.numParams,
                            &step.bodySteps,
                            &step.counter,
                            &step.extent.first,
                            &step.extent.count,
                            &step.minGrains.first,
                            &step.minGrains.count,
                            &token.opcode,
                            &buffer.kind,
                            &buffer.argument,
                            &buffer.offset.first,
                            &buffer.offset.count,
                            &buffer.bytes.first,
                            &some(sound.pointers).buffer,
                            &some(sound.pointers).offset.first,
                            &some(sound.params).first,
                            &some(sound.params).count,
                            &sound.kernels[0].numPointers,
                            &sound.artifact.numCounters,
                            &sound.artifact.scalarType,
                            &sound.artifact.workspaceBytes.first};
      const size_t which = random() % (std::size(fields) + 3);
      if (which < std::size(fields))
        *fields[which] = number32();
      else if (which == std::size(fields))
        sound.kernels[0].entryOffset = static_cast<uint64_t>(number());
      else
        token.value = number();
    }
    std::shared_ptr<const Executable> executable;
    const std::vector<int64_t> extents = {number() & INT64_MAX, 3};
    const Status status = Executable::create(sound.get(), extents, executable);
    ASSERT_EQ(status.ok(), executable != nullptr);
    ASSERT_EQ(status.ok(), std::strlen(status.message()) == 0);
    refused += !status.ok();
  }
  EXPECT_GT(refused, 10000);
  EXPECT_LT(refused, 20000);
}

} // namespace
