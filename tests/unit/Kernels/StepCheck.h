// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One random call of a chosen kernel against the formula.

#ifndef EINC_TESTS_UNIT_KERNELS_STEPCHECK_H
#define EINC_TESTS_UNIT_KERNELS_STEPCHECK_H

#include "tests/unit/Kernels/SumProblem.h"

#include <gtest/gtest.h>

namespace einc::test {

/// The host with each of the targets that it runs.
std::vector<Machine> hostMachines();

/// Draws alpha, beta and where the grains are cut; the output holds NaN where
/// it must not be read. `plain`: alpha 1, beta 0.
::testing::AssertionResult checkStep(SumProblem &problem, KernelChoice choice,
                                     ElementType output, const Machine &machine,
                                     KernelCollection &kernels, bool plain,
                                     std::mt19937_64 &random);

} // namespace einc::test

#endif // EINC_TESTS_UNIT_KERNELS_STEPCHECK_H
