// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Kernels/GemmGroups.h"

#include <algorithm>

namespace einc::test {

static int64_t product(const std::vector<Loop> &loops) {
  int64_t result = 1;
  for (const Loop &loop : loops)
    result *= loop.extent;
  return result;
}

std::vector<Loop> loopsOf(const Groups &groups) {
  std::vector<Loop> loops;
  for (const auto *group : {&groups.n, &groups.m, &groups.k, &groups.batch})
    loops.insert(loops.end(), group->begin(), group->end());
  return loops;
}

/// `count` loops with a product of about `total`.
static std::vector<Loop> split(int64_t total, unsigned count, unsigned of,
                               std::mt19937_64 &random) {
  std::vector<Loop> loops;
  for (unsigned i = 1; i < count && total > 1; ++i) {
    int64_t part = 1 + random() % total;
    part = std::min<int64_t>(part, 9);
    loops.push_back({part, of});
    total = std::max<int64_t>(total / part, 1);
  }
  loops.push_back({total, of});
  std::shuffle(loops.begin(), loops.end(), random);
  return loops;
}

Groups randomGroups(std::mt19937_64 &random) {
  constexpr int64_t extents[] = {1,  2,  3,  5,  6,  7,  8,  9,  15, 16,
                                 17, 24, 31, 32, 33, 48, 49, 64, 65, 97};
  auto extent = [&] { return extents[random() % std::size(extents)]; };
  Groups groups;
  if (random() % 3 == 0)
    groups.batch =
        split(1 + random() % 4, 1 + random() % 2, Out | A | B, random);
  groups.m = split(extent(), 1 + random() % 3, Out | A, random);
  groups.n = split(extent(), 1 + random() % 3, Out | B, random);
  groups.k = split(extent(), 1 + random() % 3, A | B, random);
  if (random() % 40 == 0)
    groups.k[0].extent = 0;
  return groups;
}

std::vector<int64_t>
gemmParams(const GemmSchedule &gemm, const Groups &groups,
           const std::function<LoopRecord(size_t loop)> &record) {
  auto ceilDiv = [](int64_t a, int64_t b) { return (a + b - 1) / b; };
  int64_t run =
      ceilDiv(groups.n[0].extent, gemm.runMultiple) * gemm.runMultiple;
  int64_t n =
      groups.n[0].extent ? product(groups.n) / groups.n[0].extent * run : 0;
  std::vector<int64_t> params(GemmHead);
  params[GemmM] = product(groups.m);
  params[GemmN] = n;
  params[GemmK] = product(groups.k);
  params[GemmMBlocks] = ceilDiv(params[GemmM], gemm.mc);
  params[GemmNBlocks] = ceilDiv(n, gemm.nc);
  params[GemmNumBatch] = int64_t(groups.batch.size());
  params[GemmNumM] = int64_t(groups.m.size());
  params[GemmNumN] = int64_t(groups.n.size());
  params[GemmNumK] = int64_t(groups.k.size());
  size_t nAt = 0, mAt = groups.n.size(), kAt = mAt + groups.m.size(),
         batchAt = kAt + groups.k.size();
  auto append = [&](size_t first, size_t count) {
    for (size_t i = first; i < first + count; ++i) {
      LoopRecord r = record(i);
      params.push_back(r.extent);
      params.insert(params.end(), r.strides, r.strides + 3);
    }
  };
  append(batchAt, groups.batch.size());
  append(mAt, groups.m.size());
  append(nAt, groups.n.size());
  append(kAt, groups.k.size());
  return params;
}

int64_t gemmGrains(const Groups &groups, const std::vector<int64_t> &params) {
  return product(groups.batch) * params[GemmMBlocks] * params[GemmNBlocks];
}

} // namespace einc::test
