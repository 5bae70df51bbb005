// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// DLPack's structs, read and made: what the C and the C++ functions share.
/// All of it throws.

#ifndef EINC_COMPILER_API_DLPACKOBJECT_H
#define EINC_COMPILER_API_DLPACKOBJECT_H

#include "einc-c/DLPack.h"
#include "einc/TensorView.h"

namespace einc {

/// `tensor` as a view, every field checked. Its extents and strides are copied.
TensorView viewOf(const EincDLTensor &tensor);
/// The same for what the producer handed over; checks the version before it
/// reads anything else.
TensorView viewOf(const EincDLManagedVersioned *managed);
TensorView viewOf(const EincDLManaged *managed);

/// An object whose deleter calls `release`, unless it is null, with `context`.
/// Managed: EincDLManagedVersioned or EincDLManaged. If it throws, `release` is
/// not called.
template <typename Managed>
Managed *makeDLPack(const TensorType &type, const void *data, bool readOnly,
                    void (*release)(void *context), void *context);

/// DLPack's own names for the structs and einc's; the same layout.
inline DLManagedTensorVersioned *toForeign(EincDLManagedVersioned *managed) {
  return reinterpret_cast<DLManagedTensorVersioned *>(managed);
}
inline DLManagedTensor *toForeign(EincDLManaged *managed) {
  return reinterpret_cast<DLManagedTensor *>(managed);
}
inline const EincDLManagedVersioned *
toOwn(const DLManagedTensorVersioned *managed) {
  return reinterpret_cast<const EincDLManagedVersioned *>(managed);
}
inline const EincDLManaged *toOwn(const DLManagedTensor *managed) {
  return reinterpret_cast<const EincDLManaged *>(managed);
}

/// Calls the deleter, if there is an object and it has one.
template <typename Foreign> void destroyDLPack(Foreign *managed) {
  if (managed && toOwn(managed)->deleter)
    toOwn(managed)->deleter(managed);
}

} // namespace einc

#endif // EINC_COMPILER_API_DLPACKOBJECT_H
