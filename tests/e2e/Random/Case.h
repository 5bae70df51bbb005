// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One call to check: an equation, where its operands and its output lie, and
/// what they hold.

#ifndef EINC_TESTS_E2E_RANDOM_CASE_H
#define EINC_TESTS_E2E_RANDOM_CASE_H

#include "einc/ElementType.h"
#include "tests/e2e/Random/RandomEquation.h"

namespace einc::tests {

/// A tensor in a buffer of `count` elements; element (0, 0, ...) is at
/// `offset`.
struct CaseTensor {
  std::vector<int64_t> shape;
  std::vector<int64_t> strides;
  int64_t offset = 0;
  int64_t count = 0;
  /// Whether the buffer ends where memory ends, or starts `lead` elements
  /// after its start.
  bool atEnd = false;
  unsigned lead = 0;

  bool isRowMajor() const;
};

struct Case {
  uint64_t seed = 0;
  /// How to draw the same case again, for messages.
  std::string origin;
  RandomEquation equation;
  ElementType element = ElementType::F32;
  std::string cpu = "native";
  std::vector<CaseTensor> operands;
  CaseTensor output;
  double alpha = 1;
  double beta = 0;
  /// Operands hold small whole numbers, so that the result is exact; else
  /// fractions between -1 and 1.
  bool exact = true;
  /// Some elements are infinite, NaN or subnormal.
  bool special = false;
  /// Call einsumInto instead of an expression compiled for the case.
  bool throughCache = false;

  /// One line: how to call it.
  std::string describe() const;
};

/// How a tensor's elements may lie.
enum class LayoutKind { RowMajor, Any, Operand };

/// RowMajor: dense. Any: axes in any order, gaps, negative strides; no two
/// elements share memory. Operand: also zero strides and overlaps.
CaseTensor makeLayout(Dice &dice, const std::vector<int64_t> &shape,
                      LayoutKind kind);

/// Draws everything but the equation: layouts, type, processor, values,
/// scaling.
Case makeCase(Dice &dice, uint64_t seed, RandomEquation equation);

/// The processor levels of this host, "native" first.
const std::vector<std::string> &hostLevels();

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_CASE_H
