// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The labels of one step as loops: classified by which tensors hold them,
/// ordered by strides, folded where neighbours run on.

#ifndef EINC_COMPILER_SCHEDULE_LABELGROUPS_H
#define EINC_COMPILER_SCHEDULE_LABELGROUPS_H

#include "compiler/Schedule/StepTypes.h"
#include "compiler/Schedule/Steps.h"

#include <span>

namespace einc {

/// An axis of a normalised tensor. Its labels are distinct (those repeated in
/// a term have their strides summed: the diagonal) and no extent is 1; a label
/// it lacks is broadcast.
struct StridedAxis {
  LabelId label;
  int64_t stride;    ///< in bytes
  uint32_t size = 0; ///< Size::id of the stride
};

/// A tensor's axes after normalisation, in the order of first occurrence.
struct NormalizedTensor {
  std::vector<StridedAxis> axes;
  bool repeats = false; ///< some label stood on two axes or more
};

/// Normalises a tensor whose axis i has label labels[i]. `slots` is scratch,
/// one entry a label, all NoSlot before and after. Strides must have passed
/// spanBytes.
constexpr uint32_t NoSlot = UINT32_MAX;
NormalizedTensor normalizeTensor(std::span<const LabelId> labels,
                                 const TensorLayout &layout,
                                 std::vector<uint32_t> &slots);

/// One label of a step: which tensors hold it and its strides there in bytes.
/// Of open numbers there are examples: extents of 2 or more, strides that are
/// not 0 and not one element.
struct StepLabel {
  LabelId label;
  int64_t extent;
  bool in[3] = {false, false, false};
  int64_t strides[3] = {0, 0, 0};
  /// Size::id of the extent and of the strides.
  uint32_t extentSize = 0;
  uint32_t sizes[3] = {0, 0, 0};

  bool hasOpenStrides() const { return sizes[0] || sizes[1] || sizes[2]; }
};

/// A loop over one label or several folded ones.
struct Loop {
  int64_t extent = 1;
  int64_t strides[3] = {0, 0, 0};
  /// Its labels, innermost first: [first, first + count) of the owner's list.
  uint32_t firstLabel = 0;
  uint32_t numLabels = 0;
  /// The extent, and some stride, may be any number: what is here is an example
  /// (StepLabel), of no meaning where a schedule must be right.
  bool open = false;
  bool openStrides = false;
  /// The innermost label's place among those of the step.
  uint32_t stepLabel = 0;

  bool isClosed() const { return !open && !openStrides; }
};

using Loops = std::vector<Loop>;

/// The loops of a step, each group innermost first.
struct LabelGroups {
  Loops batch; ///< in A, B and C
  Loops m;     ///< in A and C
  Loops n;     ///< in B and C
  Loops k;     ///< in A and B
  std::vector<LabelId> labels;
};

/// Groups, sorts and folds. Every label must be in two tensors or more.
/// N goes by C's strides. M by A's if A has unit stride there (its lines are
/// then read whole; rows of C are written in any order alike), else by C's.
/// K by B's if B has unit stride there, else by A's. Batch by C's.
LabelGroups groupLabels(std::span<const StepLabel> labels,
                        const StepTypes &types);

/// The loops of a step of the general family, folded, sorted by the strides
/// of C (output) and of the operands (sums).
struct GeneralLoops {
  Loops output;
  Loops reduction;
  std::vector<LabelId> labels;
};
GeneralLoops generalLoops(std::span<const StepLabel> labels);

/// Joins neighbours (innermost first) where, in every tensor,
/// stride(outer) == stride(inner) * extent(inner), and nothing is open.
void foldLoops(Loops &loops);

/// Product of the extents, 1 without loops; the extents of one tensor, so that
/// it does not overflow.
int64_t loopProduct(const Loops &loops);

/// "m(i=64) n(j=512) k(kl=32)": outermost loop first, folded labels together.
std::string groupsText(const LabelGroups &groups,
                       std::span<const std::string> names);
std::string groupsText(const GeneralLoops &loops,
                       std::span<const std::string> names);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_LABELGROUPS_H
