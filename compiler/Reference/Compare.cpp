// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/LoopNest.h"
#include "compiler/Reference/Reference.h"

#include <cmath>
#include <limits>

using namespace einc;
using namespace einc::reference;

namespace {

constexpr double Infinity = std::numeric_limits<double>::infinity();

/// What the element type allows.
struct Precision {
  double unit;     ///< u: half the distance from 1 to the next number
  double smallest; ///< the smallest number above 0
  double largest;
};

template <typename Element> constexpr Precision precisionOf() {
  using Limits = std::numeric_limits<Element>;
  return {Limits::epsilon() / 2.0, Limits::denorm_min(), Limits::max()};
}

/// Judges one element after the other, in row-major order.
class Judge {
public:
  Judge(const Precision &precision, double roundings) : precision(precision) {
    // The reference itself is rounded once, and its sums have 11 bits more
    // than the type or better.
    double count = roundings * (1 + 1.0 / 1024) + 1;
    double scaled = count * precision.unit;
    gamma = scaled < 1 ? scaled / (1 - scaled) : Infinity;
    likely = 8 * std::sqrt(count) * precision.unit;
    underflow = count * precision.smallest;
  }

  void add(double actual, double expected, double magnitude) {
    size_t index = numElements++;
    double allowed = magnitude == 0 ? underflow : gamma * magnitude + underflow;
    if (std::isnan(expected) || std::isinf(expected)) {
      bool same =
          std::isnan(expected) ? std::isnan(actual) : actual == expected;
      return same ? void() : record(index, Infinity, 0);
    }
    if (std::isnan(actual) || std::isinf(actual)) {
      // A partial sum may have left the range of the type.
      bool mayOverflow = magnitude + allowed > precision.largest;
      comparison.numUnjudged += mayOverflow;
      return mayOverflow ? void() : record(index, Infinity, allowed);
    }
    comparison.numUnjudged += std::isinf(allowed);
    double error = std::fabs(actual - expected);
    record(index, error, allowed);
    comparison.alarm |= error > likely * magnitude + underflow;
  }

  Comparison comparison;

private:
  void record(size_t index, double error, double allowed) {
    if (numRecorded++ == 0 || error > comparison.maxError) {
      comparison.maxError = error;
      comparison.bound = allowed;
    }
    double ratio = error == 0 ? 0 : error / allowed;
    comparison.worstRatio = std::fmax(comparison.worstRatio, ratio);
    if (ratio <= 1)
      return;
    comparison.ok = false;
    if (comparison.firstBadIndex == Comparison::None)
      comparison.firstBadIndex = index;
  }

  Precision precision;
  double gamma;
  double likely;
  double underflow;
  size_t numElements = 0;
  size_t numRecorded = 0;
};

template <typename Element>
void judgeAll(Judge &judge, const ReferenceResult &reference,
              const ReferenceTensor &actual, const ReferenceScaling &scaling) {
  std::vector<int64_t> extents(actual.shape.begin(), actual.shape.end());
  std::vector<int64_t> strides(actual.strides.begin(), actual.strides.end());
  extents.insert(extents.begin(), 1);
  strides.insert(strides.begin(), 0);
  const auto *data = static_cast<const Element *>(actual.data);
  size_t place = 0;
  forEachLine(extents, strides, 1, [&](const int64_t *offset) {
    for (int64_t i = 0; i < extents.back(); ++i, ++place) {
      double expected = scaling.alpha * reference.values[place];
      double magnitude = std::fabs(scaling.alpha) * reference.magnitudes[place];
      if (scaling.beta != 0) {
        double added = scaling.beta * scaling.previous[place];
        expected += added;
        magnitude += std::fabs(added);
      }
      judge.add(double(data[*offset + i * strides.back()]), expected,
                magnitude);
    }
  });
}

} // namespace

Result<Comparison> einc::compareWithReference(const ReferenceResult &reference,
                                              const ReferenceTensor &actual,
                                              const ReferenceScaling &scaling) {
  size_t count = reference.values.size();
  bool sameShape = std::equal(actual.shape.begin(), actual.shape.end(),
                              reference.shape.begin(), reference.shape.end());
  if (!sameShape || actual.strides.size() != actual.shape.size() ||
      reference.magnitudes.size() != count ||
      (scaling.beta != 0 && scaling.previous.size() != count)) {
    Diagnostic error;
    error.kind = ErrorKind::InvalidArgument;
    error.message = "the reference has shape " + formatShape(reference.shape) +
                    ", which is not that of the result, or no magnitudes";
    return error;
  }

  // alpha and beta are rounded to the type, and so are two products and a sum.
  bool scaled = scaling.alpha != 1 || scaling.beta != 0;
  double roundings = reference.roundings + (scaled ? 5 : 0);
  bool isF32 = actual.type == ElementType::F32;
  Judge judge(isF32 ? precisionOf<float>() : precisionOf<double>(), roundings);
  if (isF32)
    judgeAll<float>(judge, reference, actual, scaling);
  else
    judgeAll<double>(judge, reference, actual, scaling);
  return judge.comparison;
}
