// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The operands and the output of a case in guarded memory.

#ifndef EINC_TESTS_E2E_RANDOM_CASEMEMORY_H
#define EINC_TESTS_E2E_RANDOM_CASEMEMORY_H

#include "einc/TensorView.h"
#include "tests/e2e/Random/Case.h"
#include "tests/e2e/Random/GuardedBuffer.h"

namespace einc::tests {

class CaseMemory {
public:
  /// Fills the operands: distinct values where the operand's elements are, NaN
  /// in the gaps between them. Then they are read-only.
  explicit CaseMemory(const Case &test);

  const std::vector<TensorView> &operands() const { return operandViews; }
  const MutableTensorView &output() const { return outputView; }
  /// Whether no operand holds a value twice.
  bool distinct() const { return allDistinct; }

  /// Gives the output its elements from before the call (NaN if beta is 0) and
  /// a pattern in the gaps.
  void resetOutput();
  /// The output's elements from before the call, row-major.
  std::vector<double> previous() const;
  /// What is wrong with the gaps of the output; empty if nothing is.
  std::string checkGaps() const;
  /// All bytes of the output's buffer.
  std::vector<char> outputBytes() const;

private:
  template <typename T> void fillOperands();
  template <typename T> void fillOutput();

  const Case &test;
  std::vector<GuardedBuffer> buffers;
  std::vector<TensorView> operandViews;
  std::vector<int64_t> outputPlaces; ///< in its buffer, row-major
  MutableTensorView outputView;
  bool allDistinct = true;
};

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_CASEMEMORY_H
