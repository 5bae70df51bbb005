// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What one core of this machine can do at most, measured: the roofs that
/// results are compared with.

#ifndef EINC_TOOLS_BENCH_PEAK_H
#define EINC_TOOLS_BENCH_PEAK_H

#include "einc/ElementType.h"

namespace einc::bench {

/// Operations per second of one run, some 2 ms, of independent multiply-adds
/// (two operations each) in the widest vectors of this processor, in the
/// instruction that products of this element type can use at best: fused
/// multiply-add for f32, f64, complex (in real operations) and f16; the dot
/// products of bf16 and of bytes summed in i32 (`dotProduct`) where the
/// processor has them; multiplication and addition of integers; "and" and "or"
/// of bool. Callers take the best of many.
double measurePeak(ElementType type, bool dotProduct = false);

/// Bytes per second of copying 64 MiB, read and written bytes counted, by
/// stores through the caches or past them, whichever is faster in this run.
/// The first call allocates. Callers take the best of many.
double measureCopy();

} // namespace einc::bench

#endif // EINC_TOOLS_BENCH_PEAK_H
