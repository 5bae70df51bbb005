// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The most that one core of this machine computes, measured.

#ifndef EINC_TOOLS_BENCH_FMAPEAK_H
#define EINC_TOOLS_BENCH_FMAPEAK_H

namespace einc::bench {

/// GFLOP/s of one run of about 2 ms of independent single-precision multiply-
/// adds in the widest vectors of this processor. Callers take the best of many.
double measureFMA();

} // namespace einc::bench

#endif // EINC_TOOLS_BENCH_FMAPEAK_H
