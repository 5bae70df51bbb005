/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Statuses and error objects.
 */
#include "tests/capi/check.h"

/* As include/einc/Error.h has them, in order. */
static const char *const names[] = {
    "ok",
    "syntax",
    "unknown-output-label",
    "operand-count",
    "rank-mismatch",
    "extent-mismatch",
    "diagonal-mismatch",
    "ellipsis-mismatch",
    "dropped-ellipsis",
    "size-overflow",
    "invalid-argument",
    "unsupported-type",
    "unsupported-target",
    "limit",
    "out-of-memory",
    "device",
    "bad-artifact",
    "io",
    "internal",
};

static void testNames(void) {
  for (int i = 0; i <= EINC_STATUS_INTERNAL; ++i)
    CHECK_TEXT(eincStatusName(i), names[i]);
  CHECK(sizeof(names) / sizeof(*names) == EINC_STATUS_INTERNAL + 1);
  CHECK_TEXT(eincStatusName(-1), "unknown");
  CHECK_TEXT(eincStatusName(EINC_STATUS_INTERNAL + 1), "unknown");
}

static void testObject(void) {
  EincEquation *equation = parse("\xc3\xa9k,kj->\xc3\xa9j"); /* e acute */
  EincShape shapes[2] = {{(int64_t[]){3, 4}, 2}, {(int64_t[]){5, 2}, 2}};
  int64_t extents[2] = {77, 78};
  size_t rank = 79;
  EincError *error = NULL;
  CHECK(eincEquationInferShape(equation, 2, shapes, 2, extents, &rank,
                               &error) == EINC_STATUS_EXTENT_MISMATCH);
  CHECK(rank == 79 && extents[0] == 77 && extents[1] == 78);
  CHECK(eincErrorStatus(error) == EINC_STATUS_EXTENT_MISMATCH);
  CHECK_TEXT(eincErrorMessage(error),
             "label 'k' has extent 4 in operand 0 but 5 in operand 1");
  CHECK_TEXT(eincErrorText(error),
             "error: label 'k' has extent 4 in operand 0 but 5 in operand 1\n"
             "  \xc3\xa9k,kj->\xc3\xa9j\n"
             "   ^ ^\n"
             "note: operand 0 has shape (3, 4), operand 1 has shape (5, 2); "
             "extents must be equal, or 1\n");
  CHECK(eincErrorNumPositions(error) == 2);
  EincPosition position = {0, 0};
  CHECK(eincErrorGetPosition(error, 0, &position) == EINC_OK);
  CHECK(position.codePoint == 1 && position.byte == 2);
  CHECK(eincErrorGetPosition(error, 1, &position) == EINC_OK);
  CHECK(position.codePoint == 3 && position.byte == 4);
  CHECK(eincErrorGetPosition(error, 2, &position) ==
        EINC_STATUS_INVALID_ARGUMENT);
  CHECK(position.codePoint == 3 && position.byte == 4);
  CHECK(eincErrorGetPosition(error, 0, NULL) == EINC_STATUS_INVALID_ARGUMENT);
  eincErrorDestroy(error);

  /* Whoever does not want the object passes NULL. */
  CHECK(eincEquationInferShape(equation, 2, shapes, 2, extents, &rank, NULL) ==
        EINC_STATUS_EXTENT_MISMATCH);
  eincEquationDestroy(equation);
}

static void testNull(void) {
  CHECK(eincErrorStatus(NULL) == EINC_OK);
  CHECK(eincErrorMessage(NULL) == NULL);
  CHECK(eincErrorText(NULL) == NULL);
  CHECK(eincErrorNumPositions(NULL) == 0);
  EincPosition position;
  CHECK(eincErrorGetPosition(NULL, 0, &position) ==
        EINC_STATUS_INVALID_ARGUMENT);
  eincErrorDestroy(NULL);
}

void testErrors(void) {
  testNames();
  testObject();
  testNull();
}
