// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/Judge.h"
#include "compiler/Reference/LoopNest.h"
#include "compiler/Reference/Numbers.h"

#include <algorithm>
#include <cmath>

using namespace einc;
using namespace einc::reference;

namespace {

/// Calls visit(element) in row-major order.
template <typename Stored, typename Visit>
void forEachElement(const ReferenceTensor &tensor, Visit &&visit) {
  std::vector<int64_t> extents(tensor.shape.begin(), tensor.shape.end());
  std::vector<int64_t> strides(tensor.strides.begin(), tensor.strides.end());
  extents.insert(extents.begin(), 1);
  strides.insert(strides.begin(), 0);
  const auto *data = static_cast<const Stored *>(tensor.data);
  forEachLine(extents, strides, 1, [&](const int64_t *offset) {
    for (int64_t i = 0; i < extents.back(); ++i)
      visit(data[*offset + i * strides.back()]);
  });
}

/// All elements of a tensor as Numbers, row-major; none without data.
template <typename Number>
std::vector<Number> readAll(const ReferenceTensor &tensor) {
  std::vector<Number> numbers;
  if (!tensor.data)
    return numbers;
  visitStored(tensor.type, [&](auto stored) {
    forEachElement<decltype(stored)>(tensor, [&](const auto &element) {
      numbers.push_back(widen<Number>(element, tensor.conjugate));
    });
  });
  return numbers;
}

void judgeReal(Judge &judge, const ReferenceResult &reference,
               const std::vector<double> &actual,
               const std::vector<double> &previous,
               const ReferenceScaling &scaling) {
  double alpha = scaling.alpha.number.real();
  double beta = scaling.beta.number.real();
  for (size_t i = 0; i < actual.size(); ++i) {
    double expected = alpha * reference.values[i];
    double magnitude = std::fabs(alpha) * reference.magnitudes[i];
    if (!previous.empty()) {
      double added = beta * previous[i];
      expected += added;
      magnitude += std::fabs(added);
    }
    judge.add(i, actual[i], expected, magnitude);
  }
}

void judgeComplex(Judge &judge, const ReferenceResult &reference,
                  const std::vector<Complex<double>> &actual,
                  const std::vector<Complex<double>> &previous,
                  const ReferenceScaling &scaling) {
  using Number = Complex<double>;
  Number alpha(scaling.alpha.number.real(), scaling.alpha.number.imag());
  Number beta(scaling.beta.number.real(), scaling.beta.number.imag());
  for (size_t i = 0; i < actual.size(); ++i) {
    Number expected(reference.values[2 * i], reference.values[2 * i + 1]);
    double magnitude = reference.magnitudes[i];
    if (!scaling.alpha.isOne()) {
      expected = alpha * expected;
      magnitude *= magnitudeOf(alpha);
    }
    if (!previous.empty()) {
      expected += beta * previous[i];
      magnitude += magnitudeOf(beta) * magnitudeOf(previous[i]);
    }
    judge.add(i, actual[i].re, expected.re, magnitude);
    judge.add(i, actual[i].im, expected.im, magnitude);
  }
}

/// alpha * x + beta * y, of integers modulo 2^64 or of bool.
template <typename Number>
Number scale(const ReferenceScaling &scaling, Number x, const Number *y) {
  Number result = Number(scaling.alpha.integer) * x;
  if (y)
    result += Number(scaling.beta.integer) * *y;
  return result;
}

void judgeExact(Judge &judge, const ReferenceResult &reference,
                const std::vector<uint64_t> &actual,
                const std::vector<uint64_t> &previous,
                const ReferenceScaling &scaling) {
  for (size_t i = 0; i < actual.size(); ++i) {
    uint64_t sum = uint64_t(reference.integers[i]);
    const uint64_t *old = previous.empty() ? nullptr : &previous[i];
    uint64_t expected;
    if (reference.type == ElementType::Bool) {
      Boolean oldBool(old && *old);
      expected = scale(scaling, Boolean(sum), old ? &oldBool : nullptr).value;
    } else {
      expected = scale(scaling, sum, old);
    }
    judge.addExact(i, int64_t(actual[i]), wrapToType(expected, reference.type));
  }
}

/// Whether a tensor holds as many elements as the reference.
bool hasElements(const ReferenceTensor &tensor,
                 const ReferenceResult &reference) {
  bool empty = reference.values.empty() && reference.integers.empty();
  return std::equal(tensor.shape.begin(), tensor.shape.end(),
                    reference.shape.begin(), reference.shape.end()) &&
         tensor.strides.size() == tensor.shape.size() && (tensor.data || empty);
}

/// What keeps `actual` from being compared; empty if nothing does.
std::string findMismatch(const ReferenceResult &reference,
                         const ReferenceTensor &actual,
                         const ReferenceScaling &scaling) {
  size_t numbers = isComplex(reference.type) ? 2 : 1;
  bool complete =
      !isFloating(reference.type) ||
      reference.magnitudes.size() * numbers == reference.values.size();
  if (!hasElements(actual, reference) || !complete)
    return "the reference has shape " + formatShape(reference.shape) +
           ", which is not that of the result, or no magnitudes";
  if (actual.type != reference.type)
    return std::string("the reference is ") + elementName(reference.type) +
           " but the result is " + elementName(actual.type);
  if (!scaling.beta.isZero() && (!hasElements(scaling.previous, reference) ||
                                 scaling.previous.type != reference.type))
    return "the output before the call has not the result's type and shape";
  return "";
}

} // namespace

Result<Comparison> einc::compareWithReference(const ReferenceResult &reference,
                                              const ReferenceTensor &actual,
                                              const ReferenceScaling &scaling) {
  if (std::string wrong = findMismatch(reference, actual, scaling);
      !wrong.empty()) {
    Diagnostic error;
    error.kind = ErrorKind::InvalidArgument;
    error.message = std::move(wrong);
    return error;
  }

  // alpha and beta are rounded to the type, and so are two products and a sum,
  // here and there; a complex product is a sum of its own.
  bool scaled = !scaling.alpha.isOne() || !scaling.beta.isZero();
  double roundings = isComplex(reference.type) ? 8 : 5;
  Judge judge(reference.type, reference.roundings + (scaled ? roundings : 0),
              reference.storedRoundings);
  ReferenceTensor previous;
  if (!scaling.beta.isZero())
    previous = scaling.previous;
  auto read = [&]<typename Number>(auto &&judgeAll, Number) {
    judgeAll(judge, reference, readAll<Number>(actual),
             readAll<Number>(previous), scaling);
  };
  if (isComplex(reference.type))
    read(judgeComplex, Complex<double>());
  else if (isFloating(reference.type))
    read(judgeReal, double());
  else
    read(judgeExact, uint64_t());
  return judge.comparison;
}
