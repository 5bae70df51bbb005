// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What operands hold: a rule from places to numbers.

#ifndef EINC_TESTS_E2E_RANDOM_OPERANDVALUES_H
#define EINC_TESTS_E2E_RANDOM_OPERANDVALUES_H

#include "tests/e2e/Random/Case.h"

namespace einc::tests {

/// Numbers of one operand of a case by their place in its buffer.
class OperandValues {
public:
  OperandValues(const Case &test, size_t operand);

  Number at(int64_t place) const;
  /// Whether `count` places in a row hold different numbers.
  bool distinct(int64_t count) const;

private:
  int64_t wholeAt(int64_t place) const;
  double fractionAt(int64_t place) const;
  double specialAt(int64_t place) const;

  const ElementType type;
  /// Bool is true below this part of 2^16; integers are of the whole range;
  /// 0 is left out, so that no partial result is larger than the last.
  unsigned truePart = 0;
  bool wholeRange = false;
  bool avoidZero = false;
  CaseValues values;
  int64_t prime = 3;
  int64_t factor;
  int64_t start;
  uint64_t salt; ///< of what looks random
  double scale;
};

/// Whether a case's floating-point results are exact as far as their
/// magnitudes, alpha and beta included, stay below this; 0: never.
double exactLimit(const Case &test);

/// The output's element from before the call, by its row-major place.
Number previousElement(ElementType type, size_t index);

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_OPERANDVALUES_H
