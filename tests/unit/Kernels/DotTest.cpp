// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The dot family in all of its forms against the formula on whole numbers.

#include "tests/unit/Kernels/SumProblem.h"

#include <gtest/gtest.h>

namespace einc::test {
namespace {

TEST(Dot, MatchesTheFormula) { checkSumFamily(Family::Dot, 11733); }

TEST(Dot, RangesDoNotMatter) { checkSumRanges(Family::Dot, 3826); }

} // namespace
} // namespace einc::test
