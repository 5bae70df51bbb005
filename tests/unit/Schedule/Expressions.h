// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From an equation and layouts to steps, for tests.

#ifndef EINC_TESTS_UNIT_SCHEDULE_EXPRESSIONS_H
#define EINC_TESTS_UNIT_SCHEDULE_EXPRESSIONS_H

#include "compiler/Schedule/Steps.h"

#include <string>
#include <vector>

namespace einc::test {

/// 32 KiB, 1 MiB, 32 MiB of cache whatever the host has.
Machine machineFor(Target::ISA isa);

struct Expression {
  ShapedEquation equation;
  ContractionTree tree; ///< left to right
  std::vector<TensorLayout> operands;
  TensorLayout output;
  StepOptions options;

  Result<StepList> make() const {
    return makeSteps(equation, tree, operands, output, options);
  }
  /// make() that must succeed.
  StepList steps() const;
};

/// Dense, row-major, f32, AVX-512. Must be a legal equation.
Expression expression(const std::string &equation,
                      const std::vector<Shape> &shapes,
                      ElementType type = ElementType::F32,
                      Target::ISA isa = Target::ISA::X86_64_V4);

/// Combines the first two of the values that are left, until one is.
ContractionTree leftToRight(size_t numOperands);

} // namespace einc::test

#endif // EINC_TESTS_UNIT_SCHEDULE_EXPRESSIONS_H
