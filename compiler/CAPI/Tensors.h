// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// C's tensors as C++'s. All of it throws; mistakes name the argument.

#ifndef EINC_COMPILER_CAPI_TENSORS_H
#define EINC_COMPILER_CAPI_TENSORS_H

#include "compiler/CAPI/Guard.h"
#include "einc/TensorView.h"

#include <array>
#include <memory_resource>
#include <vector>

namespace einc::capi {

/// Which tensor of a call: operand number `index`, or the one called `name`.
struct ArgumentName {
  const size_t *index = nullptr;
  const char *name = "the output";
  std::string text() const;
};

TensorType toType(const EincTensor &tensor, ArgumentName name);

std::vector<TensorType> toTypes(size_t count, const EincTensor *operands);

/// Views of operands; up to eight lie in the object itself.
class OperandViews {
public:
  OperandViews(size_t count, const EincTensor *operands);
  OperandViews(const OperandViews &) = delete;
  OperandViews &operator=(const OperandViews &) = delete;
  std::span<const TensorView> get() const { return views; }

private:
  alignas(TensorView) std::array<std::byte, 8 * sizeof(TensorView)> buffer;
  std::pmr::monotonic_buffer_resource memory;
  std::pmr::vector<TensorView> views;
};

/// Throws InvalidArgument if it is null or read-only.
MutableTensorView toOutput(const EincTensor *output);

std::vector<std::vector<int64_t>> toShapes(size_t count,
                                           const EincShape *shapes);

/// `extents` and `strides` point into `type`.
EincTensor fromType(const TensorType &type);

} // namespace einc::capi

#endif // EINC_COMPILER_CAPI_TENSORS_H
