// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random equations with shapes: any mix of batch, M, N and K labels, labels
/// that one operand alone has, traces, diagonals, repeated output labels,
/// extents of 0 and 1, broadcasting, ellipses, parentheses. And equations of
/// given labels.

#ifndef EINC_TESTS_E2E_RANDOM_RANDOMEQUATION_H
#define EINC_TESTS_E2E_RANDOM_RANDOMEQUATION_H

#include "tests/e2e/Random/Dice.h"

#include <map>
#include <string>

namespace einc::tests {

struct RandomEquation {
  std::string text;
  std::vector<std::vector<int64_t>> shapes;
  /// Worked out here, not by the front end.
  std::vector<int64_t> outputShape;
  /// Product of the extents of all labels, and of those that are summed.
  double iterations = 1;
  double summed = 1;
  bool broadcasts = false;
  bool ellipsis = false;
  bool parentheses = false;
  bool repeatsInput = false;
  bool repeatsOutput = false;
  /// Some summed label is missing, or of extent 1, in some operand: the order
  /// of contraction decides what an infinity meets.
  bool sumsPrivately = false;
};

RandomEquation makeRandomEquation(Dice &dice);

/// "mk,kn->mn" with extents by letter, worked out to the last member.
RandomEquation makeEquation(const std::string &text,
                            const std::map<char, int64_t> &extents);

/// Which kinds of labels of extents other than 1 an equation of one or two
/// operands has: of two "batch M N K", of one "out sum", without those that are
/// missing; "none" of none. Empty for other equations and ellipses.
std::string labelGroups(const RandomEquation &equation);

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_RANDOMEQUATION_H
