/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Calls every function of the C API, as a strict C11 program does.
 */
#include "einc-c/Artifact.h"
#include "einc-c/DLPack.h"
#include "einc-c/Runtime.h"
#include "einc-c/einc.h"
#include "tests/capi/check.h"

int numFailures = 0;

void checkText(const char *file, int line, const char *text,
               const char *expected) {
  if (text && strcmp(text, expected) == 0)
    return;
  printf("%s:%d: '%s', expected '%s'\n", file, line, text ? text : "(null)",
         expected);
  ++numFailures;
}

void checkFails(const char *file, int line, EincStatus status,
                const EincError *error, EincStatus expected,
                const char *message) {
  if (status != expected) {
    printf("%s:%d: status %s, expected %s: %s\n", file, line,
           eincStatusName((int)status), eincStatusName((int)expected),
           status ? eincErrorText(error) : "");
    ++numFailures;
    return;
  }
  if (expected == EINC_OK) {
    if (error) {
      printf("%s:%d: an error object without an error\n", file, line);
      ++numFailures;
    }
    return;
  }
  if (eincErrorStatus(error) != expected) {
    printf("%s:%d: the error object says %s\n", file, line,
           eincStatusName((int)eincErrorStatus(error)));
    ++numFailures;
  }
  checkText(file, line, eincErrorMessage(error), message);
}

EincTensor matrix(double *data, const int64_t *extents) {
  EincTensor result = {
      .data = data, .extents = extents, .rank = 2, .type = EINC_TYPE_F64};
  return result;
}

EincEquation *parse(const char *text) {
  EincEquation *result = NULL;
  CHECK_OK(eincEquationParse(text, &result, &error));
  return result;
}

static void testVersion(void) {
  CHECK(eincVersionNumber() == EINC_VERSION);
  CHECK_TEXT(eincVersionText(), EINC_TEST_VERSION);
}

/* Programs have tests of their own; here only that libeinc.so has them. */
static void testRuntime(void) {
  CHECK(eincRunProgram(NULL, NULL, NULL, NULL, 0) ==
        EINC_RESULT_INVALID_ARGUMENT);
  CHECK(eincProgramWorkspaceBytes(NULL, NULL) == UINT64_MAX);
  eincForgetProgram(NULL);
  CHECK_TEXT(eincResultText(EINC_RESULT_OUT_OF_MEMORY), "out of memory");
}

int main(void) {
  setvbuf(stdout, NULL, _IONBF, 0); /* what was said before a crash stays */
  testVersion();
  testRuntime();
  testErrors();
  testEquations();
  testPlans();
  testRuns();
  testOptions();
  testDLPack();
  testDLPackMistakes();
  testForeignBefore();
  testForeignAfter();
  printf("%d failures\n", numFailures);
  return numFailures != 0;
}
