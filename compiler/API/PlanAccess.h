// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The library's way to make a Plan.

#ifndef EINC_COMPILER_API_PLANACCESS_H
#define EINC_COMPILER_API_PLANACCESS_H

#include "compiler/Frontend/ShapeInference.h"
#include "compiler/Planner/ContractionTree.h"
#include "einc/Options.h"
#include "einc/Plan.h"

namespace einc {

struct PlanAccess {
  static Plan make(Network network, ContractionTree tree);
};

/// What einc::plan does with an equation that is parsed already. Throws.
Plan planEquation(const Equation &equation, std::span<const Shape> shapes,
                  const Options &options);

} // namespace einc

#endif // EINC_COMPILER_API_PLANACCESS_H
