/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * DLPack objects that make no sense, or not to einc.
 */
#include "einc-c/DLPack.h"
#include "tests/capi/check.h"

static int64_t extents[2] = {2, 3}, strides[2] = {3, 1};
static double values[7] = {1, 2, 3, 4, 5, 6, 7};
static int numDeleted = 0;

static void delete(struct DLManagedTensorVersioned *self) {
  (void)self;
  ++numDeleted;
}

static EincDLManagedVersioned sound(void) {
  return (EincDLManagedVersioned){.version = {1, 1},
                                  .deleter = delete,
                                  .tensor = {.data = values,
                                             .device = {EINC_DL_CPU, 0},
                                             .rank = 2,
                                             .type = {EINC_DL_FLOAT, 64, 1},
                                             .extents = extents,
                                             .strides = strides}};
}

/* Both structs are refused the same way, and neither call deletes. */
static void checkRefused(int line, EincDLManagedVersioned object,
                         EincStatus expected, const char *message) {
  EincTensor tensor = {.rank = 77};
  EincError *error = NULL;
  EincStatus status = eincTensorFromDLPack(
      (struct DLManagedTensorVersioned *)&object, &tensor, &error);
  checkFails(__FILE__, line, status, error, expected, message);
  eincErrorDestroy(error);
  if (object.version.major == 1) {
    EincDLManaged legacy = {.tensor = object.tensor};
    status = eincTensorFromLegacyDLPack((struct DLManagedTensor *)&legacy,
                                        &tensor, &error);
    checkFails(__FILE__, line, status, error, expected, message);
    eincErrorDestroy(error);
  }
  CHECK(tensor.rank == 77 && numDeleted == 0);
}

#define REFUSED(change, status, message)                                       \
  do {                                                                         \
    EincDLManagedVersioned object = sound();                                   \
    EincDLTensor *tensor = &object.tensor;                                     \
    (void)tensor;                                                              \
    change;                                                                    \
    checkRefused(__LINE__, object, status, message);                           \
  } while (0)

static void testImports(void) {
  const EincStatus invalid = EINC_STATUS_INVALID_ARGUMENT;
  REFUSED(object.version.major = 2, invalid,
          "a DLPack tensor has version 2.1, expected 1.x");
  REFUSED(object.version.major = 0, invalid,
          "a DLPack tensor has version 0.1, expected 1.x");
  REFUSED(tensor->device.type = 2, EINC_STATUS_DEVICE,
          "a DLPack tensor lies on device type 2; only the CPU's memory, type "
          "1, can be used");
  REFUSED(tensor->device.type = -1, EINC_STATUS_DEVICE,
          "a DLPack tensor lies on device type -1; only the CPU's memory, type "
          "1, can be used");
  REFUSED(tensor->rank = -1, invalid,
          "a DLPack tensor has -1 axes, expected 0 to 4096");
  REFUSED(tensor->rank = INT32_MAX, invalid,
          "a DLPack tensor has 2147483647 axes, expected 0 to 4096");
  REFUSED(tensor->extents = NULL, invalid,
          "a DLPack tensor has 2 axes but no extents");
  REFUSED(tensor->data = NULL, invalid,
          "a DLPack tensor of shape (2, 3) has no data");
  REFUSED(tensor->byteOffset = 4, invalid,
          "a DLPack tensor of type f64 lies at an address that is no multiple "
          "of 8");
  REFUSED(tensor->byteOffset = UINT64_MAX - 7, invalid,
          "a DLPack tensor has byte offset 18446744073709551608, beyond the "
          "end of memory");
  REFUSED(tensor->extents = ((int64_t[]){2, -3}), invalid,
          "axis 1 has extent -3, expected 0 or more");
  REFUSED(tensor->extents = ((int64_t[]){INT64_MAX, 3}),
          EINC_STATUS_SIZE_OVERFLOW,
          "a tensor of shape (9223372036854775807, 3) has 2^63 elements or "
          "more");
  REFUSED(tensor->strides = ((int64_t[]){INT64_MIN + 1, 1}), invalid,
          "a tensor of shape (2, 3) and strides (-9223372036854775807, 1) "
          "reaches over 2^63 bytes or more");
}

static void testTypes(void) {
  static const struct {
    EincDLType type;
    const char *text;
  } rows[] = {
      {{1, 16, 1}, "code 1, 16 bits, 1 lanes"}, /* u16 */
      {{1, 64, 1}, "code 1, 64 bits, 1 lanes"},
      {{0, 4, 1}, "code 0, 4 bits, 1 lanes"},
      {{2, 64, 2}, "code 2, 64 bits, 2 lanes"},
      {{2, 64, 0}, "code 2, 64 bits, 0 lanes"},
      {{2, 128, 1}, "code 2, 128 bits, 1 lanes"},
      {{3, 64, 1}, "code 3, 64 bits, 1 lanes"}, /* a handle */
      {{4, 32, 1}, "code 4, 32 bits, 1 lanes"},
      {{5, 32, 1}, "code 5, 32 bits, 1 lanes"}, /* complex of halves */
      {{6, 1, 1}, "code 6, 1 bits, 1 lanes"},
      {{10, 8, 1}, "code 10, 8 bits, 1 lanes"}, /* a float8 */
      {{255, 64, 1}, "code 255, 64 bits, 1 lanes"},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    char message[200];
    snprintf(message, sizeof(message),
             "a DLPack tensor has elements of type %s, which no element type "
             "is",
             rows[i].text);
    REFUSED(tensor->type = rows[i].type, EINC_STATUS_UNSUPPORTED_TYPE, message);
  }
}

static void testNulls(void) {
  EincTensor tensor = {.data = values, .type = EINC_TYPE_F64};
  EincDLManagedVersioned object = sound();
  EincDLManaged legacy = {.tensor = object.tensor};
  CHECK_FAILS(eincTensorFromDLPack(NULL, &tensor, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'managed' is null");
  CHECK_FAILS(eincTensorFromDLPack((struct DLManagedTensorVersioned *)&object,
                                   NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'tensor' is null");
  CHECK_FAILS(eincTensorFromLegacyDLPack(NULL, &tensor, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'managed' is null");
  CHECK_FAILS(eincTensorFromLegacyDLPack((struct DLManagedTensor *)&legacy,
                                         NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'tensor' is null");
  struct DLManagedTensorVersioned *out = NULL;
  struct DLManagedTensor *legacyOut = NULL;
  CHECK_FAILS(eincTensorToDLPack(NULL, NULL, NULL, &out, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'tensor' is null");
  CHECK_FAILS(eincTensorToDLPack(&tensor, NULL, NULL, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'managed' is null");
  CHECK_FAILS(eincTensorToLegacyDLPack(NULL, NULL, NULL, &legacyOut, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'tensor' is null");
  CHECK_FAILS(eincTensorToLegacyDLPack(&tensor, NULL, NULL, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'managed' is null");
}

static void countRelease(void *context) { ++*(int *)context; }

static void testExports(void) {
  int numReleased = 0;
  struct DLManagedTensorVersioned *out = NULL;
  EincTensor tensor = {.data = values,
                       .extents = extents,
                       .rank = 2,
                       .type = EINC_TYPE_C64,
                       .flags = EINC_TENSOR_CONJUGATE};
#define FAILS(status, message)                                                 \
  CHECK_FAILS(                                                                 \
      eincTensorToDLPack(&tensor, countRelease, &numReleased, &out, &error),   \
      status, message)
  FAILS(EINC_STATUS_INVALID_ARGUMENT,
        "a conjugated tensor cannot be given to DLPack");
  tensor.flags = 0;
  tensor.type = 12;
  FAILS(EINC_STATUS_INVALID_ARGUMENT,
        "the tensor has type 12, which is no EincType");
  tensor.type = EINC_TYPE_F64;
  tensor.device = 1;
  FAILS(EINC_STATUS_DEVICE,
        "the tensor lies on device 1; only the CPU's memory, 0, can be used");
  tensor.device = EINC_DEVICE_CPU;
  tensor.data = NULL;
  FAILS(EINC_STATUS_INVALID_ARGUMENT, "'data' is null");
#undef FAILS
  CHECK(out == NULL && numReleased == 0);
}

void testDLPackMistakes(void) {
  testImports();
  testTypes();
  testNulls();
  testExports();
}
