// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The layout of an intermediate: dense, in an order that suits both the step
/// that writes it and the one that reads it.

#ifndef EINC_COMPILER_SCHEDULE_INTERMEDIATELAYOUT_H
#define EINC_COMPILER_SCHEDULE_INTERMEDIATELAYOUT_H

#include "compiler/Schedule/LabelGroups.h"
#include "compiler/Schedule/OpenSizes.h"

#include <optional>

namespace einc {

struct IntermediateLayout {
  NormalizedTensor tensor; ///< outermost axis first
  int64_t bytes = 0;
  uint32_t size = 0; ///< Size::id of the bytes
};

/// Lays out C of a step whose `labels` say which of them C has, and sets its
/// strides in them. From the outside in: batch labels, those of A alone, those
/// of B alone (so that the N group holds the unit stride); within each, first
/// the labels that the reading step sums (`summedBy[label] == consumer`: its
/// K group then lies outside its kept labels, which is how B is read without a
/// transposition), then the rest; within these, as in the source, so that
/// loops fold. Without a consumer only the source counts. `sizes`: of steps
/// with open numbers. None if that is 2^63 bytes or more.
std::optional<IntermediateLayout>
layoutIntermediate(std::span<StepLabel> labels, ElementType element,
                   std::span<const uint32_t> summedBy,
                   std::optional<uint32_t> consumer,
                   OpenSizes *sizes = nullptr);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_INTERMEDIATELAYOUT_H
