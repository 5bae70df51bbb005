// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One arithmetic, four readers: check, evaluate, fold, affine form.

#include "runtime/Expressions.h"

#include <algorithm>

using namespace einc::runtime;

namespace {

constexpr Problem Overflows = "overflows";

/// Operands that an opcode pops; it pushes one result.
uint32_t numOperands(uint32_t opcode) {
  if (opcode <= EINC_OP_COUNTER)
    return 0;
  return opcode == EINC_OP_SELECT ? 3 : 2;
}

Problem apply(uint32_t opcode, const int64_t *operands, int64_t &result) {
  const int64_t a = operands[0], b = operands[1];
  switch (opcode) {
  case EINC_OP_ADD:
    return __builtin_add_overflow(a, b, &result) ? Overflows : nullptr;
  case EINC_OP_SUB:
    return __builtin_sub_overflow(a, b, &result) ? Overflows : nullptr;
  case EINC_OP_MUL:
    return __builtin_mul_overflow(a, b, &result) ? Overflows : nullptr;
  case EINC_OP_FLOORDIV:
  case EINC_OP_CEILDIV:
    if (b <= 0)
      return "divides by a number below 1";
    result = a / b;
    if (opcode == EINC_OP_FLOORDIV)
      result -= a % b < 0;
    else
      result += a % b > 0;
    return nullptr;
  case EINC_OP_MIN:
    result = std::min(a, b);
    return nullptr;
  case EINC_OP_MAX:
    result = std::max(a, b);
    return nullptr;
  case EINC_OP_EQUAL:
    result = a == b;
    return nullptr;
  default: // EINC_OP_SELECT
    result = a ? b : operands[2];
    return nullptr;
  }
}

/// Adds or subtracts `sign` times `right`.
Problem addAffine(Affine &left, const Affine &right, bool subtract) {
  auto combine = [&](int64_t a, int64_t b, int64_t &result) {
    return subtract ? __builtin_sub_overflow(a, b, &result)
                    : __builtin_add_overflow(a, b, &result);
  };
  bool overflows = combine(left.constant, right.constant, left.constant);
  for (uint32_t c = 0; c < MaxCounters; ++c)
    overflows |= combine(left.slopes[c], right.slopes[c], left.slopes[c]);
  return overflows ? Overflows : nullptr;
}

bool isConstant(const Affine &value) {
  return std::all_of(value.slopes, value.slopes + MaxCounters,
                     [](int64_t slope) { return slope == 0; });
}

Problem multiplyAffine(Affine &left, const Affine &right) {
  if (!isConstant(left) && !isConstant(right))
    return "is not affine in the loop counters";
  const int64_t factor = isConstant(right) ? right.constant : left.constant;
  Affine product = isConstant(right) ? left : right;
  bool overflows =
      __builtin_mul_overflow(product.constant, factor, &product.constant);
  for (int64_t &slope : product.slopes)
    overflows |= __builtin_mul_overflow(slope, factor, &slope);
  left = product;
  return overflows ? Overflows : nullptr;
}

} // namespace

Problem einc::runtime::checkExpression(EincExpression expression,
                                       const ExpressionScope &scope) noexcept {
  if (expression.count > MaxExpressionTokens)
    return "has too many tokens";
  if (uint64_t{expression.first} + expression.count > scope.tokens.size())
    return "lies outside of the tokens";
  uint32_t depth = 0;
  for (const EincToken &token :
       scope.tokens.subspan(expression.first, expression.count)) {
    if (token.opcode > EINC_OP_SELECT)
      return "has an unknown opcode";
    if (token.opcode == EINC_OP_EXTENT &&
        static_cast<uint64_t>(token.value) >= scope.numExtents)
      return "names an extent that does not exist";
    if (token.opcode == EINC_OP_COUNTER &&
        (static_cast<uint64_t>(token.value) >= MaxCounters ||
         !(scope.openCounters >> token.value & 1)))
      return "names a counter of no loop around it";
    const uint32_t operands = numOperands(token.opcode);
    if (depth < operands)
      return "lacks an operand";
    depth += 1 - operands;
    if (depth > MaxExpressionDepth)
      return "is too deep";
  }
  return expression.count > 0 && depth != 1 ? "does not leave one result"
                                            : nullptr;
}

Problem einc::runtime::evaluate(std::span<const EincToken> tokens,
                                std::span<const int64_t> extents,
                                const int64_t *counters,
                                int64_t &result) noexcept {
  int64_t stack[MaxExpressionDepth];
  uint32_t depth = 0;
  for (const EincToken &token : tokens) {
    switch (token.opcode) {
    case EINC_OP_LITERAL:
      stack[depth++] = token.value;
      break;
    case EINC_OP_EXTENT:
      stack[depth++] = extents[static_cast<size_t>(token.value)];
      break;
    case EINC_OP_COUNTER:
      stack[depth++] = counters[token.value];
      break;
    default:
      depth -= numOperands(token.opcode);
      if (Problem problem = apply(token.opcode, stack + depth, stack[depth]))
        return problem;
      ++depth;
    }
  }
  result = depth ? stack[0] : 0;
  return nullptr;
}

Problem einc::runtime::fold(std::span<const EincToken> tokens,
                            std::span<const int64_t> extents,
                            std::vector<EincToken> &folded) {
  // A constant on the stack is one literal at the end of `folded`; `start` is
  // where the code of a stack entry begins.
  struct Entry {
    size_t start;
    bool constant;
  };
  Entry stack[MaxExpressionDepth];
  uint32_t depth = 0;
  for (const EincToken &token : tokens) {
    const uint32_t operands = numOperands(token.opcode);
    if (operands == 0) {
      stack[depth++] = {folded.size(), token.opcode != EINC_OP_COUNTER};
      if (token.opcode == EINC_OP_EXTENT)
        folded.push_back(
            {extents[static_cast<size_t>(token.value)], EINC_OP_LITERAL, 0});
      else
        folded.push_back(token);
      continue;
    }
    depth -= operands;
    Entry &entry = stack[depth++];
    const bool constant =
        std::all_of(&entry, &entry + operands,
                    [](const Entry &operand) { return operand.constant; });
    entry.constant = constant;
    if (!constant) {
      folded.push_back(token);
      continue;
    }
    int64_t values[3] = {};
    for (uint32_t i = 0; i < operands; ++i)
      values[i] = folded[entry.start + i].value;
    folded.resize(entry.start + 1);
    if (Problem problem =
            apply(token.opcode, values, folded[entry.start].value))
      return problem;
  }
  if (depth == 0)
    folded.push_back({0, EINC_OP_LITERAL, 0});
  return nullptr;
}

Problem einc::runtime::makeAffine(std::span<const EincToken> folded,
                                  Affine &result) noexcept {
  Affine stack[MaxExpressionDepth];
  uint32_t depth = 0;
  for (const EincToken &token : folded) {
    if (token.opcode == EINC_OP_LITERAL || token.opcode == EINC_OP_COUNTER) {
      Affine &value = stack[depth++];
      value = {};
      if (token.opcode == EINC_OP_LITERAL)
        value.constant = token.value;
      else
        value.slopes[token.value] = 1;
      continue;
    }
    if (token.opcode != EINC_OP_ADD && token.opcode != EINC_OP_SUB &&
        token.opcode != EINC_OP_MUL)
      return "is not affine in the loop counters";
    --depth;
    Affine &left = stack[depth - 1];
    const Affine &right = stack[depth];
    Problem problem = token.opcode == EINC_OP_MUL
                          ? multiplyAffine(left, right)
                          : addAffine(left, right, token.opcode == EINC_OP_SUB);
    if (problem)
      return problem;
  }
  result = stack[0];
  return nullptr;
}
