// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Arrays of Python as views of einc's, and tensors of einc's as arrays.

#ifndef EINC_TOOLS_PYTHON_SRC_ARRAYS_H
#define EINC_TOOLS_PYTHON_SRC_ARRAYS_H

#include "einc/Tensor.h"

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

namespace einc::python {

/// A buffer that is held as long as this lives: the memory can then neither
/// move nor vanish, also while other threads run Python.
class HeldBuffer {
public:
  enum class Access { Read, Write };

  /// Throws nanobind::python_error if the object has no such buffer.
  HeldBuffer(nanobind::handle array, Access access);
  HeldBuffer(HeldBuffer &&other) noexcept;
  ~HeldBuffer();

  TensorView view() const { return {buffer.buf, type()}; }
  MutableTensorView mutableView() const { return {buffer.buf, type()}; }
  /// Elements of bf16, which buffers know nothing of, come as two bytes of no
  /// type.
  TensorType type() const;

private:
  Py_buffer buffer;
};

/// The buffers of some operands, and the views of them.
struct Operands {
  explicit Operands(nanobind::sequence arrays);
  std::vector<HeldBuffer> buffers;
  std::vector<TensorView> views;
};

nanobind::dlpack::dtype dlpackType(ElementType type);
/// Empty for a type that einc has no kernels for.
std::optional<ElementType> elementTypeOf(nanobind::dlpack::dtype type);

/// The tensor's memory as a numpy array that owns it, bf16 as u16; and the name
/// of its element type.
nanobind::tuple toNumpy(Tensor tensor);

} // namespace einc::python

#endif // EINC_TOOLS_PYTHON_SRC_ARRAYS_H
