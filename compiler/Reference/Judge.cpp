// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/Judge.h"

#include <cmath>
#include <limits>

using namespace einc;
using namespace einc::reference;

static constexpr double Infinity = std::numeric_limits<double>::infinity();

Judge::Judge(ElementType type, double roundings, double storedRoundings)
    : precision(precisionOf(type)) {
  // The reference itself is rounded once, and its sums have 11 bits more than
  // the type or better.
  double unit = precisionOf(computeType(type)).unit;
  double count = roundings * (1 + 1.0 / 1024) + 1;
  double scaled = count * unit;
  double sum = scaled < 1 ? scaled / (1 - scaled) : Infinity;
  double stored = std::expm1(storedRoundings * std::log1p(precision.unit));
  gamma = stored == 0 ? sum : sum + stored * (1 + sum);
  likely = 8 * (std::sqrt(count) * unit +
                std::sqrt(storedRoundings) * precision.unit);
}

void Judge::add(size_t place, double actual, double expected,
                double magnitude) {
  // What is 0 by every order of its operations has no error.
  double allowed = 0;
  if (magnitude != 0) {
    magnitude = std::fmax(magnitude, precision.smallestNormal);
    allowed = gamma * magnitude;
  }
  if (std::isnan(expected) || std::isinf(expected)) {
    bool same = std::isnan(expected) ? std::isnan(actual) : actual == expected;
    return same ? void() : record(place, Infinity, 0);
  }
  if (std::isnan(actual) || std::isinf(actual)) {
    // A partial sum may have left the range of the type.
    bool mayOverflow = magnitude + allowed > precision.largest;
    return mayOverflow ? addUnjudged(place) : record(place, Infinity, allowed);
  }
  if (std::isinf(allowed))
    addUnjudged(place);
  double error = std::fabs(actual - expected);
  record(place, error, allowed);
  comparison.alarm |= error > likely * magnitude;
}

void Judge::addExact(size_t place, int64_t actual, int64_t expected) {
  // Doubles of integers that differ may be equal.
  double error = std::fabs(double(actual) - double(expected));
  record(place, actual == expected ? 0 : std::fmax(error, 1), 0);
}

void Judge::addUnjudged(size_t place) {
  comparison.numUnjudged += lastUnjudged != place;
  lastUnjudged = place;
}

void Judge::record(size_t place, double error, double allowed) {
  if (numRecorded++ == 0 || error > comparison.maxError) {
    comparison.maxError = error;
    comparison.bound = allowed;
  }
  double ratio = error == 0 ? 0 : error / allowed;
  comparison.worstRatio = std::fmax(comparison.worstRatio, ratio);
  if (ratio > 1)
    fail(place);
}

void Judge::fail(size_t place) {
  comparison.ok = false;
  if (comparison.firstBadIndex == Comparison::None)
    comparison.firstBadIndex = place;
}
