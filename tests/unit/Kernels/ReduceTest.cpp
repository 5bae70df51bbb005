// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The reduce family in all of its forms against the formula on whole numbers.

#include "tests/unit/Kernels/SumProblem.h"

#include <gtest/gtest.h>

namespace einc::test {
namespace {

TEST(Reduce, MatchesTheFormula) { checkSumFamily(Family::Reduce, 28360); }

TEST(Reduce, RangesDoNotMatter) { checkSumRanges(Family::Reduce, 28); }

} // namespace
} // namespace einc::test
