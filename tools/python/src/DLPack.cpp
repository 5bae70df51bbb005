// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// nanobind speaks the protocol, versions 0 and 1; here types are judged.

#include "DLPack.h"

#include "Arrays.h"

#include "einc/Error.h"

namespace nb = nanobind;

namespace einc::python {

[[noreturn]] static void refuse(ErrorKind kind, const std::string &message) {
  throw Error(kind, message, {}, "error: " + message);
}

template <typename Imported>
static nb::object asNumpy(const Imported &tensor, ElementType type) {
  using Array = std::conditional_t<
      std::is_const_v<std::remove_pointer_t<decltype(tensor.data())>>,
      nb::ndarray<nb::numpy, nb::ro>, nb::ndarray<nb::numpy>>;
  std::vector<size_t> shape(tensor.ndim());
  std::vector<int64_t> strides(tensor.ndim());
  for (size_t i = 0; i < tensor.ndim(); ++i) {
    shape[i] = tensor.shape(i);
    strides[i] = tensor.stride(i);
  }
  // The reference that the protocol handed over lives as long as the array.
  auto *kept = new Imported(tensor);
  nb::capsule owner(
      kept, [](void *data) noexcept { delete static_cast<Imported *>(data); });
  Array array(tensor.data(), shape.size(), shape.data(), owner, strides.data(),
              type == ElementType::BF16 ? nb::dtype<uint16_t>()
                                        : dlpackType(type));
  return nb::cast(array, nb::rv_policy::reference);
}

template <typename Imported> static nb::tuple convert(const Imported &tensor) {
  if (tensor.device_type() != nb::device::cpu::value &&
      tensor.device_type() != nb::device::cuda_host::value)
    refuse(ErrorKind::Device, "the tensor lies on a device of DLPack's type " +
                                  std::to_string(tensor.device_type()) +
                                  ", not in the memory of the processor");
  nb::dlpack::dtype given = tensor.dtype();
  std::optional<ElementType> type = elementTypeOf(given);
  if (!type)
    refuse(ErrorKind::UnsupportedType,
           "no kernels for elements of DLPack's type code " +
               std::to_string(given.code) + " with " +
               std::to_string(given.bits) + " bits and " +
               std::to_string(given.lanes) + " lanes");
  return nb::make_tuple(asNumpy(tensor, *type), elementName(*type));
}

nb::tuple importDLPack(nb::handle object) {
  nb::ndarray<> tensor;
  if (nb::try_cast(object, tensor, false))
    return convert(tensor);
  nb::ndarray<nb::ro> constant;
  if (nb::try_cast(object, constant, false))
    return convert(constant);
  throw nb::type_error("the object's __dlpack__ gave no tensor");
}

nb::object exportDLPack(nb::handle array, nb::handle owner) {
  HeldBuffer buffer(array, HeldBuffer::Access::Read);
  TensorView view = buffer.view();
  std::vector<size_t> shape(view.shape().begin(), view.shape().end());
  std::vector<int64_t> strides(view.strides().begin(), view.strides().end());
  nb::ndarray<nb::array_api> tensor(const_cast<void *>(view.data()),
                                    shape.size(), shape.data(), owner,
                                    strides.data(), dlpackType(view.element()));
  return nb::cast(tensor, nb::rv_policy::reference);
}

} // namespace einc::python
