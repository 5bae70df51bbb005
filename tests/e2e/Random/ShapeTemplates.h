// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random equations of the kinds that kernels are made for, so that each kind
/// of kernel is met often. What a case runs is counted, not assumed.

#ifndef EINC_TESTS_E2E_RANDOM_SHAPETEMPLATES_H
#define EINC_TESTS_E2E_RANDOM_SHAPETEMPLATES_H

#include "tests/e2e/Random/RandomEquation.h"

namespace einc::tests {

struct ShapeTemplate {
  const char *name;
  unsigned weight;
  RandomEquation (*make)(Dice &dice);
};

/// "free" (makeRandomEquation) among them.
const std::vector<ShapeTemplate> &shapeTemplates();

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_SHAPETEMPLATES_H
