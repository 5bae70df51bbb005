// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Steps, interpreted, against the formula of their equation.

#ifndef EINC_TESTS_UNIT_SCHEDULE_FORMULA_H
#define EINC_TESTS_UNIT_SCHEDULE_FORMULA_H

#include "tests/unit/Schedule/Expressions.h"
#include "tests/unit/Schedule/Interpreter.h"

#include <random>

namespace einc::test {

using Random = std::mt19937_64;

int64_t pick(Random &random, int64_t low, int64_t high);

/// Interprets the steps of an expression of one type over distinct integers and
/// compares every element. `largest`: operands start again there; doubles must
/// stay exact.
void check(const Expression &e, double alpha, double beta, Random &random,
           int64_t largest = 1 << 20);

} // namespace einc::test

#endif // EINC_TESTS_UNIT_SCHEDULE_FORMULA_H
