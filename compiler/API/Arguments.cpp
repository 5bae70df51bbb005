// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/Arguments.h"
#include "compiler/API/Throw.h"
#include "compiler/Support/OpenAxis.h"

#include <algorithm>

using namespace einc;

static std::string format(const IndexList &shape) {
  return formatShapeAbridged(shape.toVector());
}

static std::string formatStrides(const IndexList &strides) {
  return formatStridesAbridged(strides.toVector());
}

bool einc::isCompatible(const TensorType &expected, const TensorType &given) {
  if (expected.element() != given.element() ||
      expected.isConjugated() != given.isConjugated() ||
      !(expected.shape() == given.shape()))
    return false;
  if (expected.size() == 0)
    return true;
  for (size_t i = 0; i < expected.rank(); ++i)
    if (expected.shape()[i] > 1 && expected.strides()[i] != given.strides()[i])
      return false;
  return true;
}

static std::string argumentName(const size_t *index) {
  return index ? "operand " + std::to_string(*index) : "the output";
}

void einc::requireNoOpenExtents(std::span<const std::vector<int64_t>> shapes) {
  for (size_t i = 0; i < shapes.size(); ++i)
    for (size_t axis = 0; axis < shapes[i].size(); ++axis)
      if (isOpenAxis(shapes[i][axis]))
        throwError(ErrorKind::InvalidArgument,
                   "axis " + std::to_string(axis) + " of " + argumentName(&i) +
                       " has the negative extent " +
                       std::to_string(shapes[i][axis]));
}

void einc::requireCompatible(const TensorType &expected,
                             const TensorType &given, const size_t *index) {
  if (isCompatible(expected, given))
    return;
  std::string message = argumentName(index);
  std::string compiled = " but the expression was compiled for ";
  if (expected.element() != given.element())
    message += std::string(" has elements of type ") +
               elementName(given.element()) + compiled +
               elementName(expected.element());
  else if (expected.isConjugated() != given.isConjugated())
    message += given.isConjugated()
                   ? " is conjugated but the expression was compiled for one "
                     "that is not"
                   : " is not conjugated but the expression was compiled for "
                     "one that is";
  else if (!(expected.shape() == given.shape()))
    message += " has shape " + format(given.shape()) + compiled +
               format(expected.shape());
  else
    message += " has strides " + formatStrides(given.strides()) + compiled +
               formatStrides(expected.strides());
  throwError(ErrorKind::InvalidArgument, message,
             "compile the equation for these types too, or call einsum");
}

namespace {
/// The bytes from a tensor's lowest element to the end of its highest; empty if
/// it has none. TensorType has checked that no sum overflows.
struct AddressRange {
  uintptr_t begin = 0;
  uintptr_t end = 0;

  explicit AddressRange(const TensorView &view) {
    if (view.size() == 0)
      return;
    int64_t low = 0, high = 0;
    for (size_t i = 0; i < view.rank(); ++i) {
      int64_t reach = (view.shape()[i] - 1) * view.strides()[i];
      (reach < 0 ? low : high) += reach;
    }
    auto bytes = static_cast<int64_t>(elementBytes(view.element()));
    auto base = reinterpret_cast<uintptr_t>(view.data());
    begin = base + low * bytes;
    end = base + (high + 1) * bytes;
  }
  bool overlaps(const AddressRange &other) const {
    return begin < other.end && other.begin < end;
  }
};
} // namespace

static void requireAddress(const TensorView &view, const size_t *index) {
  if (view.size() == 0)
    return;
  if (!view.data())
    throwError(ErrorKind::InvalidArgument,
               argumentName(index) + " has elements but its address is null");
  size_t alignment = elementAlignment(view.element());
  if (reinterpret_cast<uintptr_t>(view.data()) % alignment != 0)
    throwError(ErrorKind::InvalidArgument,
               argumentName(index) + " of type " + elementName(view.element()) +
                   " lies at an address that is no multiple of " +
                   std::to_string(alignment));
}

void einc::requireSoundMemory(const MutableTensorView &out,
                              std::span<const TensorView> operands) {
  requireAddress(out, nullptr);
  AddressRange outRange(out);
  for (size_t i = 0; i < operands.size(); ++i) {
    requireAddress(operands[i], &i);
    if (outRange.overlaps(AddressRange(operands[i])))
      throwError(ErrorKind::InvalidArgument,
                 "the output overlaps operand " + std::to_string(i) +
                     " in memory",
                 "write to another tensor, then copy");
  }
}

/// Whether each axis steps over everything that the axes of smaller strides
/// reach, so that no two elements meet.
static bool
axesAreNested(const std::vector<std::pair<int64_t, int64_t>> &axes) {
  int64_t reach = 0;
  for (auto [stride, extent] : axes) {
    if (stride <= reach)
      return false;
    reach += (extent - 1) * stride;
  }
  return true;
}

bool einc::sharesElements(const TensorType &type) {
  constexpr int64_t CountedElements = 1 << 20;
  if (type.size() == 0)
    return false;
  std::vector<std::pair<int64_t, int64_t>> axes; // |stride|, extent
  for (size_t i = 0; i < type.rank(); ++i)
    if (type.shape()[i] > 1)
      axes.emplace_back(std::abs(type.strides()[i]), type.shape()[i]);
  std::sort(axes.begin(), axes.end());
  if (axesAreNested(axes))
    return false;
  if (type.size() > CountedElements || axes.front().first == 0)
    return true;
  std::vector<int64_t> offsets = {0};
  for (auto [stride, extent] : axes) {
    size_t count = offsets.size();
    for (int64_t i = 1; i < extent; ++i)
      for (size_t j = 0; j < count; ++j)
        offsets.push_back(offsets[j] + i * stride);
  }
  std::sort(offsets.begin(), offsets.end());
  return std::adjacent_find(offsets.begin(), offsets.end()) != offsets.end();
}
