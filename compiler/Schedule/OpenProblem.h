// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// An expression with open numbers as an example of it, by which steps are
/// chosen, and what the numbers of the example stand for.

#ifndef EINC_COMPILER_SCHEDULE_OPENPROBLEM_H
#define EINC_COMPILER_SCHEDULE_OPENPROBLEM_H

#include "compiler/Schedule/LabelGroups.h"
#include "compiler/Schedule/OpenSizes.h"

namespace einc {

struct OpenProblem {
  /// The example. Extents are 2 or more where they are open, so that strides of
  /// dense tensors are not one element unless they are that for all extents.
  ShapedEquation equation;
  std::vector<TensorLayout> operands;
  TensorLayout output;

  OpenSizes sizes;
  /// Size::id of the extent of each label.
  std::vector<uint32_t> extents;
  /// Of operands, then of the output: stride of each axis in bytes, and the
  /// bytes from the first to the last element.
  std::vector<std::vector<Size>> strides;
  std::vector<Formula> bytes;
  /// 1 or 0: whether every open extent is 1 or more, or some one is 0. Then a
  /// sum is over nothing, or there is no output: no step runs but a fill.
  Formula isFull, isEmpty;
  /// Whether some open label is not in the output.
  bool sumsOpen = false;

  Size extent(LabelId label) const {
    return {equation.extents[label], extents[label]};
  }
};

/// Checks the layouts of arguments with open axes: dense, row-major, of the
/// extents that the equation has; with open strides their strides are not
/// looked at. Errors: InvalidArgument; Limit (more than 64 open extents, too
/// large an example).
Result<OpenProblem> makeOpenProblem(const ShapedEquation &equation,
                                    const std::vector<TensorLayout> &operands,
                                    const TensorLayout &output,
                                    bool openStrides);

/// normalizeTensor with strides that may be open.
NormalizedTensor normalizeOpenTensor(std::span<const LabelId> labels,
                                     const TensorLayout &layout,
                                     std::span<const Size> strides,
                                     OpenSizes &sizes,
                                     std::vector<uint32_t> &slots);

/// Places for intermediates of open sizes, one behind the other; a place that
/// was given back serves the next value of the same size.
class OpenWorkspace {
public:
  explicit OpenWorkspace(const OpenSizes &sizes) : sizes(sizes) {}
  size_t allocate(Size bytes);
  void release(size_t place) { places[place].isFree = true; }
  const Formula &offset(size_t place) const { return places[place].offset; }
  /// Bytes of all places.
  Formula total() const;

private:
  struct Place {
    Size bytes;
    Formula offset;
    bool isFree;
  };
  const OpenSizes &sizes;
  std::vector<Place> places;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_OPENPROBLEM_H
