// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Loop nests over strided tensors, and the naive formula as one of them.

#ifndef EINC_COMPILER_REFERENCE_LOOPNEST_H
#define EINC_COMPILER_REFERENCE_LOOPNEST_H

#include "compiler/Reference/Numbers.h"

#include <span>
#include <vector>

namespace einc::reference {

/// Calls `line(offsets)` once for each step of all loops but the innermost (the
/// last), with the offset of each tensor there. strides[loop * numTensors + t]
/// is the stride of tensor t along a loop. There is at least one loop.
template <typename Line>
void forEachLine(std::span<const int64_t> extents,
                 std::span<const int64_t> strides, size_t numTensors,
                 Line &&line) {
  for (int64_t extent : extents)
    if (extent == 0)
      return;
  size_t outer = extents.size() - 1;
  std::vector<int64_t> counters(outer, 0);
  std::vector<int64_t> offsets(numTensors, 0);
  for (;;) {
    line(offsets.data());
    size_t loop = outer;
    for (;;) {
      if (loop == 0)
        return;
      --loop;
      const int64_t *step = strides.data() + loop * numTensors;
      if (++counters[loop] < extents[loop]) {
        for (size_t t = 0; t < numTensors; ++t)
          offsets[t] += step[t];
        break;
      }
      for (size_t t = 0; t < numTensors; ++t)
        offsets[t] -= step[t] * (extents[loop] - 1);
      counters[loop] = 0;
    }
  }
}

/// result[...] += product of the operands, at every step of the loops. Number:
/// see NumberTraits.
template <typename Number> struct LoopNest {
  std::vector<int64_t> extents; ///< at least one, innermost last
  /// [loop][tensor]: the result first, then the operands; in elements.
  std::vector<int64_t> strides;
  std::vector<const Number *> operands;

  /// Adds the products to `values`.
  void run(Number *values) const;
  /// Also adds their absolute values to `magnitudes`; only of real numbers.
  void run(Number *values, Number *magnitudes) const;
};

extern template struct LoopNest<double>;
extern template struct LoopNest<long double>;
extern template struct LoopNest<Complex<double>>;
extern template struct LoopNest<Complex<long double>>;
extern template struct LoopNest<uint64_t>;
extern template struct LoopNest<Boolean>;

} // namespace einc::reference

#endif // EINC_COMPILER_REFERENCE_LOOPNEST_H
