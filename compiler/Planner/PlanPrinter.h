// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A plan as a table in the manner of np.einsum_path, and as JSON.

#ifndef EINC_COMPILER_PLANNER_PLANPRINTER_H
#define EINC_COMPILER_PLANNER_PLANPRINTER_H

#include "compiler/Planner/ContractionTree.h"

namespace einc {

/// A table: header with the equation, the cost left to right and as planned,
/// the largest intermediate, the method; then one row a step. Long labels and
/// more than `maxRows` steps are abridged.
std::string printPlanTable(const Network &network, const ContractionTree &tree,
                           size_t maxRows = 60);

/// {"steps":[{"operands":[1,2],"equation":"jk,kl->jl","flops":..,"size":..}],
///  "ssa_path":[[1,2],[0,3]],"log10_flops":..,"log2_largest_intermediate":..,
///  "left_to_right_log10_flops":..,"method":"..","seconds":..}
/// on one line.
std::string printPlanJSON(const Network &network, const ContractionTree &tree);

} // namespace einc

#endif // EINC_COMPILER_PLANNER_PLANPRINTER_H
