/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A user who has a dlpack.h and includes it last.
 */
#include "einc-c/DLPack.h"
#include "tests/capi/check.h"

#include "tests/capi/foreign_dlpack.h"

void testForeignAfter(void) {
  int32_t values[2] = {5, -6};
  EincTensor tensor = {.data = values,
                       .extents = (int64_t[]){2},
                       .rank = 1,
                       .type = EINC_TYPE_I32};
  DLManagedTensorVersioned *managed = NULL;
  CHECK_OK(eincTensorToDLPack(&tensor, NULL, NULL, &managed, &error));
  CHECK(
      managed->version.major == 1 && managed->flags == 0 &&
      managed->dl_tensor.data == values &&
      managed->dl_tensor.device.device_type == kDLCPU &&
      managed->dl_tensor.ndim == 1 && managed->dl_tensor.dtype.code == kDLInt &&
      managed->dl_tensor.dtype.bits == 32 &&
      managed->dl_tensor.dtype.lanes == 1 && managed->dl_tensor.shape[0] == 2 &&
      managed->dl_tensor.strides[0] == 1 &&
      managed->dl_tensor.byte_offset == 0);
  managed->deleter(managed);

  DLManagedTensor *legacy = NULL;
  CHECK_OK(eincTensorToLegacyDLPack(&tensor, NULL, NULL, &legacy, &error));
  CHECK(legacy->dl_tensor.data == values && legacy->dl_tensor.shape[0] == 2);
  legacy->deleter(legacy);
}
