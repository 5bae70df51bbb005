// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/Value.h"
#include "compiler/Reference/LoopNest.h"

#include <algorithm>

using namespace einc;
using namespace einc::reference;

std::vector<int64_t>
einc::reference::rowMajorStrides(std::span<const int64_t> shape) {
  std::vector<int64_t> strides(shape.size(), 1);
  for (size_t axis = shape.size(); axis-- > 1;)
    strides[axis - 1] = strides[axis] * shape[axis];
  return strides;
}

double einc::reference::product(std::span<const int64_t> extents) {
  double result = 1;
  for (int64_t extent : extents)
    result *= double(extent);
  return result;
}

OperandLabels
einc::reference::findOperandLabels(std::span<const LabelId> axes,
                                   const ReferenceTensor &tensor) {
  OperandLabels all;
  for (size_t axis = 0; axis < axes.size(); ++axis) {
    if (tensor.shape[axis] == 1)
      continue;
    auto known = std::find(all.labels.begin(), all.labels.end(), axes[axis]);
    if (known != all.labels.end()) {
      all.strides[size_t(known - all.labels.begin())] += tensor.strides[axis];
      continue;
    }
    all.labels.push_back(axes[axis]);
    all.extents.push_back(tensor.shape[axis]);
    all.strides.push_back(tensor.strides[axis]);
  }
  OperandLabels moving;
  for (size_t i = 0; i < all.labels.size(); ++i) {
    if (all.strides[i] == 0)
      continue;
    moving.labels.push_back(all.labels[i]);
    moving.extents.push_back(all.extents[i]);
    moving.strides.push_back(all.strides[i]);
  }
  return moving;
}

template <typename Number>
Value<Number> einc::reference::loadOperand(std::span<const LabelId> axes,
                                           const ReferenceTensor &tensor) {
  OperandLabels source = findOperandLabels(axes, tensor);
  Value<Number> value;
  value.labels = source.labels;
  value.strides = rowMajorStrides(source.extents);
  value.data.reserve(size_t(product(source.extents)));
  // A loop of one step, so that there is a loop.
  source.extents.insert(source.extents.begin(), 1);
  source.strides.insert(source.strides.begin(), 0);
  int64_t count = source.extents.back();
  int64_t stride = source.strides.back();
  visitStored(tensor.type, [&](auto stored) {
    const auto *elements = static_cast<const decltype(stored) *>(tensor.data);
    forEachLine(source.extents, source.strides, 1, [&](const int64_t *offset) {
      for (int64_t i = 0; i < count; ++i)
        value.data.push_back(
            widen<Number>(elements[*offset + i * stride], tensor.conjugate));
    });
  });
  return value;
}

namespace einc::reference {
template Value<double> loadOperand(std::span<const LabelId>,
                                   const ReferenceTensor &);
template Value<long double> loadOperand(std::span<const LabelId>,
                                        const ReferenceTensor &);
template Value<Complex<double>> loadOperand(std::span<const LabelId>,
                                            const ReferenceTensor &);
template Value<Complex<long double>> loadOperand(std::span<const LabelId>,
                                                 const ReferenceTensor &);
template Value<uint64_t> loadOperand(std::span<const LabelId>,
                                     const ReferenceTensor &);
template Value<Boolean> loadOperand(std::span<const LabelId>,
                                    const ReferenceTensor &);
} // namespace einc::reference
