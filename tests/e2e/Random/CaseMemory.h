// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The operands and the output of a case in guarded memory.

#ifndef EINC_TESTS_E2E_RANDOM_CASEMEMORY_H
#define EINC_TESTS_E2E_RANDOM_CASEMEMORY_H

#include "tests/e2e/Elements/GuardedBuffer.h"
#include "tests/e2e/Random/Case.h"

namespace einc::tests {

class CaseMemory {
public:
  /// Fills the operands: numbers where the operand's elements are, NaN or other
  /// large numbers in the gaps between them. Then they are read-only.
  explicit CaseMemory(const Case &test);

  /// The element of index zero of each operand, then of the output.
  const std::vector<void *> &arguments() const { return firstElements; }
  void *output() const { return firstElements.back(); }
  /// Where the output's elements lie, from output(), in row-major order.
  const std::vector<int64_t> &outputPlaces() const { return places; }
  /// Whether no operand holds a value twice.
  bool distinct() const { return allDistinct; }

  /// Gives the output its elements from before the call (NaN or nonsense if
  /// beta is 0) and a pattern in the gaps.
  void resetOutput();
  /// The output's elements from before the call, dense and row-major.
  std::vector<char> previous() const;
  /// What is wrong with the gaps of the output; empty if nothing is.
  std::string checkGaps() const;
  /// All bytes of the output's buffer.
  std::vector<char> outputBytes() const;

private:
  const Case &test;
  std::vector<GuardedBuffer> buffers;
  std::vector<void *> firstElements;
  std::vector<int64_t> places;
  bool allDistinct = true;
};

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_CASEMEMORY_H
