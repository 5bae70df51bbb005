/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What the C tests are written with: checks that count, and texts of errors.
 */
#ifndef EINC_TESTS_CAPI_CHECK_H
#define EINC_TESTS_CAPI_CHECK_H

#include "einc-c/einc.h"

#include <stdio.h>
#include <string.h>

extern int numFailures;

#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      printf("%s:%d: %s\n", __FILE__, __LINE__, #condition);                   \
      ++numFailures;                                                           \
    }                                                                          \
  } while (0)

/* The call fails with this status and message, and says both the same way in
 * its error object. `call` uses `&error`. */
#define CHECK_FAILS(call, expectedStatus, expectedMessage)                     \
  do {                                                                         \
    EincError *error = NULL;                                                   \
    EincStatus status = (call);                                                \
    checkFails(__FILE__, __LINE__, status, error, (expectedStatus),            \
               (expectedMessage));                                             \
    eincErrorDestroy(error);                                                   \
  } while (0)

/* The call succeeds and leaves no error object. */
#define CHECK_OK(call)                                                         \
  do {                                                                         \
    EincError *error = (EincError *)&numFailures; /* is overwritten */         \
    EincStatus status = (call);                                                \
    checkFails(__FILE__, __LINE__, status, error, EINC_OK, NULL);              \
    if (status)                                                                \
      eincErrorDestroy(error);                                                 \
  } while (0)

void checkFails(const char *file, int line, EincStatus status,
                const EincError *error, EincStatus expected,
                const char *message);
void checkText(const char *file, int line, const char *text,
               const char *expected);
#define CHECK_TEXT(text, expected)                                             \
  checkText(__FILE__, __LINE__, (text), (expected))

/* The parts of the test, each in a file of its own. */
void testErrors(void);
void testEquations(void);
void testPlans(void);
void testRuns(void);
void testOptions(void);
void testDLPack(void);
void testDLPackMistakes(void);
void testForeignBefore(void);
void testForeignAfter(void);

/* Tensors of these tests: dense, f64. */
EincTensor matrix(double *data, const int64_t *extents);
EincEquation *parse(const char *text);

#endif /* EINC_TESTS_CAPI_CHECK_H */
