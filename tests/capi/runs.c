/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Computing: in one call, and compiled once for many.
 */
#include "tests/capi/check.h"

#include <complex.h>
#include <stdlib.h>

static const int64_t shapeA[2] = {3, 4}, shapeB[2] = {4, 2}, shapeC[2] = {3, 2};
static double a[12] = {1, -2, 3, 4, 5, 6, -7, 8, 9, 10, 11, 12};
static double b[8] = {2, 3, 5, 7, 11, -13, 17, 19};
/* A B, worked out by hand. */
static const double product[6] = {93, 26, 99, 300, 393, 182};

static int equal(const double *values, double alpha, double beta,
                 const double *before) {
  for (int i = 0; i < 6; ++i)
    if (values[i] != alpha * product[i] + beta * (before ? before[i] : 0))
      return 0;
  return 1;
}

static void testOneCall(void) {
  double c[6] = {-1, -1, -1, -1, -1, -1};
  EincTensor operands[2] = {matrix(a, shapeA), matrix(b, shapeB)};
  EincTensor output = matrix(c, shapeC);
  CHECK_OK(eincEinsum("ij,jk->ik", 2, operands, &output, NULL, NULL, &error));
  CHECK(equal(c, 1, 0, NULL));

  /* The same into a transposed output, from a transposed operand. */
  double transposedB[8], transposedC[6];
  for (int j = 0; j < 4; ++j)
    for (int k = 0; k < 2; ++k)
      transposedB[k * 4 + j] = b[j * 2 + k];
  operands[1] = matrix(transposedB, shapeB);
  operands[1].strides = (int64_t[]){1, 4};
  output.data = transposedC;
  output.strides = (int64_t[]){1, 3};
  CHECK_OK(eincEinsum("ij,jk->ik", 2, operands, &output, NULL, NULL, &error));
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 2; ++k)
      CHECK(transposedC[k * 3 + i] == product[i * 2 + k]);

  /* alpha and beta. */
  EincNumber alpha = {.real = 0.5};
  EincNumber beta = {.form = EINC_NUMBER_INTEGER, .integer = -3};
  EincRunOptions run = {
      .structSize = sizeof(run), .alpha = &alpha, .beta = &beta};
  double before[6] = {1, 2, 3, 4, 5, 6};
  memcpy(c, before, sizeof(c));
  output = matrix(c, shapeC);
  CHECK_OK(eincEinsum("ij,jk->ik", 2, operands, &output, &run, NULL, &error));
  CHECK(equal(c, 0.5, -3, before));
}

static void testTypes(void) {
  uint32_t type = 99;
  uint32_t types[3] = {EINC_TYPE_I8, EINC_TYPE_U8, EINC_TYPE_F16};
  CHECK_OK(eincTypePromote(3, types, &type, &error));
  CHECK(type == EINC_TYPE_F16);
  CHECK_OK(eincTypePromote(2, types, &type, &error));
  CHECK(type == EINC_TYPE_I16);
  CHECK_FAILS(eincTypePromote(0, types, &type, &error),
              EINC_STATUS_INVALID_ARGUMENT, "no types, expected one or more");
  types[1] = EINC_TYPE_BF16 + 1;
  CHECK_FAILS(eincTypePromote(3, types, &type, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "type 1 is 12, which is no EincType");
  CHECK_FAILS(eincTypePromote(1, NULL, &type, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'types' is null");
  CHECK_FAILS(eincTypePromote(1, types, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'type' is null");

  /* Bytes summed in i32: 2 * 100 * 100 does not fit in i8. */
  int8_t bytes[2] = {100, 100};
  int32_t sum = 0;
  const int64_t two[1] = {2};
  EincTensor vector = {
      .data = bytes, .extents = two, .rank = 1, .type = EINC_TYPE_I8};
  EincTensor operands[2] = {vector, vector};
  EincTensor scalar = {.data = &sum, .type = EINC_TYPE_I32};
  EincOptions options = {.structSize = sizeof(options),
                         .accumulate = EINC_TYPE_I32};
  CHECK_OK(eincEinsum("i,i->", 2, operands, &scalar, NULL, &options, &error));
  CHECK(sum == 20000);

  /* sum of |z|^2, scaled by a complex number. */
  double complex z[2] = {1 + 2 * I, 3 - 4 * I}, result = 0;
  EincTensor complexes[2] = {
      {.data = z,
       .extents = two,
       .rank = 1,
       .type = EINC_TYPE_C128,
       .flags = EINC_TENSOR_CONJUGATE | EINC_TENSOR_READ_ONLY},
      {.data = z, .extents = two, .rank = 1, .type = EINC_TYPE_C128}};
  EincTensor out = {.data = &result, .type = EINC_TYPE_C128};
  EincNumber alpha = {.form = EINC_NUMBER_COMPLEX, .real = 0, .imaginary = 2};
  EincRunOptions run = {.structSize = sizeof(run), .alpha = &alpha};
  CHECK_OK(eincEinsum("i,i->", 2, complexes, &out, &run, NULL, &error));
  CHECK(creal(result) == 0 && cimag(result) == 60);
}

static void testExecutable(void) {
  EincEquation *equation = parse("ij,jk->ik");
  EincTensor operands[2] = {matrix(NULL, shapeA), matrix(NULL, shapeB)};
  EincExecutable *executable = NULL;
  CHECK_OK(eincExecutableCompile(equation, 2, operands, NULL, NULL, &executable,
                                 &error));
  CHECK(eincExecutableNumOperands(executable) == 2);
  EincTensor tensor;
  CHECK_OK(eincExecutableGetTensor(executable, 1, &tensor, &error));
  CHECK(tensor.data == NULL && tensor.rank == 2 && tensor.extents[0] == 4 &&
        tensor.extents[1] == 2 && tensor.strides[0] == 2 &&
        tensor.strides[1] == 1 && tensor.type == EINC_TYPE_F64 &&
        tensor.device == EINC_DEVICE_CPU && tensor.flags == 0);
  CHECK_OK(eincExecutableGetTensor(executable, 2, &tensor, &error));
  CHECK(tensor.extents[0] == 3 && tensor.extents[1] == 2);
  CHECK_FAILS(eincExecutableGetTensor(executable, 3, &tensor, &error),
              EINC_STATUS_INVALID_ARGUMENT, "there is no operand 3 of 2");

  EincPlan *plan = NULL;
  CHECK_OK(eincExecutableGetPlan(executable, &plan, &error));
  CHECK(eincPlanFlops(plan) == 48);
  /* The equation and the executable may go before the plan. */
  eincEquationDestroy(equation);

  double c[6] = {0};
  operands[0].data = a;
  operands[1].data = b;
  EincTensor output = matrix(c, shapeC);
  for (int i = 0; i < 3; ++i) {
    memset(c, i, sizeof(c));
    CHECK_OK(eincExecutableRun(executable, 2, operands, &output, NULL, &error));
    CHECK(equal(c, 1, 0, NULL));
  }
  CHECK_FAILS(eincExecutableRun(executable, 1, operands, &output, NULL, &error),
              EINC_STATUS_OPERAND_COUNT,
              "the expression was compiled for 2 operands but 1 are given");
  EincTensor other = operands[1];
  other.extents = (int64_t[]){2, 4};
  EincTensor pair[2] = {operands[0], other};
  CHECK_FAILS(eincExecutableRun(executable, 2, pair, &output, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "operand 1 has shape (2, 4) but the expression was compiled for "
              "(4, 2)");
  pair[1] = operands[1];
  pair[1].type = EINC_TYPE_F32;
  CHECK_FAILS(eincExecutableRun(executable, 2, pair, &output, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "operand 1 has elements of type f32 but the expression was "
              "compiled for f64");
  pair[1] = operands[1];
  pair[1].data = (char *)b + 4;
  CHECK_FAILS(eincExecutableRun(executable, 2, pair, &output, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "operand 1 of type f64 lies at an address that is no multiple of "
              "8");
  pair[1].data = c;
  CHECK_FAILS(eincExecutableRun(executable, 2, pair, &output, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "the output overlaps operand 1 in memory");
  pair[1].data = NULL;
  CHECK_FAILS(eincExecutableRun(executable, 2, pair, &output, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "operand 1 has elements but its address is null");
  CHECK(equal(c, 1, 0, NULL)); /* untouched by the mistakes */
  eincExecutableDestroy(executable);
  CHECK(eincPlanNumSteps(plan) == 1);
  eincPlanDestroy(plan);
}

/* An output of a type of its own: strides, and one that must fit. */
static void testOutputType(void) {
  EincEquation *equation = parse("ij->ij");
  EincTensor operand = matrix(a, shapeA), output = matrix(NULL, shapeA);
  output.strides = (int64_t[]){-1, -3};
  EincExecutable *executable = NULL;
  CHECK_OK(eincExecutableCompile(equation, 1, &operand, &output, NULL,
                                 &executable, &error));
  double memory[12] = {0};
  output.data = memory + 11;
  CHECK_OK(eincExecutableRun(executable, 1, &operand, &output, NULL, &error));
  CHECK(memory[11] == 1 && memory[10] == 5 && memory[9] == 9 &&
        memory[8] == -2 && memory[0] == 12);
  eincExecutableDestroy(executable);

  executable = NULL;
  output.extents = shapeB;
  CHECK_FAILS(eincExecutableCompile(equation, 1, &operand, &output, NULL,
                                    &executable, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "the output has shape (4, 2) but the equation's result has shape "
              "(3, 4)");
  output = matrix(NULL, shapeA);
  output.flags = EINC_TENSOR_CONJUGATE; /* of real numbers: means nothing */
  CHECK_OK(eincExecutableCompile(equation, 1, &operand, &output, NULL,
                                 &executable, &error));
  eincExecutableDestroy(executable);
  eincEquationDestroy(equation);
}

static void testTensorMistakes(void) {
  double c[6] = {7, 7, 7, 7, 7, 7};
  EincTensor good[2] = {matrix(a, shapeA), matrix(b, shapeB)}, bad[2];
  EincTensor output = matrix(c, shapeC), out;
#define RUN eincEinsum("ij,jk->ik", 2, bad, &out, NULL, NULL, &error)
#define EXPECT(change, status, message)                                        \
  do {                                                                         \
    memcpy(bad, good, sizeof(bad));                                            \
    out = output;                                                              \
    change;                                                                    \
    CHECK_FAILS(RUN, status, message);                                         \
  } while (0)
  EXPECT(bad[1].type = 12, EINC_STATUS_INVALID_ARGUMENT,
         "operand 1 has type 12, which is no EincType");
  EXPECT(bad[0].type = UINT32_MAX, EINC_STATUS_INVALID_ARGUMENT,
         "operand 0 has type 4294967295, which is no EincType");
  EXPECT(bad[1].device = 2, EINC_STATUS_DEVICE,
         "operand 1 lies on device 2; only the CPU's memory, 0, can be used");
  EXPECT(bad[0].flags = 4, EINC_STATUS_INVALID_ARGUMENT,
         "operand 0 has flags 4 and reserved 0, not all of which are known");
  EXPECT(out.reserved = 1, EINC_STATUS_INVALID_ARGUMENT,
         "the output has flags 0 and reserved 1, not all of which are known");
  EXPECT(bad[0].rank = EINC_MAX_RANK + 1, EINC_STATUS_INVALID_ARGUMENT,
         "operand 0 has 4097 axes, expected at most 4096");
  EXPECT(bad[1].extents = NULL, EINC_STATUS_INVALID_ARGUMENT,
         "operand 1 has 2 axes but its extents are null");
  EXPECT(bad[0].extents = ((int64_t[]){3, -4}), EINC_STATUS_INVALID_ARGUMENT,
         "axis 1 has extent -4, expected 0 or more");
  EXPECT(bad[0].extents = ((int64_t[]){INT64_MAX, 2}),
         EINC_STATUS_SIZE_OVERFLOW,
         "a tensor of shape (9223372036854775807, 2) has 2^63 elements or "
         "more");
  EXPECT(bad[0].strides = ((int64_t[]){INT64_MAX, 1}),
         EINC_STATUS_INVALID_ARGUMENT,
         "a tensor of shape (3, 4) and strides (9223372036854775807, 1) "
         "reaches over 2^63 bytes or more");
  EXPECT(out.flags = EINC_TENSOR_READ_ONLY, EINC_STATUS_INVALID_ARGUMENT,
         "the output is read-only");
  EXPECT(out.type = EINC_TYPE_F32, EINC_STATUS_INVALID_ARGUMENT,
         "the output has elements of type f32 but the result has type f64");
  EXPECT(out.data = NULL, EINC_STATUS_INVALID_ARGUMENT,
         "the output has elements but its address is null");
  EXPECT(out.strides = ((int64_t[]){0, 1}), EINC_STATUS_INVALID_ARGUMENT,
         "the output has elements that share memory: shape (3, 2), strides "
         "(0, 1)");
#undef EXPECT
#undef RUN
  for (int i = 0; i < 6; ++i)
    CHECK(c[i] == 7);
}

static void testNulls(void) {
  EincTensor operands[2] = {matrix(a, shapeA), matrix(b, shapeB)};
  double c[6];
  EincTensor output = matrix(c, shapeC), tensor;
  CHECK_FAILS(eincEinsum(NULL, 2, operands, &output, NULL, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'equation' is null");
  CHECK_FAILS(eincEinsum("ij,jk", 2, NULL, &output, NULL, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'operands' is null");
  CHECK_FAILS(eincEinsum("ij,jk", 2, operands, NULL, NULL, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'output' is null");
  CHECK_FAILS(eincEinsum("ij,jk->ik", 0, NULL, &output, NULL, NULL, &error),
              EINC_STATUS_OPERAND_COUNT,
              "the equation has 2 terms but there are no operands");

  EincEquation *equation = parse("ij,jk->ik");
  EincExecutable *executable = NULL;
  CHECK_FAILS(
      eincExecutableCompile(NULL, 2, operands, NULL, NULL, &executable, &error),
      EINC_STATUS_INVALID_ARGUMENT, "'equation' is null");
  CHECK_FAILS(
      eincExecutableCompile(equation, 2, NULL, NULL, NULL, &executable, &error),
      EINC_STATUS_INVALID_ARGUMENT, "'operands' is null");
  CHECK_FAILS(
      eincExecutableCompile(equation, 2, operands, NULL, NULL, NULL, &error),
      EINC_STATUS_INVALID_ARGUMENT, "'executable' is null");
  CHECK(executable == NULL);
  CHECK_FAILS(eincExecutableRun(NULL, 2, operands, &output, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'executable' is null");
  EincPlan *plan = NULL;
  CHECK_FAILS(eincExecutableGetPlan(NULL, &plan, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'executable' is null");
  CHECK_FAILS(eincExecutableGetTensor(NULL, 0, &tensor, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'executable' is null");
  CHECK_OK(eincExecutableCompile(equation, 2, operands, NULL, NULL, &executable,
                                 &error));
  CHECK_FAILS(eincExecutableRun(executable, 2, NULL, &output, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'operands' is null");
  CHECK_FAILS(eincExecutableRun(executable, 2, operands, NULL, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'output' is null");
  CHECK_FAILS(eincExecutableGetPlan(executable, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'plan' is null");
  CHECK_FAILS(eincExecutableGetTensor(executable, 0, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'tensor' is null");
  eincExecutableDestroy(executable);
  eincEquationDestroy(equation);

  eincExecutableDestroy(NULL);
  CHECK(eincExecutableNumOperands(NULL) == 0);
  CHECK(eincExecutableWorkspaceBytes(NULL, 1) == 0);
}

void testRuns(void) {
  testOneCall();
  testTypes();
  testExecutable();
  testOutputType();
  testTensorMistakes();
  testNulls();
}
