// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/OperandValues.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace einc;
using namespace einc::tests;

static bool isPrime(int64_t number) {
  for (int64_t d = 2; d * d <= number; ++d)
    if (number % d == 0)
      return false;
  return number > 1;
}

/// Whole numbers up to this, of either sign if the type has one, are elements
/// of the type.
static double largestWhole(ElementType type) {
  switch (type) {
  case ElementType::Bool:
    return 1;
  case ElementType::I8:
    return 127;
  case ElementType::U8:
    return 255;
  case ElementType::I16:
    return 32767;
  case ElementType::F16:
    return 2048;
  case ElementType::BF16:
    return 256;
  default:
    return 1e9;
  }
}

/// Halves keep only the last result in f32: partial ones of three operands and
/// more must be exact in the type, and so must an output that is scaled before
/// its diagonal is added.
static bool roundsPartialResults(const Case &test) {
  return isHalf(test.type()) &&
         (test.operands.size() > 2 ||
          (test.equation.repeatsOutput && test.readsOutput()));
}

double einc::tests::exactLimit(const Case &test) {
  if (test.values != CaseValues::Exact || !isFloating(test.type()))
    return 0;
  if (!roundsPartialResults(test))
    return realType(test.type()) == ElementType::F64 ? 0x1p53 : 0x1p24;
  // A 0 would hide how large a partial result is.
  for (const CaseTensor &operand : test.operands)
    if (operand.type == ElementType::Bool)
      return 0;
  return largestWhole(test.type());
}

OperandValues::OperandValues(const Case &test, size_t operand)
    : type(test.operands[operand].type), values(test.values) {
  Dice dice(test.seed * 31 + operand);
  double terms = std::max(test.equation.summed, 1.0);
  double numOperands = double(test.operands.size());
  // Sums of products stay below a quarter of the limit: alpha and beta times
  // the output come to it. A complex number counts as the sum of its parts.
  double largest = std::pow(exactLimit(test) / 4 / terms, 1 / numOperands) /
                   (isComplex(test.type()) ? 2 : 1);
  int64_t count = test.operands[operand].count;
  double most = 2 * std::min(largest, largestWhole(type));
  prime = std::clamp<int64_t>(int64_t(std::min(most, 2e9)), 3, 2 * count + 101);
  while (prime > 3 && !isPrime(prime))
    --prime;
  factor = dice.between(1, prime - 1);
  start = dice.between(0, prime - 1);
  salt = uint64_t(dice.below(1u << 31)) << 32;
  scale = std::ldexp(1.0, int(dice.between(-2, 2)));
  wholeRange = isInteger(test.type());
  avoidZero = roundsPartialResults(test);
  // About half of the results of bool are true.
  double part = test.type() == ElementType::Bool
                    ? std::pow(0.7 / terms, 1 / numOperands)
                    : 0.5;
  truePart = unsigned(65536 * std::min(part, 0.7));
}

/// Bits that look random, the same at every place.
static uint64_t mix(uint64_t place) {
  place = (place + 1) * 0x9E3779B97F4A7C15;
  place ^= place >> 29;
  place *= 0xBF58476D1CE4E5B9;
  return place ^ (place >> 32);
}

int64_t OperandValues::wholeAt(int64_t place) const {
  if (type == ElementType::Bool)
    return mix(uint64_t(place) + salt) % 65536 < truePart;
  if (wholeRange)
    return int64_t(mix(uint64_t(place) + salt));
  int64_t number = (place * factor + start) % prime - prime / 2;
  if (type == ElementType::U8)
    number = std::abs(number);
  return number == 0 && avoidZero ? 1 : number;
}

double OperandValues::fractionAt(int64_t place) const {
  // Multiples of the golden ratio never come close to each other.
  double turns = double(place + start + 1) * 0.6180339887498949;
  double fraction = turns - std::floor(turns);
  return scale * (2 * fraction - 1);
}

double OperandValues::specialAt(int64_t place) const {
  using Limits = std::numeric_limits<double>;
  switch (place % 4) {
  case 0:
    return Limits::infinity();
  case 1:
    return -Limits::infinity();
  case 2:
    return Limits::quiet_NaN();
  default: // subnormal; but processors take those of bf16 for 0 in dot products
    return type == ElementType::F64    ? 0x1.8p-1060
           : type == ElementType::F16  ? 0x1.8p-20
           : type == ElementType::BF16 ? 0x1.8p-126
                                       : 0x1.8p-130;
  }
}

Number OperandValues::at(int64_t place) const {
  if (!isFloating(type))
    return wholeRange || values == CaseValues::Exact ||
                   type == ElementType::Bool
               ? wholeAt(place)
               : int64_t(5 * fractionAt(place) +
                         (type == ElementType::U8) * 20);
  if (values == CaseValues::Special && (place + start) % 97 == 0)
    return specialAt(place);
  if (values != CaseValues::Exact)
    return {fractionAt(place), isComplex(type) ? fractionAt(3 * place + 7) : 0};
  if (isComplex(type))
    return Number::complex(wholeAt(place), wholeAt(3 * place + 7));
  return wholeAt(place);
}

bool OperandValues::distinct(int64_t count) const {
  if (!isFloating(type))
    return type == ElementType::I64 && wholeRange;
  if (values == CaseValues::Exact)
    return prime >= count && !avoidZero;
  return !isHalf(type);
}

Number einc::tests::previousElement(ElementType type, size_t index) {
  if (type == ElementType::Bool)
    return int64_t(index * 37 % 5 < 2);
  // bf16 holds no more than 8 bits.
  int64_t count = type == ElementType::BF16 ? 199 : 1999;
  auto number = [&](size_t factor) {
    return int64_t(index * factor % size_t(count)) - count / 2;
  };
  return isComplex(type) ? Number::complex(number(37), number(53))
                         : Number(number(37));
}
