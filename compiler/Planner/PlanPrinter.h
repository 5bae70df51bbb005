// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A plan as a table in the manner of np.einsum_path, and as JSON.

#ifndef EINC_COMPILER_PLANNER_PLANPRINTER_H
#define EINC_COMPILER_PLANNER_PLANPRINTER_H

#include "compiler/Planner/ContractionTree.h"

namespace einc {

/// A table: header with the equation, the cost left to right and as planned,
/// the largest intermediate, the method; then one row a step. Long equations
/// and more than `maxRows` steps are abridged.
///
///     ij,jk,kl->il
///       left to right          2.2e7 flops
///       planned                4e4 flops, 550 times fewer
///       largest intermediate   1000 elements
///       method                 optimal, 0.0125 ms
///
///       step  operands      result      flops       size  equation
///          0  1, 2               3        2e4         10  jk,kl->jl
///          1  0, 3               4        2e4       1000  ij,jl->il
std::string printPlanTable(const Network &network, const ContractionTree &tree,
                           size_t maxRows = 60);

/// {"steps":[{"operands":[1,2],"equation":"jk,kl->jl","flops":..,"size":..}],
///  "ssa_path":[[1,2],[0,3]],"log10_flops":..,"log2_largest_intermediate":..,
///  "left_to_right_log10_flops":..,"method":"..","seconds":..}
/// on one line. Every number is finite: counts stop at the largest double, the
/// logarithms are right beyond it, and are 0 where nothing is computed.
std::string printPlanJSON(const Network &network, const ContractionTree &tree);

} // namespace einc

#endif // EINC_COMPILER_PLANNER_PLANPRINTER_H
