// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The order in which an equation's operands are contracted, and its cost.

#ifndef EINC_PLAN_H
#define EINC_PLAN_H

#include "einc/Export.h"

#include <array>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace einc {

/// An order of pairwise contractions. Operands are values 0 to n-1, the result
/// of step s is value n+s. The flops of a step are the product of the extents
/// of its labels, times 2 if it sums over one; sizes count elements.
struct Plan {
  struct Step {
    std::array<uint32_t, 2> operands;
    std::string equation; ///< "jk,kl->jl"
    double flops;
    double size; ///< of the result
  };
  std::vector<Step> steps;
  double flops = 0;
  /// What contracting the operands from left to right would cost.
  double leftToRightFlops = 0;
  /// The largest intermediate or output; operands do not count.
  double largestIntermediate = 0;
  /// What found the order: "optimal", "greedy", "left-to-right", "path".
  std::string method;
  /// How long the search took.
  double seconds = 0;

  /// The order as np.einsum_path prints it and Options::path takes it: each
  /// step's places in the list of what is left, results at its end.
  EINC_API std::vector<std::array<uint32_t, 2>> path() const;
  /// A table in the manner of np.einsum_path.
  EINC_API std::string str() const;
  /// One line; the fields are those of `einc plan --json`.
  EINC_API std::string json() const;

private:
  struct Details;
  friend struct PlanAccess;
  std::shared_ptr<const Details> details;
};

/// Prints str().
EINC_API std::ostream &operator<<(std::ostream &stream, const Plan &plan);

} // namespace einc

#endif // EINC_PLAN_H
