/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A program in C whose only library of einc is libeinc-runtime.a: it sums the
 * rows of a matrix with a kernel of its own, split over threads.
 */
#include "einc-c/Runtime.h"

#include <stdio.h>
#include <stdlib.h>

/* pointers: matrix, sums. params: columns. */
static void sumRows(void *const *pointers, const int64_t *params, void *scratch,
                    int64_t begin, int64_t end) {
  const double *matrix = pointers[0];
  double *sums = pointers[1];
  (void)scratch;
  for (int64_t row = begin; row < end; ++row) {
    sums[row] = 0;
    for (int64_t column = 0; column < params[0]; ++column)
      sums[row] += matrix[row * params[0] + column];
  }
}

static const EincToken tokens[] = {
    {0, EINC_OP_EXTENT, 0}, {3, EINC_OP_LITERAL, 0}, {1, EINC_OP_LITERAL, 0}};
static const EincBuffer buffers[] = {
    {EINC_BUFFER_ARGUMENT, 0, {0, 0}, {0, 0}, NULL},
    {EINC_BUFFER_ARGUMENT, 1, {0, 0}, {0, 0}, NULL}};
static const EincPointer pointers[] = {{0, 0, {0, 0}}, {1, 0, {0, 0}}};
static const EincExpression params[] = {{1, 1}};
static const EincStep steps[] = {
    {EINC_STEP_KERNEL, 0, 0, 0, 1, 0, 0, 0, {0, 1}, {2, 1}}};
static const int64_t matrixExtents[] = {-1, 3}, sumExtents[] = {-1};
static const EincArgument arguments[] = {
    {"A", EINC_TYPE_F64, 2, matrixExtents, NULL, EINC_NO_OPEN_STRIDES, 0},
    {"B", EINC_TYPE_F64, 1, sumExtents, NULL, EINC_NO_OPEN_STRIDES, 0}};

#define ROWS 1000

int main(void) {
  EincKernel kernel = {"sum", "", "", NULL, 0, 0, {0}, sumRows, 0, 2, 0};
  EincArtifact artifact = {EINC_ARTIFACT_ABI,
                           sizeof(EincArtifact),
                           &kernel,
                           tokens,
                           buffers,
                           pointers,
                           params,
                           steps,
                           arguments,
                           1,
                           3,
                           2,
                           2,
                           1,
                           1,
                           2,
                           1,
                           0,
                           EINC_TYPE_F64,
                           {0, 0},
                           "ij->i",
                           "{}"};
  EincVariant variant = {&artifact, 0, 0, {0, 0}};
  EincOpenNumber open = {"i", -1};
  EincProgram program = {EINC_ARTIFACT_ABI,
                         sizeof(EincProgram),
                         "rows",
                         "a test",
                         &variant,
                         &open,
                         1,
                         1,
                         4,
                         0};
#ifdef __aarch64__
  variant.architecture = EINC_ARCHITECTURE_AARCH64;
#endif
  static double matrix[ROWS * 3], sums[ROWS];
  void *data[] = {matrix, sums};
  int64_t rows = ROWS;
  for (int i = 0; i < ROWS * 3; ++i)
    matrix[i] = i;
  for (int call = 0; call < 3; ++call) {
    int result = eincRunProgram(&program, data, &rows, NULL, 0);
    if (result != EINC_RESULT_OK) {
      printf("%s\n", eincResultText(result));
      return EXIT_FAILURE;
    }
    for (int i = 0; i < ROWS; ++i)
      if (sums[i] != 9 * i + 3) {
        printf("row %d is %g\n", i, sums[i]);
        return EXIT_FAILURE;
      }
  }
  if (eincProgramWorkspaceBytes(&program, &rows) == UINT64_MAX)
    return EXIT_FAILURE;
  eincForgetProgram(&program);
  puts("sums of rows are right");
  return EXIT_SUCCESS;
}
