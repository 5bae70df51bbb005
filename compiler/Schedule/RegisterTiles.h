// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The register tiles of the GEMM family, for each instruction set.

#ifndef EINC_COMPILER_SCHEDULE_REGISTERTILES_H
#define EINC_COMPILER_SCHEDULE_REGISTERTILES_H

#include "compiler/Schedule/Machine.h"

#include <span>

namespace einc {

/// A tile of rows x vectors accumulators and the part of the FMA peak that its
/// inner loop reaches from the L1 cache.
struct RegisterTile {
  unsigned rows;
  unsigned vectors;
  double efficiency;
  unsigned parts = 1; ///< GemmSchedule::vectorParts
};

/// The tiles worth trying; of equally good ones the first is taken.
std::span<const RegisterTile> registerTiles(const Target &target);

/// FMA peak of one core in f32 FLOP/s. Only its ratio to the memory speeds of
/// the cost model matters.
double peakFlops(const Target &target);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_REGISTERTILES_H
