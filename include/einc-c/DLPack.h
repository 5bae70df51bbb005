/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Tensors to and from other libraries by DLPack 1, without copying; from
 * producers that know the structs of version 0 only, too. The functions take
 * the structs by the tags that dlpack.h gives them, so that this header and
 * that one may be included together, in either order, and neither needs the
 * other. Errors, ownership and threads are those of einc.h.
 */
#ifndef EINC_C_DLPACK_H
#define EINC_C_DLPACK_H

#include "einc-c/einc.h"

#ifdef __cplusplus
extern "C" {
#endif

struct DLManagedTensorVersioned; /* laid out as EincDLManagedVersioned */
struct DLManagedTensor;          /* laid out as EincDLManaged */

/* `tensor` becomes a view of what `managed` holds: strides that are NULL are
 * dense, byteOffset is added. The producer's object stays the caller's, who
 * destroys it when the view is no longer used, and also if this fails; extents
 * and strides point into it.
 *
 *     status = eincTensorFromDLPack(managed, &tensor, &error);
 *     ... eincDLPackDestroy(managed);
 *
 * Foreign major versions, of which nothing else is read, and tensors that make
 * no sense are EINC_STATUS_INVALID_ARGUMENT, element types that einc does not
 * have EINC_STATUS_UNSUPPORTED_TYPE, devices other than the CPU
 * EINC_STATUS_DEVICE. What is read-only becomes EINC_TENSOR_READ_ONLY. */
EINC_C_API EincStatus
eincTensorFromDLPack(const struct DLManagedTensorVersioned *managed,
                     EincTensor *tensor, EincError **error);
EINC_C_API EincStatus
eincTensorFromLegacyDLPack(const struct DLManagedTensor *managed,
                           EincTensor *tensor, EincError **error);

/* Makes an object for a consumer, who destroys it by its deleter. That calls
 * release(context) once, the place to free the elements; `release` may be NULL,
 * and whoever owns the elements must then outlive the object. Extents and
 * strides are copied. If this fails, release is not called.
 *
 *     eincTensorToDLPack(&tensor, free, tensor.data, &managed, &error);
 *
 * A conjugated tensor is EINC_STATUS_INVALID_ARGUMENT, since DLPack cannot say
 * so; for the legacy struct also one that is read-only. */
EINC_C_API EincStatus eincTensorToDLPack(
    const EincTensor *tensor, void (*release)(void *context), void *context,
    struct DLManagedTensorVersioned **managed, EincError **error);
EINC_C_API EincStatus eincTensorToLegacyDLPack(const EincTensor *tensor,
                                               void (*release)(void *context),
                                               void *context,
                                               struct DLManagedTensor **managed,
                                               EincError **error);

/* Calls the object's deleter, if it has one. Of any version; takes NULL. */
EINC_C_API void eincDLPackDestroy(struct DLManagedTensorVersioned *managed);
EINC_C_API void eincDLPackDestroyLegacy(struct DLManagedTensor *managed);

/* ---- DLPack's ABI ----
 *
 * For producers without a dlpack.h; pointers are cast. */

enum { EINC_DL_MAJOR = 1, EINC_DL_MINOR = 0 };

enum {
  EINC_DL_READ_ONLY = 1,
  EINC_DL_IS_COPIED = 2,
  EINC_DL_SUBBYTE_PADDED = 4
};

enum { EINC_DL_CPU = 1 };

typedef enum EincDLCode {
  EINC_DL_INT = 0,
  EINC_DL_UINT = 1,
  EINC_DL_FLOAT = 2,
  EINC_DL_BFLOAT = 4,
  EINC_DL_COMPLEX = 5, /* bits: of both parts */
  EINC_DL_BOOL = 6
} EincDLCode;

typedef struct EincDLDevice {
  int32_t type;
  int32_t number;
} EincDLDevice;

typedef struct EincDLType {
  uint8_t code;
  uint8_t bits;
  uint16_t lanes;
} EincDLType;

typedef struct EincDLTensor {
  void *data;
  EincDLDevice device;
  int32_t rank;
  EincDLType type;
  int64_t *extents;
  int64_t *strides; /* in elements; NULL: dense, row-major */
  uint64_t byteOffset;
} EincDLTensor;

typedef struct EincDLManaged {
  EincDLTensor tensor;
  void *context;
  void (*deleter)(struct DLManagedTensor *self);
} EincDLManaged;

typedef struct EincDLVersion {
  uint32_t major;
  uint32_t minor;
} EincDLVersion;

typedef struct EincDLManagedVersioned {
  EincDLVersion version;
  void *context;
  void (*deleter)(struct DLManagedTensorVersioned *self);
  uint64_t flags;
  EincDLTensor tensor;
} EincDLManagedVersioned;

#ifdef __cplusplus
}
#endif

#endif /* EINC_C_DLPACK_H */
