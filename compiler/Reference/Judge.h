// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Whether a computed number is as close to the exact one as its type allows.

#ifndef EINC_COMPILER_REFERENCE_JUDGE_H
#define EINC_COMPILER_REFERENCE_JUDGE_H

#include "compiler/Reference/Precision.h"
#include "compiler/Reference/Reference.h"

namespace einc::reference {

/// Judges one number after the other; a complex element is two of its place.
class Judge {
public:
  /// Roundings: as in ReferenceResult, those of alpha and beta among them.
  Judge(ElementType type, double roundings, double storedRoundings);

  void add(size_t place, double actual, double expected, double magnitude);
  /// Integers, and bool as 0 and 1.
  void addExact(size_t place, int64_t actual, int64_t expected);

  Comparison comparison;

private:
  void addUnjudged(size_t place);
  void record(size_t place, double error, double allowed);
  void fail(size_t place);

  Precision precision;
  double gamma;  ///< of the bound
  double likely; ///< of the alarm
  size_t numRecorded = 0;
  size_t lastUnjudged = Comparison::None;
};

} // namespace einc::reference

#endif // EINC_COMPILER_REFERENCE_JUDGE_H
