// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Orders the axes of an intermediate.

#include "compiler/Schedule/IntermediateLayout.h"

#include <algorithm>
#include <cstdlib>

namespace einc {

std::optional<IntermediateLayout>
layoutIntermediate(std::span<StepLabel> labels, ElementType element,
                   std::span<const uint32_t> summedBy,
                   std::optional<uint32_t> consumer, OpenSizes *sizes) {
  std::vector<StepLabel *> order;
  for (StepLabel &label : labels)
    if (label.in[RoleC])
      order.push_back(&label);
  auto group = [](const StepLabel *label) {
    return !label->in[RoleB] ? 1 : !label->in[RoleA] ? 2 : 0;
  };
  auto source = [](const StepLabel *label) {
    return std::abs(label->strides[label->in[RoleA] ? RoleA : RoleB]);
  };
  std::sort(order.begin(), order.end(), [&](StepLabel *a, StepLabel *b) {
    if (group(a) != group(b))
      return group(a) < group(b);
    bool sumsA = consumer && summedBy[a->label] == *consumer;
    bool sumsB = consumer && summedBy[b->label] == *consumer;
    if (sumsA != sumsB)
      return sumsA;
    if (source(a) != source(b))
      return source(a) > source(b);
    return a->label < b->label;
  });

  IntermediateLayout layout;
  layout.bytes = int64_t(elementBytes(element));
  layout.tensor.axes.resize(order.size());
  for (size_t i = order.size(); i-- > 0;) {
    order[i]->strides[RoleC] = layout.bytes;
    order[i]->sizes[RoleC] = layout.size;
    layout.tensor.axes[i] = {order[i]->label, layout.bytes, layout.size};
    if (sizes)
      layout.size = sizes
                        ->multiply({layout.bytes, layout.size},
                                   {order[i]->extent, order[i]->extentSize})
                        .id;
    if (__builtin_mul_overflow(layout.bytes, order[i]->extent, &layout.bytes))
      return std::nullopt;
  }
  return layout;
}

} // namespace einc
