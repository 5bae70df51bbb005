// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Tensors to and from other libraries by DLPack 1, without copying. May be
/// included together with dlpack.h, in either order, and does not need it.

#ifndef EINC_DLPACK_H
#define EINC_DLPACK_H

#include "einc-c/DLPack.h"
#include "einc/Tensor.h"

#include <memory>

namespace einc {

/// A tensor that another library made, and that this object destroys by its
/// producer's deleter. Views of it are valid until then.
///
///     einc::DLPackTensor a(managed);
///     einc::Tensor c = einc::einsum("ij,jk->ik", a, b);
///
/// The constructors take `managed` over: if they throw, it is destroyed too.
/// They throw InvalidArgument for null, a foreign major version and tensors
/// that make no sense, UnsupportedType for element types that einc does not
/// have, Device for tensors that are not in the CPU's memory.
class DLPackTensor {
public:
  EINC_API explicit DLPackTensor(DLManagedTensorVersioned *managed);
  /// The struct of producers that know DLPack 0 only.
  EINC_API explicit DLPackTensor(DLManagedTensor *managed);

  const TensorView &view() const { return tensor; }
  operator TensorView() const { return tensor; }
  bool isReadOnly() const { return readOnly; }
  /// For an output. Throws InvalidArgument if the producer says that it is
  /// read-only.
  EINC_API MutableTensorView mutableView() const;

private:
  std::shared_ptr<void> owner;
  TensorView tensor;
  bool readOnly;
};

/// An object for a consumer, who destroys it by its deleter; the elements are
/// freed then. Throws OutOfMemory.
///
///     consume(einc::toDLPack(einc::einsum("ij,jk->ik", a, b)));
EINC_API DLManagedTensorVersioned *toDLPack(Tensor tensor);
/// The same for elements that it does not own: they must outlive it. What is
/// made of a TensorView is read-only. Throws InvalidArgument for a conjugated
/// view, and OutOfMemory.
EINC_API DLManagedTensorVersioned *viewToDLPack(const TensorView &view);
EINC_API DLManagedTensorVersioned *viewToDLPack(const MutableTensorView &view);
/// The struct of DLPack 0, for consumers that know no other. It cannot say that
/// a tensor is read-only.
EINC_API DLManagedTensor *toLegacyDLPack(Tensor tensor);
EINC_API DLManagedTensor *viewToLegacyDLPack(const MutableTensorView &view);

} // namespace einc

#endif // EINC_DLPACK_H
