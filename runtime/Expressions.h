// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Postfix expressions of the artifact: checked once, folded when extents are
/// bound, the rest evaluated while counters run. Problems are returned as
/// static text without a place ("overflows"); null means that there is none.

#ifndef EINC_RUNTIME_EXPRESSIONS_H
#define EINC_RUNTIME_EXPRESSIONS_H

#include "einc-c/Artifact.h"

#include <span>
#include <vector>

namespace einc::runtime {

constexpr uint32_t MaxCounters = 16;
/// Of one expression, so that folding an artifact takes linear time.
constexpr uint32_t MaxExpressionTokens = 512;
constexpr uint32_t MaxExpressionDepth = 32;

using Problem = const char *;

/// What an expression may refer to.
struct ExpressionScope {
  std::span<const EincToken> tokens;
  uint32_t numExtents = 0;
  uint32_t openCounters = 0; ///< bit c: counter c has a value
};

/// Ranges, opcodes, operands on the stack, exactly one result. The functions
/// below rely on it.
Problem checkExpression(EincExpression expression,
                        const ExpressionScope &scope) noexcept;

/// Value of checked tokens. Overflow and divisors below 1 are problems.
Problem evaluate(std::span<const EincToken> tokens,
                 std::span<const int64_t> extents, const int64_t *counters,
                 int64_t &result) noexcept;

/// Appends to `folded` the same expression without extents and with every
/// constant part computed: one literal if no counter is left.
Problem fold(std::span<const EincToken> tokens,
             std::span<const int64_t> extents, std::vector<EincToken> &folded);

/// constant + sum of slopes[c] * counter c.
struct Affine {
  int64_t constant = 0;
  int64_t slopes[MaxCounters] = {};
};

/// The affine form of checked and folded tokens, if it has one.
Problem makeAffine(std::span<const EincToken> folded, Affine &result) noexcept;

} // namespace einc::runtime

#endif // EINC_RUNTIME_EXPRESSIONS_H
