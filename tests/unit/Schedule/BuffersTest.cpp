// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Spans, sizes as text, reuse of the workspace, the memory limit.

#include "compiler/Schedule/Buffers.h"
#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

#include <random>

namespace einc::test {
namespace {

constexpr ElementType f32 = ElementType::F32, f64 = ElementType::F64;

TEST(Buffers, SpansReachFromFirstToLast) {
  EXPECT_EQ(spanBytes({f32, {}, {}}), 4);
  EXPECT_EQ(spanBytes({f64, {3, 4}, {4, 1}}), 96);
  EXPECT_EQ(spanBytes({f32, {3, 4}, {10, 2}}), 4 * (20 + 6 + 1));
  EXPECT_EQ(spanBytes({f32, {3, 4}, {-10, 2}}), 4 * (20 + 6 + 1));
  EXPECT_EQ(spanBytes({f32, {3, 4}, {0, 0}}), 4);
  EXPECT_EQ(spanBytes({f32, {3, 0}, {INT64_MIN, INT64_MAX}}), 0);
  EXPECT_EQ(spanBytes({f32, {1}, {INT64_MIN}}), 4);
  EXPECT_EQ(spanBytes({f32, {2}, {INT64_MIN}}), std::nullopt);
  EXPECT_EQ(spanBytes({f64, {2}, {int64_t(1) << 60}}), std::nullopt);
  EXPECT_EQ(spanBytes({f64, {2}, {(int64_t(1) << 60) - 2}}),
            8 * ((int64_t(1) << 60) - 1));
  EXPECT_EQ(spanBytes({f32, {INT64_MAX, INT64_MAX}, {INT64_MAX, INT64_MAX}}),
            std::nullopt);
}

TEST(Buffers, BytesReadWell) {
  EXPECT_EQ(formatBytes(0), "0 B");
  EXPECT_EQ(formatBytes(1023), "1023 B");
  EXPECT_EQ(formatBytes(1024), "1.0 KiB");
  EXPECT_EQ(formatBytes(1536), "1.5 KiB");
  EXPECT_EQ(formatBytes((1 << 20) - 1), "1.0 MiB");
  EXPECT_EQ(formatBytes(uint64_t(16) << 30), "16.0 GiB");
  EXPECT_EQ(formatBytes(UINT64_MAX), "16.0 EiB");
}

TEST(Buffers, GapsAreReusedAndJoined) {
  WorkspaceAllocator workspace;
  EXPECT_EQ(workspace.allocate(100), 0u);
  EXPECT_EQ(workspace.allocate(64), 128u);
  EXPECT_EQ(workspace.allocate(1), 192u);
  EXPECT_EQ(workspace.size(), 256u);
  workspace.free(0, 100);
  workspace.free(192, 1);
  // The gap of 128 is larger than needed, that at the end fits.
  EXPECT_EQ(workspace.allocate(60), 192u);
  EXPECT_EQ(workspace.allocate(64), 0u);
  workspace.free(128, 64); // joins [64, 128)
  EXPECT_EQ(workspace.allocate(128), 64u);
  EXPECT_EQ(workspace.size(), 256u);
  // A gap at the end grows.
  workspace.free(192, 60);
  EXPECT_EQ(workspace.allocate(1000), 192u);
  EXPECT_EQ(workspace.size(), 192u + 1024u);
  EXPECT_EQ(workspace.allocate(uint64_t(1) << 63), std::nullopt);
  EXPECT_EQ(workspace.allocate((uint64_t(1) << 63) - 64), std::nullopt);
  EXPECT_EQ(workspace.size(), 192u + 1024u);
}

TEST(Buffers, LiveValuesNeverOverlap) {
  std::mt19937 random(3);
  WorkspaceAllocator workspace;
  std::map<uint64_t, uint64_t> live;
  uint64_t liveBytes = 0, peak = 0;
  for (int i = 0; i < 20'000; ++i) {
    if (live.size() < 40 && random() % 2) {
      uint64_t bytes = 1 + random() % 5000;
      uint64_t at = *workspace.allocate(bytes);
      EXPECT_EQ(at % 64, 0u);
      auto next = live.lower_bound(at);
      if (next != live.end()) {
        ASSERT_LE(at + bytes, next->first);
      }
      if (next != live.begin()) {
        ASSERT_LE(std::prev(next)->first + std::prev(next)->second, at);
      }
      ASSERT_LE(at + bytes, workspace.size());
      live[at] = bytes;
      liveBytes += (bytes + 63) / 64 * 64;
      peak = std::max(peak, liveBytes);
    } else if (!live.empty()) {
      auto victim = std::next(live.begin(), long(random() % live.size()));
      workspace.free(victim->first, victim->second);
      liveBytes -= (victim->second + 63) / 64 * 64;
      live.erase(victim);
    }
  }
  EXPECT_LT(double(workspace.size()), 2.0 * double(peak));
}

TEST(Buffers, IntermediatesOfAChainShareTwoPlaces) {
  // Every intermediate is 16 x 16; at any time two of them live.
  std::string text = "ab";
  std::vector<Shape> shapes = {{16, 16}};
  for (char c = 'b'; c < 'z'; ++c) {
    text += std::string(",") + c + char(c + 1);
    shapes.push_back({16, 16});
  }
  Expression e = expression(text + "->az", shapes);
  StepList list = e.steps();
  EXPECT_EQ(list.steps.size(), 24u);
  ASSERT_EQ(list.workspaceBytes.count, 1u);
  EXPECT_EQ(list.tokens[list.workspaceBytes.first].value, 2 * 16 * 16 * 4);
  // And share one kernel.
  EXPECT_EQ(list.schedules.size(), 1u);
}

std::string limitError(Expression &e, uint64_t limit) {
  e.options.maxMemoryBytes = limit;
  Result<StepList> list = e.make();
  if (list)
    return "none";
  EXPECT_EQ(list.error().kind, ErrorKind::Limit);
  std::string text = list.error().message;
  for (const std::string &note : list.error().notes)
    text += "; " + note;
  return text;
}

TEST(Buffers, MemoryIsLimited) {
  // 4000 + 8000 + 4000 bytes of operands, 4000 of output, two intermediates.
  Expression e =
      expression("ij,jk,kl,lm->im", {{50, 20}, {20, 100}, {100, 10}, {10, 20}});
  EXPECT_EQ(limitError(e, 0), "none");
  // 4000+8000+4000+800, 4000, and 50*100*4 + 50*10*4 with padding.
  uint64_t exact = 16800 + 4000 + 20032 + 2048;
  EXPECT_EQ(limitError(e, exact), "none");
  EXPECT_EQ(limitError(e, exact - 1),
            "needs 41.9 KiB, the limit is 41.9 KiB; operands 16.4 KiB, output "
            "3.9 KiB, workspace 21.6 KiB");
  EXPECT_EQ(limitError(e, 1000),
            "needs 41.9 KiB, the limit is 1000 B; operands 16.4 KiB, output "
            "3.9 KiB, workspace 21.6 KiB");

  Expression big = expression("ij,jk->ik", {{30000, 1}, {1, 30000}});
  EXPECT_EQ(limitError(big, uint64_t(1) << 30),
            "needs 3.4 GiB, the limit is 1.0 GiB; operands 234.4 KiB, output "
            "3.4 GiB, workspace 0 B");
}

TEST(Buffers, WhatNoMemoryHoldsIsALimit) {
  const int64_t n = 1 << 20;
  Expression outer =
      expression("a,b,c,d,d->abc", {{n}, {n}, {n}, {5}, {5}}, f64);
  EXPECT_EQ(limitError(outer, 0), "the output has 2^63 bytes or elements or "
                                  "more");
  Expression middle =
      expression("a,b,c,abc->", {{n}, {n}, {n}, {1, 1, 1}}, f64);
  EXPECT_EQ(limitError(middle, 0), "none"); // summed one by one
  Expression view = expression("abcx->x", {{n, n, n, 8}}, f64);
  view.operands[0].strides = {0, 0, 0, 1};
  EXPECT_EQ(limitError(view, 0),
            "operand 0 has 2^63 bytes or elements or more");
  Expression kept = expression(
      "ax,bx,cx,abx,cx->x", {{n, 2}, {n, 2}, {n, 2}, {n, n, 2}, {n, 2}}, f64);
  EXPECT_EQ(limitError(kept, 0),
            "the result of step 1 has 2^63 bytes or more; step 1 computes "
            "axb,cx->axbc");
  // Many operands at the edge of 2^63 bytes: the sum saturates.
  Expression wide = expression("a,a,a->a", {{2}, {2}, {2}});
  for (TensorLayout &layout : wide.operands)
    layout.strides = {(int64_t(1) << 61) - 2};
  EXPECT_EQ(limitError(wide, 1),
            "needs 16.0 EiB, the limit is 1 B; operands 16.0 EiB, output 8 B, "
            "workspace 64 B");
}

} // namespace
} // namespace einc::test
