// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Whether the output of a case holds what the naive formula says.

#ifndef EINC_TESTS_E2E_RANDOM_CHECKCASE_H
#define EINC_TESTS_E2E_RANDOM_CHECKCASE_H

#include "compiler/Reference/Reference.h"
#include "tests/e2e/Random/CaseMemory.h"

namespace einc::tests {

struct CaseCheck {
  /// What is wrong, in one line; empty if nothing is.
  std::string wrong;
  /// Whether every element had to be equal.
  bool exact = false;
  /// Elements that any value would have passed for.
  size_t numUnjudged = 0;
};

/// Integers, bool and floating-point results that are exact must be equal;
/// others must be within their bounds, and raise no alarm.
CaseCheck checkCase(const Case &test, const CaseMemory &memory,
                    const ReferenceResult &reference);

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_CHECKCASE_H
