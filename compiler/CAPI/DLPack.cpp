// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc-c/DLPack.h"
#include "compiler/API/DLPackObject.h"
#include "compiler/CAPI/Tensors.h"

using namespace einc;
using namespace einc::capi;

template <typename Managed>
static EincStatus importTensor(const Managed *managed,
                               bool (*isReadOnly)(const Managed &),
                               EincTensor *tensor, EincError **error) {
  return guarded(error, [&] {
    requirePointer(managed, "managed");
    requirePointer(tensor, "tensor");
    TensorView view = viewOf(managed);
    EincTensor result = fromType(view.type());
    result.data = const_cast<void *>(view.data());
    // The view's own lists end with it; the producer's stay.
    result.extents = managed->tensor.extents;
    result.strides = managed->tensor.strides;
    result.flags = isReadOnly(*managed) ? EINC_TENSOR_READ_ONLY : 0;
    *tensor = result;
  });
}

EincStatus eincTensorFromDLPack(const DLManagedTensorVersioned *managed,
                                EincTensor *tensor, EincError **error) {
  return importTensor<EincDLManagedVersioned>(
      toOwn(managed),
      [](const EincDLManagedVersioned &object) {
        return (object.flags & EINC_DL_READ_ONLY) != 0;
      },
      tensor, error);
}

EincStatus eincTensorFromLegacyDLPack(const DLManagedTensor *managed,
                                      EincTensor *tensor, EincError **error) {
  return importTensor<EincDLManaged>(
      toOwn(managed), [](const EincDLManaged &) { return false; }, tensor,
      error);
}

/// Foreign: DLPack's own name of the struct.
template <typename Managed, typename Foreign>
static EincStatus exportTensor(const EincTensor *tensor,
                               void (*release)(void *context), void *context,
                               Foreign **managed, EincError **error) {
  return guarded(error, [&] {
    requirePointer(tensor, "tensor");
    requirePointer(managed, "managed");
    TensorType type = toType(*tensor, {nullptr, "the tensor"});
    if (type.size() > 0)
      requirePointer(tensor->data, "data");
    *managed = toForeign(makeDLPack<Managed>(
        type, tensor->data, tensor->flags & EINC_TENSOR_READ_ONLY, release,
        context));
  });
}

EincStatus eincTensorToDLPack(const EincTensor *tensor,
                              void (*release)(void *context), void *context,
                              DLManagedTensorVersioned **managed,
                              EincError **error) {
  return exportTensor<EincDLManagedVersioned>(tensor, release, context, managed,
                                              error);
}

EincStatus eincTensorToLegacyDLPack(const EincTensor *tensor,
                                    void (*release)(void *context),
                                    void *context, DLManagedTensor **managed,
                                    EincError **error) {
  return exportTensor<EincDLManaged>(tensor, release, context, managed, error);
}

void eincDLPackDestroy(DLManagedTensorVersioned *managed) {
  destroyDLPack(managed);
}

void eincDLPackDestroyLegacy(DLManagedTensor *managed) {
  destroyDLPack(managed);
}
