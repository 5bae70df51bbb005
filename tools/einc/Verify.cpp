// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Calls the naive formula and words its judgement.

#include "tools/einc/Verify.h"

#include "compiler/Support/Printable.h"

#include <fmt/format.h>

namespace einc {

static ReferenceTensor toReference(const TensorData &tensor) {
  return {.data = tensor.elements.get(),
          .type = tensor.layout.type,
          .shape = tensor.layout.extents,
          .strides = tensor.layout.strides,
          .conjugate = tensor.layout.conjugate};
}

Result<Comparison> verify(const ShapedEquation &equation,
                          const ContractionTree &tree,
                          const std::vector<TensorData> &operands,
                          const TensorData &output) {
  std::vector<ReferenceTensor> tensors;
  for (const TensorData &operand : operands)
    tensors.push_back(toReference(operand));
  Result<ReferenceResult> reference = evaluateReference(
      equation, tensors, &tree, {.resultType = output.layout.type});
  if (!reference)
    return std::move(reference).error();
  return compareWithReference(*reference, toReference(output));
}

/// The index of a row-major place: "[1, 0, 2]".
static std::string indexText(size_t place, const Shape &shape) {
  std::vector<size_t> index(shape.size());
  for (size_t axis = shape.size(); axis-- > 0;) {
    index[axis] = place % size_t(shape[axis]);
    place /= size_t(shape[axis]);
  }
  return fmt::format("[{}]", fmt::join(index, ", "));
}

std::string describe(const Comparison &comparison, const Shape &shape) {
  std::string text = fmt::format("max error {:.2g}, bound {:.2g}",
                                 comparison.maxError, comparison.bound);
  if (comparison.ok && !comparison.alarm && comparison.numUnjudged > 0)
    return text +
           fmt::format(": ok, but {} not judged: too many roundings, or "
                       "near the range of the type",
                       counted(comparison.numUnjudged, "element", "elements"));
  if (comparison.ok && comparison.alarm)
    return text + ": larger than rounding makes it, but for rare operands";
  if (comparison.ok)
    return text + ": ok";
  return text + fmt::format(", wrong from element {} on",
                            indexText(comparison.firstBadIndex, shape));
}

} // namespace einc
