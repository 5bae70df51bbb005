// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/CopyElements.h"

#include <cstring>

using namespace einc;

/// Copies line by line: an odometer over all axes but the last.
template <typename From, typename To>
static void copyLines(const TensorView &view, To *out) {
  const IndexList &shape = view.shape();
  const IndexList &strides = view.strides();
  auto *data = static_cast<const From *>(view.data());
  size_t outerRank = view.rank() ? view.rank() - 1 : 0;
  int64_t lineExtent = view.rank() ? shape[outerRank] : 1;
  int64_t lineStride = view.rank() ? strides[outerRank] : 0;
  IndexList index = IndexList::zeros(outerRank);
  int64_t offset = 0;
  for (int64_t done = 0; done < view.size(); done += lineExtent) {
    for (int64_t i = 0; i < lineExtent; ++i)
      *out++ = static_cast<To>(data[offset + i * lineStride]);
    for (size_t axis = outerRank; axis-- > 0;) {
      offset += strides[axis];
      if (++index[axis] < shape[axis])
        break;
      offset -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
  }
}

void einc::copyElements(const TensorView &view, ElementType type, void *out) {
  bool fromF32 = view.element() == ElementType::F32;
  if (view.element() == type && view.type().isRowMajor()) {
    if (view.size() > 0)
      std::memcpy(out, view.data(),
                  static_cast<size_t>(view.size()) * elementBytes(type));
  } else if (type == ElementType::F32) {
    auto *floats = static_cast<float *>(out);
    fromF32 ? copyLines<float>(view, floats) : copyLines<double>(view, floats);
  } else {
    auto *doubles = static_cast<double *>(out);
    fromF32 ? copyLines<float>(view, doubles)
            : copyLines<double>(view, doubles);
  }
}
