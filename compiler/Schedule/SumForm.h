// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How the families of sums (Reduce, Dot, Gemv) walk their operands: all of
/// them stream one operand, or two, once.

#ifndef EINC_COMPILER_SCHEDULE_SUMFORM_H
#define EINC_COMPILER_SCHEDULE_SUMFORM_H

#include "compiler/Schedule/StepTypes.h"

#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// Records: batch, any number; m, one, the line; n, none; k, one or more, of
/// extent 1 where there is nothing to sum along. A grain is `rowsAtOnce` rows
/// or `columnGrain` columns, the last of a line perhaps less; grain =
/// batch * grains of a line + place in the line.
///
/// Every sum runs through k in one order, whatever the range of grains.
struct SumForm {
  /// Rows: each element of the line is summed on its own, along the innermost
  /// k, in several chains. Columns: a piece of the line is summed side by side
  /// in scratch, while k walks from one line of the operands to the next.
  bool columns = false;
  /// Operands are read in vectors: along the innermost k (rows) or m (columns)
  /// they are contiguous. Else one by one, at any stride.
  bool vectors = true;
  /// There is more than one loop of k.
  bool nestedK = false;
  /// Columns in vectors: b does not move along m.
  bool constantB = false;
  /// Columns in vectors: the output is contiguous along m.
  bool contiguousOutput = false;

  /// " form=columns read=vectors k=loop b=constant out=contiguous"; without b
  /// of families that have none.
  void write(std::string &out, bool hasB) const;
  void read(ScheduleReader &reader, bool hasB);
  friend bool operator==(const SumForm &, const SumForm &) = default;
};

/// Columns of a grain.
constexpr int64_t columnGrain = 256;
/// Columns that are summed at once, at most: 16 KiB of results, which stay in
/// the L1 cache. A multiple of columnGrain.
constexpr int64_t columnBlock(const StepTypes &types) {
  return (int64_t(16) << 10) / int64_t(elementBytes(types.compute()));
}
/// Scratch of a kernel of this form, in bytes.
constexpr uint64_t sumScratchBytes(const SumForm &form,
                                   const StepTypes &types) {
  return form.columns
             ? uint64_t(columnBlock(types)) * elementBytes(types.compute())
             : 0;
}

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_SUMFORM_H
