// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/DLPack.h"
#include "compiler/API/DLPackObject.h"
#include "compiler/API/Throw.h"

using namespace einc;

/// Owns a producer's object from now on, even if this throws.
template <typename Foreign>
static std::shared_ptr<void> takeOver(Foreign *managed) {
  // Where shared_ptr throws, it calls the deleter itself.
  return orOutOfMemory([&] {
    return std::shared_ptr<void>(managed, [](void *object) {
      destroyDLPack(static_cast<Foreign *>(object));
    });
  });
}

/// A view that throws Error and nothing else.
template <typename Managed> static TensorView checkedView(Managed *managed) {
  return orOutOfMemory([&] { return viewOf(managed); });
}

// Members are made in the order of their declaration; the owner must be there
// before something can throw.
DLPackTensor::DLPackTensor(DLManagedTensorVersioned *managed)
    : owner(takeOver(managed)), tensor(checkedView(toOwn(managed))),
      readOnly(toOwn(managed)->flags & EINC_DL_READ_ONLY) {}

DLPackTensor::DLPackTensor(DLManagedTensor *managed)
    : owner(takeOver(managed)), tensor(checkedView(toOwn(managed))),
      readOnly(false) {}

MutableTensorView DLPackTensor::mutableView() const {
  if (readOnly)
    throwError(ErrorKind::InvalidArgument,
               "the DLPack tensor is read-only, so that it cannot be an output",
               "write to another tensor, or copy it");
  return {const_cast<void *>(tensor.data()), tensor.type()};
}

template <typename Managed> static auto exportOwned(Tensor tensor) {
  return orOutOfMemory([&] {
    auto owned = std::make_unique<Tensor>(std::move(tensor));
    Managed *result = makeDLPack<Managed>(
        owned->type(), owned->data(), false,
        [](void *context) { delete static_cast<Tensor *>(context); },
        owned.get());
    owned.release();
    return toForeign(result);
  });
}

template <typename Managed>
static auto exportView(const TensorView &view, bool readOnly) {
  return orOutOfMemory([&] {
    return toForeign(makeDLPack<Managed>(view.type(), view.data(), readOnly,
                                         nullptr, nullptr));
  });
}

DLManagedTensorVersioned *einc::toDLPack(Tensor tensor) {
  return exportOwned<EincDLManagedVersioned>(std::move(tensor));
}

DLManagedTensorVersioned *einc::viewToDLPack(const TensorView &view) {
  return exportView<EincDLManagedVersioned>(view, true);
}

DLManagedTensorVersioned *einc::viewToDLPack(const MutableTensorView &view) {
  return exportView<EincDLManagedVersioned>(view, false);
}

DLManagedTensor *einc::toLegacyDLPack(Tensor tensor) {
  return exportOwned<EincDLManaged>(std::move(tensor));
}

DLManagedTensor *einc::viewToLegacyDLPack(const MutableTensorView &view) {
  return exportView<EincDLManaged>(view, false);
}
