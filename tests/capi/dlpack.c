/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * DLPack: tensors that come in and go out.
 */
#include "einc-c/DLPack.h"
#include "tests/capi/check.h"

#include <stdlib.h>

static int numReleased = 0;

static void release(void *context) {
  free(context);
  ++numReleased;
}

/* A producer's object as another library makes it. */
static int numDeleted = 0;

static void deleteVersioned(struct DLManagedTensorVersioned *self) {
  free(((EincDLManagedVersioned *)self)->context);
  free(self);
  ++numDeleted;
}

static struct DLManagedTensorVersioned *
produce(int32_t rank, const int64_t *extents, const int64_t *strides,
        uint64_t byteOffset, uint64_t flags) {
  EincDLManagedVersioned *result = malloc(sizeof(*result));
  double *values = malloc(sizeof(double) * 24);
  for (int i = 0; i < 24; ++i)
    values[i] = i * i - 7;
  *result = (EincDLManagedVersioned){
      .version = {1, 99}, /* a minor version that nobody knows */
      .context = values,
      .deleter = deleteVersioned,
      .flags = flags,
      .tensor = {.data = values,
                 .device = {EINC_DL_CPU, 0},
                 .rank = rank,
                 .type = {EINC_DL_FLOAT, 64, 1},
                 .extents = (int64_t *)extents,
                 .strides = (int64_t *)strides,
                 .byteOffset = byteOffset}};
  return (struct DLManagedTensorVersioned *)result;
}

static double at(int i) { return i * i - 7; }

static void testImport(void) {
  static const int64_t extents[2] = {2, 3};
  static const int64_t strides[2] = {-6, 2};
  double c[6] = {0};
  EincTensor output = matrix(c, extents), tensor;

  /* Compact, at an offset. */
  struct DLManagedTensorVersioned *managed =
      produce(2, extents, NULL, 5 * sizeof(double), 0);
  CHECK_OK(eincTensorFromDLPack(managed, &tensor, &error));
  CHECK(tensor.rank == 2 && tensor.extents == extents &&
        tensor.strides == NULL && tensor.type == EINC_TYPE_F64 &&
        tensor.device == EINC_DEVICE_CPU && tensor.flags == 0 &&
        tensor.reserved == 0);
  CHECK_OK(eincEinsum("ij->ij", 1, &tensor, &output, NULL, NULL, &error));
  for (int i = 0; i < 6; ++i)
    CHECK(c[i] == at(5 + i));
  eincDLPackDestroy(managed);
  CHECK(numDeleted == 1);

  /* Strided both ways and read-only; flags that mean nothing here. */
  managed = produce(2, extents, strides, 6 * sizeof(double),
                    EINC_DL_READ_ONLY | EINC_DL_IS_COPIED | 1 << 20);
  CHECK_OK(eincTensorFromDLPack(managed, &tensor, &error));
  CHECK(tensor.flags == EINC_TENSOR_READ_ONLY && tensor.strides == strides);
  CHECK_OK(eincEinsum("ij->ij", 1, &tensor, &output, NULL, NULL, &error));
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      CHECK(c[i * 3 + j] == at(6 - 6 * i + 2 * j));
  EincTensor operand = matrix(c, extents);
  CHECK_FAILS(eincEinsum("ij->ij", 1, &operand, &tensor, NULL, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "the output is read-only");
  eincDLPackDestroy(managed);

  /* A scalar, and nothing. */
  managed = produce(0, NULL, NULL, 0, 0);
  CHECK_OK(eincTensorFromDLPack(managed, &tensor, &error));
  CHECK(tensor.rank == 0 && *(double *)tensor.data == at(0));
  eincDLPackDestroy(managed);
  EincDLManagedVersioned empty = {.version = {1, 0},
                                  .tensor = {.device = {EINC_DL_CPU, 0},
                                             .rank = 2,
                                             .type = {EINC_DL_BOOL, 8, 1},
                                             .extents = (int64_t[]){0, 5},
                                             .byteOffset = 64}};
  struct DLManagedTensorVersioned *noDeleter =
      (struct DLManagedTensorVersioned *)&empty;
  CHECK_OK(eincTensorFromDLPack(noDeleter, &tensor, &error));
  CHECK(tensor.data == NULL && tensor.type == EINC_TYPE_BOOL);
  eincDLPackDestroy(noDeleter);
  eincDLPackDestroy(NULL);
  CHECK(numDeleted == 3);
}

static void deleteLegacy(struct DLManagedTensor *self) {
  CHECK(((EincDLManaged *)self)->context == &numDeleted);
  ++numDeleted;
}

static void testImportLegacy(void) {
  float values[4] = {1, 2, 3, 4}, c[4] = {0};
  int64_t extents[1] = {2}, strides[1] = {2};
  EincDLManaged object = {.tensor = {.data = values,
                                     .device = {EINC_DL_CPU, 0},
                                     .rank = 1,
                                     .type = {EINC_DL_FLOAT, 32, 1},
                                     .extents = extents,
                                     .strides = strides,
                                     .byteOffset = 4},
                          .context = &numDeleted,
                          .deleter = deleteLegacy};
  struct DLManagedTensor *managed = (struct DLManagedTensor *)&object;
  EincTensor tensor,
      output = {
          .data = c, .extents = extents, .rank = 1, .type = EINC_TYPE_F32};
  CHECK_OK(eincTensorFromLegacyDLPack(managed, &tensor, &error));
  CHECK(tensor.flags == 0);
  CHECK_OK(eincEinsum("i->i", 1, &tensor, &output, NULL, NULL, &error));
  CHECK(c[0] == 2 && c[1] == 4 && c[2] == 0);
  int before = numDeleted;
  eincDLPackDestroyLegacy(managed);
  CHECK(numDeleted == before + 1);
  eincDLPackDestroyLegacy(NULL);
}

static void testExport(void) {
  int64_t extents[3] = {2, 1, 3};
  EincTensor tensor = {.data = calloc(6, sizeof(uint16_t)),
                       .extents = extents,
                       .rank = 3,
                       .type = EINC_TYPE_BF16};
  struct DLManagedTensorVersioned *managed = NULL;
  CHECK_OK(eincTensorToDLPack(&tensor, release, tensor.data, &managed, &error));
  extents[0] = 99; /* was copied */
  EincDLManagedVersioned *object = (EincDLManagedVersioned *)managed;
  CHECK(object->version.major == 1 && object->version.minor == 0);
  CHECK(object->flags == 0);
  CHECK(object->tensor.data == tensor.data && object->tensor.rank == 3 &&
        object->tensor.byteOffset == 0);
  CHECK(object->tensor.device.type == 1 && object->tensor.device.number == 0);
  CHECK(object->tensor.type.code == 4 && object->tensor.type.bits == 16 &&
        object->tensor.type.lanes == 1);
  CHECK(object->tensor.extents[0] == 2 && object->tensor.extents[1] == 1 &&
        object->tensor.extents[2] == 3);
  CHECK(object->tensor.strides[0] == 3 && object->tensor.strides[1] == 3 &&
        object->tensor.strides[2] == 1);
  /* And back. */
  EincTensor again;
  CHECK_OK(eincTensorFromDLPack(managed, &again, &error));
  CHECK(again.data == tensor.data && again.type == EINC_TYPE_BF16);
  CHECK(numReleased == 0);
  eincDLPackDestroy(managed);
  CHECK(numReleased == 1);

  /* A view, read-only, with strides of its own. */
  double value[4] = {1, 2, 3, 4};
  EincTensor view = {.data = value + 3,
                     .extents = (int64_t[]){2, 2},
                     .strides = (int64_t[]){-1, -2},
                     .rank = 2,
                     .type = EINC_TYPE_F64,
                     .flags = EINC_TENSOR_READ_ONLY};
  CHECK_OK(eincTensorToDLPack(&view, NULL, NULL, &managed, &error));
  object = (EincDLManagedVersioned *)managed;
  CHECK(object->flags == EINC_DL_READ_ONLY);
  CHECK(object->tensor.strides[0] == -1 && object->tensor.strides[1] == -2);
  eincDLPackDestroy(managed);

  struct DLManagedTensor *legacy = NULL;
  CHECK_FAILS(eincTensorToLegacyDLPack(&view, NULL, NULL, &legacy, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "a read-only tensor cannot be given to DLPack 0, whose struct "
              "cannot say so");
  view.flags = 0;
  CHECK_OK(
      eincTensorToLegacyDLPack(&view, release, malloc(1), &legacy, &error));
  CHECK_OK(eincTensorFromLegacyDLPack(legacy, &again, &error));
  CHECK(again.data == view.data && again.strides[1] == -2);
  eincDLPackDestroyLegacy(legacy);
  CHECK(numReleased == 2);

  /* No axes, many axes. */
  EincTensor scalar = {.data = value, .type = EINC_TYPE_F64};
  CHECK_OK(eincTensorToDLPack(&scalar, NULL, NULL, &managed, &error));
  CHECK(((EincDLManagedVersioned *)managed)->tensor.rank == 0);
  eincDLPackDestroy(managed);
  int64_t ones[20];
  for (int i = 0; i < 20; ++i)
    ones[i] = i == 17 ? 4 : 1;
  EincTensor wide = {
      .data = value, .extents = ones, .rank = 20, .type = EINC_TYPE_F64};
  CHECK_OK(eincTensorToDLPack(&wide, NULL, NULL, &managed, &error));
  object = (EincDLManagedVersioned *)managed;
  CHECK(object->tensor.extents[17] == 4 && object->tensor.strides[16] == 4 &&
        object->tensor.strides[19] == 1);
  eincDLPackDestroy(managed);
}

/* Code and bits of each EincType, and back. */
static void testTypes(void) {
  static const EincDLType types[] = {
      {2, 32, 1}, {2, 64, 1}, {5, 64, 1}, {5, 128, 1}, {0, 8, 1},  {0, 16, 1},
      {0, 32, 1}, {0, 64, 1}, {1, 8, 1},  {6, 8, 1},   {2, 16, 1}, {4, 16, 1}};
  double memory[2] = {0};
  for (uint32_t i = 0; i <= EINC_TYPE_BF16; ++i) {
    EincTensor tensor = {.data = memory, .type = i}, again;
    struct DLManagedTensorVersioned *managed = NULL;
    CHECK_OK(eincTensorToDLPack(&tensor, NULL, NULL, &managed, &error));
    const EincDLType *type = &((EincDLManagedVersioned *)managed)->tensor.type;
    CHECK(type->code == types[i].code && type->bits == types[i].bits &&
          type->lanes == 1);
    CHECK_OK(eincTensorFromDLPack(managed, &again, &error));
    CHECK(again.type == i);
    eincDLPackDestroy(managed);
  }
}

void testDLPack(void) {
  testImport();
  testImportLegacy();
  testExport();
  testTypes();
}
