// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Runs a case with one, two and three threads and checks everything there is
/// to check: values, untouched memory, equal bits, the processor's state.

#ifndef EINC_TESTS_E2E_RANDOM_RUNCASE_H
#define EINC_TESTS_E2E_RANDOM_RUNCASE_H

#include "tests/e2e/Random/Case.h"

#include <map>

namespace einc::tests {

/// How many cases had a property, by its name.
using Coverage = std::map<std::string, unsigned>;

/// What is wrong, in one line; empty if nothing is. If the program is stopped
/// by a signal on the way, the case is printed.
std::string runCase(const Case &test, Coverage &coverage);

/// One line: every property and its count.
std::string printCoverage(const Coverage &coverage);

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_RUNCASE_H
