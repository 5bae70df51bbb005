// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/CheckCase.h"
#include "tests/e2e/Random/OperandValues.h"

#include <algorithm>
#include <cmath>
#include <sstream>

using namespace einc;
using namespace einc::tests;

/// The sum of the absolute values of a number's parts.
static double sizeOf(const Number &number) {
  return std::fabs(number.re) + std::fabs(number.im);
}

static Number multiply(const Number &a, const Number &b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/// Whether no partial result is too large to be exact.
static bool isExact(const Case &test, const ReferenceResult &reference) {
  double limit = exactLimit(test);
  if (limit == 0)
    return false;
  // What halves are scaled in has more bits than what they are stored in, but a
  // diagonal is added to what is stored.
  bool inF32 = isHalf(test.type()) && !test.equation.repeatsOutput;
  double scaledLimit = inF32 ? 0x1p24 : limit;
  for (size_t i = 0; i < reference.magnitudes.size(); ++i) {
    double scaled = reference.magnitudes[i] * sizeOf(test.alpha);
    if (test.readsOutput())
      scaled += sizeOf(test.beta) * sizeOf(previousElement(test.type(), i));
    if (reference.magnitudes[i] >= limit || scaled >= scaledLimit)
      return false;
  }
  return true;
}

/// alpha * value + beta * previous, exact in double, rounded to the type once.
static Number expectedElement(const Case &test,
                              const ReferenceResult &reference, size_t i) {
  bool complex = isComplex(test.type());
  Number value(reference.values[complex ? 2 * i : i],
               complex ? reference.values[2 * i + 1] : 0);
  Number expected = multiply(test.alpha, value);
  if (test.readsOutput()) {
    Number added = multiply(test.beta, previousElement(test.type(), i));
    expected = {expected.re + added.re, expected.im + added.im};
  }
  return rounded(test.type(), expected);
}

static std::string checkExact(const Case &test, const CaseMemory &memory,
                              const ReferenceResult &reference) {
  const std::vector<int64_t> &places = memory.outputPlaces();
  for (size_t i = 0; i < places.size(); ++i) {
    Number actual = loadElement(test.type(), memory.output(), places[i]);
    Number expected = expectedElement(test, reference, i);
    if (!equalElements(test.type(), actual, expected))
      return "row-major element " + std::to_string(i) + " is " +
             toText(test.type(), actual) + " instead of " +
             toText(test.type(), expected);
  }
  return "";
}

static ReferenceScalar toScalar(const Case &test, const Number &number) {
  if (isFloating(test.type()))
    return std::complex<double>(number.re, number.im);
  return number.whole;
}

CaseCheck einc::tests::checkCase(const Case &test, const CaseMemory &memory,
                                 const ReferenceResult &reference) {
  CaseCheck check;
  if (isFloating(test.type()) && isExact(test, reference)) {
    check.exact = true;
    check.wrong = checkExact(test, memory, reference);
    return check;
  }
  check.exact = !isFloating(test.type());
  std::vector<char> previous = memory.previous();
  std::vector<int64_t> dense(test.output.shape.size(), 1);
  for (size_t axis = dense.size(); axis-- > 1;)
    dense[axis - 1] = dense[axis] * test.output.shape[axis];
  ReferenceScaling scaling{
      toScalar(test, test.alpha), toScalar(test, test.beta), {}};
  scaling.previous = {previous.data(), test.type(), test.output.shape, dense};
  Result<Comparison> comparison = compareWithReference(
      reference,
      {memory.output(), test.type(), test.output.shape, test.output.strides},
      scaling);
  if (!comparison) {
    check.wrong = comparison.error().message;
    return check;
  }
  check.numUnjudged = comparison->numUnjudged;
  if (comparison->ok && !comparison->alarm)
    return check;
  std::ostringstream message;
  message << "the largest error is " << comparison->maxError << ", allowed "
          << comparison->bound << ", ratio " << comparison->worstRatio
          << (comparison->ok ? ", an alarm" : ", first at row-major element ");
  if (!comparison->ok)
    message << comparison->firstBadIndex;
  check.wrong = message.str();
  return check;
}
