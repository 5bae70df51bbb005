// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The gemv family in all of its forms against the formula on whole numbers.

#include "tests/unit/Kernels/SumProblem.h"

#include <gtest/gtest.h>

namespace einc::test {
namespace {

TEST(Gemv, MatchesTheFormula) { checkSumFamily(Family::Gemv, 30260); }

TEST(Gemv, RangesDoNotMatter) { checkSumRanges(Family::Gemv, 7025); }

} // namespace
} // namespace einc::test
