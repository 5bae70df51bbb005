/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A user who has a dlpack.h and includes it first; no casts.
 */
#include "tests/capi/foreign_dlpack.h"

#include "einc-c/DLPack.h"
#include "tests/capi/check.h"

static int numDeleted = 0;

static void count(struct DLManagedTensorVersioned *self) {
  CHECK(self->manager_ctx == &numDeleted);
  ++numDeleted;
}

void testForeignBefore(void) {
  float values[3] = {1, 2, 4};
  int64_t shape[1] = {3}, strides[1] = {1};
  DLManagedTensorVersioned managed = {.version = {1, 1},
                                      .manager_ctx = &numDeleted,
                                      .deleter = count,
                                      .dl_tensor = {.data = values,
                                                    .device = {kDLCPU, 0},
                                                    .ndim = 1,
                                                    .dtype = {kDLFloat, 32, 1},
                                                    .shape = shape,
                                                    .strides = strides}};
  EincTensor tensor;
  CHECK_OK(eincTensorFromDLPack(&managed, &tensor, &error));
  CHECK(tensor.data == values && tensor.extents == shape &&
        tensor.strides == strides && tensor.rank == 1 &&
        tensor.type == EINC_TYPE_F32);
  float sum = 0;
  EincTensor output = {.data = &sum, .type = EINC_TYPE_F32};
  CHECK_OK(eincEinsum("i->", 1, &tensor, &output, NULL, NULL, &error));
  CHECK(sum == 7);
  eincDLPackDestroy(&managed);
  CHECK(numDeleted == 1);
  managed.dl_tensor.device.device_type = kDLCUDA;
  CHECK(eincTensorFromDLPack(&managed, &tensor, NULL) == EINC_STATUS_DEVICE);
}
