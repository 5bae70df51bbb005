// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/CopyElements.h"
#include "compiler/API/ConvertElement.h"
#include "compiler/API/VisitElement.h"

#include <algorithm>

using namespace einc;

/// Elements on their way lie in a buffer in their widest type, so that types
/// meet in pairs of kinds only.
static constexpr int64_t ChunkElements = 64;

template <typename To, typename Number>
static void storeChunk(const Number *numbers, int64_t count, void *out) {
  for (int64_t i = 0; i < count; ++i)
    static_cast<To *>(out)[i] = convertNumber<To>(numbers[i]);
}

/// Copies `count` elements, `stride` bytes apart.
template <typename From>
static void copyChunk(const char *data, int64_t stride, bool conjugate,
                      int64_t count, ElementType type, void *out) {
  using Number = WideNumber<From>;
  Number numbers[ChunkElements];
  for (int64_t i = 0; i < count; ++i) {
    numbers[i] = loadElement<From>(data + i * stride);
    if constexpr (isComplexNumber<From>)
      numbers[i] = conjugate ? std::conj(numbers[i]) : numbers[i];
  }
  visitElement(type, [&]<typename To>() {
    storeChunk<To>(static_cast<const Number *>(numbers), count, out);
  });
}

/// Copies line by line: an odometer over all axes but the last.
template <typename From>
static void copyLines(const TensorView &view, ElementType type, char *out) {
  const IndexList &shape = view.shape();
  const IndexList &strides = view.strides();
  const auto bytes = static_cast<int64_t>(sizeof(From));
  const auto outBytes = static_cast<int64_t>(elementBytes(type));
  auto *data = static_cast<const char *>(view.data());
  size_t outerRank = view.rank() ? view.rank() - 1 : 0;
  int64_t lineExtent = view.rank() ? shape[outerRank] : 1;
  int64_t lineStride = view.rank() ? strides[outerRank] * bytes : 0;
  IndexList index = IndexList::zeros(outerRank);
  int64_t offset = 0;
  for (int64_t done = 0; done < view.size(); done += lineExtent) {
    for (int64_t i = 0; i < lineExtent; i += ChunkElements) {
      int64_t count = std::min(lineExtent - i, ChunkElements);
      copyChunk<From>(data + offset + i * lineStride, lineStride,
                      view.type().isConjugated(), count, type, out);
      out += count * outBytes;
    }
    for (size_t axis = outerRank; axis-- > 0;) {
      offset += strides[axis] * bytes;
      if (++index[axis] < shape[axis])
        break;
      offset -= shape[axis] * strides[axis] * bytes;
      index[axis] = 0;
    }
  }
}

void einc::copyElements(const TensorView &view, ElementType type, void *out) {
  if (view.element() == type && view.type().isRowMajor() &&
      !view.type().isConjugated()) {
    if (view.size() > 0)
      std::memcpy(out, view.data(),
                  static_cast<size_t>(view.size()) * elementBytes(type));
    return;
  }
  visitElement(view.element(), [&]<typename From>() {
    copyLines<From>(view, type, static_cast<char *>(out));
  });
}
