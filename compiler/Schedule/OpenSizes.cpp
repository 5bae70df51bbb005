// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Schedule/OpenSizes.h"
#include "runtime/Expressions.h"

#include <algorithm>
#include <limits>

namespace einc {

Formula formula(int64_t value) { return {{value, EINC_OP_LITERAL, 0}}; }

static bool isLiteral(const Formula &formula) {
  return formula.size() == 1 && formula[0].opcode == EINC_OP_LITERAL;
}

bool isLiteral(const Formula &formula, int64_t value) {
  return isLiteral(formula) && formula[0].value == value;
}

/// False on overflow and for divisors below 1: the runtime reports these.
static bool apply(uint32_t opcode, int64_t a, int64_t b, int64_t &result) {
  switch (opcode) {
  case EINC_OP_ADD:
    return !__builtin_add_overflow(a, b, &result);
  case EINC_OP_SUB:
    return !__builtin_sub_overflow(a, b, &result);
  case EINC_OP_MUL:
    return !__builtin_mul_overflow(a, b, &result);
  case EINC_OP_FLOORDIV:
  case EINC_OP_CEILDIV:
    if (b < 1)
      return false;
    result = a / b;
    if (opcode == EINC_OP_FLOORDIV)
      result -= a % b < 0;
    else
      result += a % b > 0;
    return true;
  case EINC_OP_MIN:
    result = std::min(a, b);
    return true;
  case EINC_OP_MAX:
    result = std::max(a, b);
    return true;
  default: // EINC_OP_EQUAL
    result = a == b;
    return true;
  }
}

Formula combine(EincOpcode opcode, Formula a, const Formula &b) {
  int64_t value;
  if (isLiteral(a) && isLiteral(b) &&
      apply(opcode, a[0].value, b[0].value, value))
    return formula(value);
  if ((opcode == EINC_OP_MUL && isLiteral(b, 1)) ||
      (opcode == EINC_OP_ADD && isLiteral(b, 0)) ||
      (opcode == EINC_OP_CEILDIV && isLiteral(b, 1)))
    return a;
  if ((opcode == EINC_OP_MUL && isLiteral(a, 1)) ||
      (opcode == EINC_OP_ADD && isLiteral(a, 0)))
    return b;
  a.insert(a.end(), b.begin(), b.end());
  a.push_back({0, uint32_t(opcode), 0});
  return a;
}

int64_t exampleOf(std::span<const EincToken> tokens,
                  const std::vector<int64_t> &examples) {
  int64_t value = 0;
  runtime::evaluate(tokens, examples, nullptr, value);
  return value;
}

Size OpenSizes::addNumber(int64_t example) {
  auto number = uint32_t(numbers.size());
  numbers.push_back(example);
  return intern({{{number}, 1}}, example);
}

OpenSizes::Polynomial OpenSizes::polynomialOf(Size size) const {
  if (size.id != 0)
    return polynomials[size.id - 1];
  if (size.value == 0)
    return {};
  return {{{}, size.value}};
}

Size OpenSizes::intern(const Polynomial &polynomial, int64_t example) {
  if (polynomial.empty())
    return {0, 0};
  if (polynomial.size() == 1 && polynomial.begin()->first.empty())
    return {polynomial.begin()->second, 0};
  auto [entry, isNew] =
      ids.try_emplace(polynomial, uint32_t(polynomials.size() + 1));
  if (isNew)
    polynomials.push_back(polynomial);
  return {example, entry->second};
}

Size OpenSizes::multiply(Size a, Size b) {
  int64_t example;
  if (__builtin_mul_overflow(a.value, b.value, &example)) {
    hasOverflow = true;
    example = std::numeric_limits<int64_t>::max();
  }
  if (a.id == 0 && b.id == 0)
    return {example, 0};
  Polynomial product;
  for (const auto &[left, x] : polynomialOf(a))
    for (const auto &[right, y] : polynomialOf(b)) {
      std::vector<uint32_t> factors;
      std::merge(left.begin(), left.end(), right.begin(), right.end(),
                 std::back_inserter(factors));
      int64_t coefficient;
      int64_t &sum = product[factors];
      hasOverflow |= __builtin_mul_overflow(x, y, &coefficient);
      hasOverflow |= __builtin_add_overflow(sum, coefficient, &sum);
    }
  std::erase_if(product, [](const auto &term) { return term.second == 0; });
  return intern(product, example);
}

Size OpenSizes::add(Size a, Size b) {
  int64_t example;
  if (__builtin_add_overflow(a.value, b.value, &example)) {
    hasOverflow = true;
    example = std::numeric_limits<int64_t>::max();
  }
  if (a.id == 0 && b.id == 0)
    return {example, 0};
  Polynomial sum = polynomialOf(a);
  for (const auto &[factors, x] : polynomialOf(b)) {
    int64_t &coefficient = sum[factors];
    hasOverflow |= __builtin_add_overflow(coefficient, x, &coefficient);
  }
  std::erase_if(sum, [](const auto &term) { return term.second == 0; });
  return intern(sum, example);
}

Formula OpenSizes::formulaOf(Size size) const {
  if (size.id == 0)
    return formula(size.value);
  Formula sum = formula(0);
  for (const auto &[factors, coefficient] : polynomials[size.id - 1]) {
    Formula product = formula(coefficient);
    for (uint32_t number : factors)
      product =
          std::move(product) * Formula{{int64_t(number), EINC_OP_EXTENT, 0}};
    sum = std::move(sum) + product;
  }
  return sum;
}

} // namespace einc
