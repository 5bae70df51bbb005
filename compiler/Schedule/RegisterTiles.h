// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The register tiles of the GEMM family, for each instruction set.

#ifndef EINC_COMPILER_SCHEDULE_REGISTERTILES_H
#define EINC_COMPILER_SCHEDULE_REGISTERTILES_H

#include "compiler/Schedule/Machine.h"
#include "einc/ElementType.h"

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

/// The tiles worth trying for a compute type; of equally good ones the first is
/// taken. Some may need more registers than there are.
std::span<const RegisterTile> registerTiles(const Target &target,
                                            ElementType compute);

/// Peak of one core in operations per second of the real parts of a compute
/// type, with dot products of `depthStep`. Only its ratio to the memory speeds
/// of the cost model matters.
double peakFlops(const Target &target, ElementType compute,
                 unsigned depthStep = 1);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_REGISTERTILES_H
