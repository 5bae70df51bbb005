// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Runs a case with several numbers of threads and checks everything there is
/// to check: values, untouched memory, equal bits, the processor's state.

#ifndef EINC_TESTS_E2E_RANDOM_RUNCASE_H
#define EINC_TESTS_E2E_RANDOM_RUNCASE_H

#include "tests/e2e/Random/Coverage.h"

namespace einc::tests {

/// What is wrong, in one line; empty if nothing is. If the program is stopped
/// by a signal on the way, the case is printed.
std::string runCase(const Case &test, Coverage &coverage);

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_RUNCASE_H
