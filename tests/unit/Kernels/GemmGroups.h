// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random label groups of products, and the params of their kernels.

#ifndef EINC_TESTS_UNIT_KERNELS_GEMMGROUPS_H
#define EINC_TESTS_UNIT_KERNELS_GEMMGROUPS_H

#include "tests/unit/Kernels/LoopProblem.h"

#include <functional>

namespace einc::test {

struct Groups {
  std::vector<Loop> batch, m, n, k; ///< innermost first
};

/// Extents around those of chunks and tiles, each group of up to three loops.
Groups randomGroups(std::mt19937_64 &random);

/// All loops: n, m, k, batch.
std::vector<Loop> loopsOf(const Groups &groups);

/// `record` gives the record of a loop, by its place in loopsOf.
std::vector<int64_t>
gemmParams(const GemmSchedule &gemm, const Groups &groups,
           const std::function<LoopRecord(size_t loop)> &record);
int64_t gemmGrains(const Groups &groups, const std::vector<int64_t> &params);

} // namespace einc::test

#endif // EINC_TESTS_UNIT_KERNELS_GEMMGROUPS_H
