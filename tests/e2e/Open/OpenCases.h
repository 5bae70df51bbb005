// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Extents and strides that open numbers take in tests.

#ifndef EINC_TESTS_E2E_OPEN_OPENCASES_H
#define EINC_TESTS_E2E_OPEN_OPENCASES_H

#include "tests/e2e/Open/OpenProgram.h"
#include "tests/e2e/Random/Dice.h"

namespace einc::tests {

/// Extents from 0 to some more than a tile, at most `mostWork` products in all.
std::vector<int64_t> randomExtents(const OpenProgram &program, Dice &dice,
                                   double mostWork);

/// Strides of a tensor: its axes in any order, perhaps with gaps, backwards,
/// and of an operand perhaps 0.
std::vector<int64_t> randomStrides(const Shape &shape, bool isOperand,
                                   Dice &dice);

/// randomStrides of every argument.
void setRandomStrides(const OpenProgram &program, OpenCall &call, Dice &dice);

/// Runs `count` random calls, printing what is needed to repeat one that fails.
void checkRandomCalls(const OpenProgram &program, const std::string &name,
                      bool openStrides, unsigned count, uint64_t seed);

/// The levels of x86-64 that this machine runs.
std::vector<std::string> hostLevels();

} // namespace einc::tests

#endif // EINC_TESTS_E2E_OPEN_OPENCASES_H
