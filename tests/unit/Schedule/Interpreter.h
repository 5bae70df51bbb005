// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Runs a step list by walking its loop records one element at a time, in
/// double: shows that steps are right, without any kernel. Checks on the way
/// that every access lies in its buffer, that no element is written twice by
/// one step, and that heads and grains agree with the records.

#ifndef EINC_TESTS_UNIT_SCHEDULE_INTERPRETER_H
#define EINC_TESTS_UNIT_SCHEDULE_INTERPRETER_H

#include "compiler/Schedule/Steps.h"

#include <vector>

namespace einc::test {

/// A tensor's memory: the elements its layout spans, lowest address first.
struct Memory {
  std::vector<double> elements;
  /// Where element (0, ..., 0) lies.
  int64_t origin = 0;

  explicit Memory(const TensorLayout &layout, double fill = 0);
  double &at(const TensorLayout &layout, const std::vector<int64_t> &index);
};

/// Runs the steps. Workspace starts as NaN. Failures are gtest's.
void interpret(const StepList &list, ElementType element, const Target &target,
               std::vector<Memory> &operands, Memory &output, double alpha,
               double beta);

} // namespace einc::test

#endif // EINC_TESTS_UNIT_SCHEDULE_INTERPRETER_H
