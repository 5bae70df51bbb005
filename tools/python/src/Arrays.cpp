// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Arrays are taken by the buffer protocol: any strides, no copies.

#include "Arrays.h"

#include "einc/Error.h"

#include <cstring>

namespace nb = nanobind;

namespace einc::python {

HeldBuffer::HeldBuffer(nb::handle array, Access access) {
  int flags = PyBUF_STRIDES | PyBUF_FORMAT;
  if (access == Access::Write)
    flags |= PyBUF_WRITABLE;
  if (PyObject_GetBuffer(array.ptr(), &buffer, flags) != 0)
    throw nb::python_error();
}

HeldBuffer::HeldBuffer(HeldBuffer &&other) noexcept : buffer(other.buffer) {
  // A buffer of no object is released without effect.
  other.buffer.obj = nullptr;
}

HeldBuffer::~HeldBuffer() { PyBuffer_Release(&buffer); }

/// The letters are those of Python's struct module, whose sizes for "l" depend
/// on the platform.
static std::optional<ElementType> readFormat(const char *format,
                                             Py_ssize_t bytes) {
  // '=' says native order, '@' native order and alignment.
  if (*format == '@' || *format == '=')
    ++format;
  constexpr std::pair<const char *, ElementType> Formats[] = {
      {"f", ElementType::F32},  {"d", ElementType::F64},
      {"Zf", ElementType::C64}, {"Zd", ElementType::C128},
      {"?", ElementType::Bool}, {"B", ElementType::U8},
      {"e", ElementType::F16},  {"2x", ElementType::BF16}};
  for (auto [name, type] : Formats)
    if (std::strcmp(format, name) == 0)
      return type;
  if (std::strlen(format) != 1 || !std::strchr("bhilq", *format))
    return std::nullopt;
  switch (bytes) {
  case 1:
    return ElementType::I8;
  case 2:
    return ElementType::I16;
  case 4:
    return ElementType::I32;
  case 8:
    return ElementType::I64;
  default:
    return std::nullopt;
  }
}

TensorType HeldBuffer::type() const {
  std::optional<ElementType> element =
      readFormat(buffer.format, buffer.itemsize);
  if (!element)
    throw nb::type_error("no kernels for elements of this type");
  std::vector<int64_t> strides(buffer.strides, buffer.strides + buffer.ndim);
  for (int64_t &stride : strides) {
    if (stride % buffer.itemsize != 0)
      throw nb::value_error("strides must be whole numbers of elements");
    stride /= buffer.itemsize;
  }
  std::vector<int64_t> shape(buffer.shape, buffer.shape + buffer.ndim);
  return {*element, shape, strides};
}

Operands::Operands(nb::sequence arrays) {
  for (nb::handle array : arrays)
    views.push_back(
        buffers.emplace_back(array, HeldBuffer::Access::Read).view());
}

nb::dlpack::dtype dlpackType(ElementType type) {
  using Code = nb::dlpack::dtype_code;
  Code code = isComplex(type)             ? Code::Complex
              : type == ElementType::BF16 ? Code::Bfloat
              : type == ElementType::Bool ? Code::Bool
              : type == ElementType::U8   ? Code::UInt
              : isInteger(type)           ? Code::Int
                                          : Code::Float;
  return {uint8_t(code), uint8_t(8 * elementBytes(type)), 1};
}

std::optional<ElementType> elementTypeOf(nb::dlpack::dtype type) {
  for (size_t i = 0; i < NumElementTypes; ++i)
    if (type == dlpackType(ElementType(i)))
      return ElementType(i);
  return std::nullopt;
}

nb::tuple toNumpy(Tensor tensor) {
  auto *kept = new Tensor(std::move(tensor));
  nb::capsule owner(
      kept, [](void *data) noexcept { delete static_cast<Tensor *>(data); });
  std::vector<size_t> shape(kept->shape().begin(), kept->shape().end());
  nb::dlpack::dtype type = kept->element() == ElementType::BF16
                               ? nb::dtype<uint16_t>()
                               : dlpackType(kept->element());
  nb::ndarray<nb::numpy> array(kept->data(), shape.size(), shape.data(), owner,
                               nullptr, type);
  return nb::make_tuple(nb::cast(array, nb::rv_policy::reference),
                        elementName(kept->element()));
}

} // namespace einc::python
