// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/TensorView.h"
#include "compiler/API/Scalars.h"
#include "compiler/API/Throw.h"

#include <algorithm>

using namespace einc;

static std::string format(const IndexList &list) {
  return formatShapeAbridged(list.toVector());
}

/// The product of the extents, checked.
static int64_t countElements(const IndexList &extents) {
  bool empty = false;
  for (size_t i = 0; i < extents.size(); ++i) {
    if (extents[i] < 0)
      throwError(ErrorKind::InvalidArgument,
                 "axis " + std::to_string(i) + " has extent " +
                     std::to_string(extents[i]) + ", expected 0 or more");
    empty |= extents[i] == 0;
  }
  if (empty)
    return 0;
  int64_t result = 1;
  for (int64_t extent : extents)
    if (__builtin_mul_overflow(result, extent, &result))
      throwError(ErrorKind::SizeOverflow, "a tensor of shape " +
                                              format(extents) +
                                              " has 2^63 elements or more");
  return result;
}

/// Offsets of elements, in bytes, must be numbers of 64 bits.
static void requireReach(const IndexList &extents, const IndexList &strides,
                         ElementType element) {
  auto bytes = static_cast<int64_t>(elementBytes(element));
  int64_t reach = bytes;
  for (size_t i = 0; i < extents.size(); ++i) {
    int64_t step, axisReach;
    if (__builtin_mul_overflow(strides[i], bytes, &step) || step == INT64_MIN ||
        __builtin_mul_overflow(step < 0 ? -step : step,
                               std::max<int64_t>(extents[i] - 1, 0),
                               &axisReach) ||
        __builtin_add_overflow(reach, axisReach, &reach))
      throwError(ErrorKind::InvalidArgument,
                 "a tensor of shape " + format(extents) + " and strides " +
                     formatStridesAbridged(strides.toVector()) +
                     " reaches over 2^63 bytes or more");
  }
}

/// Dense, the last axis fastest; all 0 if there are no elements to stride over.
static IndexList rowMajorStrides(const IndexList &extents,
                                 int64_t numElements) {
  IndexList result = IndexList::zeros(extents.size());
  if (numElements == 0)
    return result;
  int64_t stride = 1;
  for (size_t i = extents.size(); i-- > 0; stride *= extents[i])
    result[i] = stride;
  return result;
}

/// A number that is no enumerator would be read beyond every table.
static ElementType requireKnown(ElementType element) {
  auto number = static_cast<size_t>(element);
  if (number >= NumElementTypes)
    throwError(ErrorKind::InvalidArgument,
               "element type " + std::to_string(number) + " does not exist");
  return element;
}

TensorType::TensorType(ElementType element, IndexList shape)
    : elementType(requireKnown(element)), extents(std::move(shape)),
      numElements(countElements(extents)) {
  stridesElements = rowMajorStrides(extents, numElements);
}

TensorType::TensorType(ElementType element, IndexList shape, IndexList strides)
    : elementType(requireKnown(element)), extents(std::move(shape)),
      stridesElements(std::move(strides)), numElements(countElements(extents)) {
  if (extents.size() != stridesElements.size())
    throwError(ErrorKind::InvalidArgument,
               "shape " + format(extents) + " has " +
                   std::to_string(extents.size()) + " extents, but there are " +
                   std::to_string(stridesElements.size()) + " strides");
  if (numElements > 0)
    requireReach(extents, stridesElements, element);
}

bool TensorType::isRowMajor() const {
  if (numElements == 0)
    return true;
  int64_t stride = 1;
  for (size_t i = extents.size(); i-- > 0; stride *= extents[i])
    if (extents[i] != 1 && stridesElements[i] != stride)
      return false;
  return true;
}

/// The address of an element, checked.
const void *TensorView::locate(const IndexList &index) const {
  if (index.size() != rank())
    throwError(ErrorKind::InvalidArgument,
               "index " + format(index) + " does not fit shape " +
                   format(shape()) + ": expected one number for each axis");
  if (!address)
    throwError(ErrorKind::InvalidArgument,
               "a tensor of shape " + format(shape()) +
                   " cannot be read: its address is null");
  int64_t offset = 0;
  for (size_t i = 0; i < index.size(); ++i) {
    if (index[i] < 0 || index[i] >= shape()[i])
      throwError(ErrorKind::InvalidArgument, "index " + format(index) +
                                                 " is outside of shape " +
                                                 format(shape()));
    offset += index[i] * strides()[i];
  }
  return static_cast<const char *>(address) +
         offset * static_cast<int64_t>(elementBytes(element()));
}

double TensorView::read(const IndexList &index) const {
  if (isComplex(element()))
    throwError(ErrorKind::InvalidArgument,
               std::string("the elements are ") + elementName(element()) +
                   ", which are no double",
               "read them with readScalar, or with at in their own type");
  return readScalar(index).real();
}

Scalar TensorView::readScalar(const IndexList &index) const {
  return loadScalar(locate(index), element(), tensorType.isConjugated());
}

void TensorView::copyElement(const IndexList &index, ElementType type,
                             void *out) const {
  if (element() != type)
    throwError(ErrorKind::InvalidArgument, std::string("the elements are ") +
                                               elementName(element()) +
                                               ", not " + elementName(type));
  storeScalar(loadScalar(locate(index), type, tensorType.isConjugated()), type,
              out);
}

TensorView TensorView::permuted(const IndexList &order) const {
  std::vector<bool> seen(rank());
  bool valid = order.size() == rank();
  for (size_t i = 0; valid && i < order.size(); ++i) {
    valid = order[i] >= 0 && order[i] < static_cast<int64_t>(rank()) &&
            !seen[order[i]];
    if (valid)
      seen[order[i]] = true;
  }
  if (!valid)
    throwError(ErrorKind::InvalidArgument,
               format(order) + " is no order of the axes of shape " +
                   format(shape()));
  IndexList extents = IndexList::zeros(rank());
  IndexList newStrides = IndexList::zeros(rank());
  for (size_t i = 0; i < order.size(); ++i) {
    extents[i] = shape()[order[i]];
    newStrides[i] = strides()[order[i]];
  }
  TensorType type(element(), std::move(extents), std::move(newStrides));
  type.conjugate = tensorType.conjugate;
  return {address, std::move(type)};
}

TensorView TensorView::transposed() const {
  IndexList order = IndexList::zeros(rank());
  for (size_t i = 0; i < rank(); ++i)
    order[i] = static_cast<int64_t>(rank() - 1 - i);
  return permuted(order);
}
