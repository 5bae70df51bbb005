// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/CAPI/Tensors.h"

#include <span>

using namespace einc;
using namespace einc::capi;

static constexpr uint32_t KnownFlags =
    EINC_TENSOR_CONJUGATE | EINC_TENSOR_READ_ONLY;

static_assert(int(ElementType::BF16) == EINC_TYPE_BF16 &&
              NumElementTypes == EINC_TYPE_BF16 + 1);

std::string ArgumentName::text() const {
  return index ? "operand " + std::to_string(*index) : name;
}

[[noreturn]] static void refuse(ArgumentName name, const std::string &what,
                                ErrorKind kind = ErrorKind::InvalidArgument) {
  throwError(kind, name.text() + " " + what);
}

TensorType capi::toType(const EincTensor &tensor, ArgumentName name) {
  if (tensor.type >= NumElementTypes)
    refuse(name, "has type " + std::to_string(tensor.type) +
                     ", which is no EincType");
  if (tensor.device != EINC_DEVICE_CPU)
    refuse(name,
           "lies on device " + std::to_string(tensor.device) +
               "; only the CPU's memory, 0, can be used",
           ErrorKind::Device);
  if (tensor.flags & ~KnownFlags || tensor.reserved != 0)
    refuse(name, "has flags " + std::to_string(tensor.flags) +
                     " and reserved " + std::to_string(tensor.reserved) +
                     ", not all of which are known");
  if (tensor.rank > EINC_MAX_RANK)
    refuse(name, "has " + std::to_string(tensor.rank) +
                     " axes, expected at most " +
                     std::to_string(EINC_MAX_RANK));
  if (tensor.rank > 0 && !tensor.extents)
    refuse(name, "has " + std::to_string(tensor.rank) +
                     " axes but its extents are null");
  auto element = ElementType(tensor.type);
  IndexList extents(std::span<const int64_t>(tensor.extents, tensor.rank));
  TensorType type =
      tensor.strides
          ? TensorType(element, std::move(extents),
                       std::span<const int64_t>(tensor.strides, tensor.rank))
          : TensorType(element, std::move(extents));
  return tensor.flags & EINC_TENSOR_CONJUGATE ? type.conjugated()
                                              : std::move(type);
}

std::vector<TensorType> capi::toTypes(size_t count,
                                      const EincTensor *operands) {
  requireArray(operands, count, "operands");
  std::vector<TensorType> result;
  result.reserve(count);
  for (size_t i = 0; i < count; ++i)
    result.push_back(toType(operands[i], {&i}));
  return result;
}

OperandViews::OperandViews(size_t count, const EincTensor *operands)
    : memory(buffer.data(), buffer.size()), views(&memory) {
  requireArray(operands, count, "operands");
  views.reserve(count);
  for (size_t i = 0; i < count; ++i)
    views.emplace_back(operands[i].data, toType(operands[i], {&i}));
}

MutableTensorView capi::toOutput(const EincTensor *output) {
  requirePointer(output, "output");
  if (output->flags & EINC_TENSOR_READ_ONLY)
    refuse({}, "is read-only");
  return {output->data, toType(*output, {})};
}

std::vector<std::vector<int64_t>> capi::toShapes(size_t count,
                                                 const EincShape *shapes) {
  requireArray(shapes, count, "shapes");
  std::vector<std::vector<int64_t>> result;
  result.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    if (shapes[i].rank > EINC_MAX_RANK)
      refuse({&i}, "has " + std::to_string(shapes[i].rank) +
                       " axes, expected at most " +
                       std::to_string(EINC_MAX_RANK));
    requireArray(shapes[i].extents, shapes[i].rank, "extents of a shape");
    result.emplace_back(shapes[i].extents, shapes[i].extents + shapes[i].rank);
  }
  return result;
}

EincTensor capi::fromType(const TensorType &type) {
  EincTensor result = {};
  result.extents = type.shape().data();
  result.strides = type.strides().data();
  result.rank = static_cast<uint32_t>(type.rank());
  result.type = static_cast<uint32_t>(type.element());
  result.device = EINC_DEVICE_CPU;
  result.flags = type.isConjugated() ? EINC_TENSOR_CONJUGATE : 0;
  return result;
}
