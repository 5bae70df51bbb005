/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Equations: parsed, made of numbers, looked into, given shapes.
 */
#include "tests/capi/check.h"

static void testText(void) {
  EincEquation *equation = parse(" ij , jk -> ki ");
  CHECK_TEXT(eincEquationText(equation), "ij,jk->ki");
  CHECK(eincEquationNumOperands(equation) == 2);
  CHECK(eincEquationNumLabels(equation) == 3);
  CHECK_TEXT(eincEquationLabelName(equation, 0), "i");
  CHECK_TEXT(eincEquationLabelName(equation, 2), "k");
  CHECK(eincEquationLabelName(equation, 3) == NULL);

  uint32_t labels[3] = {9, 9, 9};
  int64_t ellipsis = 9;
  CHECK(eincEquationTermLabels(equation, 1, labels, 3, &ellipsis) == 2);
  CHECK(labels[0] == 1 && labels[1] == 2 && labels[2] == 9 && ellipsis == -1);
  /* The output; room for one label only. */
  labels[1] = 9;
  CHECK(eincEquationTermLabels(equation, 2, labels, 1, NULL) == 2);
  CHECK(labels[0] == 2 && labels[1] == 9);
  CHECK(eincEquationTermLabels(equation, 0, NULL, 0, NULL) == 2);
  ellipsis = 9;
  CHECK(eincEquationTermLabels(equation, 3, labels, 3, &ellipsis) == 0);
  CHECK(ellipsis == -1);
  eincEquationDestroy(equation);

  equation = parse("row...,row mid->mid...");
  CHECK_TEXT(eincEquationLabelName(equation, 1), "mid");
  CHECK(eincEquationTermLabels(equation, 0, labels, 3, &ellipsis) == 1);
  CHECK(ellipsis == 1);
  eincEquationDestroy(equation);
}

static void testLabels(void) {
  EincLabels operands[2] = {{(int64_t[]){0, EINC_ELLIPSIS, 7}, 3},
                            {(int64_t[]){7, 2}, 2}};
  EincLabels output = {(int64_t[]){EINC_ELLIPSIS, 2, 0}, 3};
  EincEquation *equation = NULL;
  CHECK_OK(eincEquationFromLabels(2, operands, &output, &equation, &error));
  CHECK_TEXT(eincEquationText(equation), "A...H,HC->...CA");
  int64_t ellipsis = 9;
  uint32_t labels[2] = {9, 9};
  CHECK(eincEquationTermLabels(equation, 2, labels, 2, &ellipsis) == 2);
  CHECK(ellipsis == 0 && labels[0] == 2 && labels[1] == 0);
  eincEquationDestroy(equation);

  CHECK_OK(eincEquationFromLabels(2, operands, NULL, &equation, &error));
  CHECK_TEXT(eincEquationText(equation), "A...H,HC->...AC");
  eincEquationDestroy(equation);

  equation = NULL;
  EincLabels scalar = {NULL, 0};
  CHECK_OK(eincEquationFromLabels(1, &scalar, NULL, &equation, &error));
  CHECK_TEXT(eincEquationText(equation), "->");
  eincEquationDestroy(equation);
}

static void testShapes(void) {
  EincEquation *equation = parse("b...i,...ij->...jb");
  EincShape shapes[2] = {{(int64_t[]){2, 5, 1, 3}, 4},
                         {(int64_t[]){7, 3, 4}, 3}};
  int64_t extents[4] = {0};
  size_t rank = 0;
  CHECK_OK(
      eincEquationInferShape(equation, 2, shapes, 4, extents, &rank, &error));
  CHECK(rank == 4 && extents[0] == 5 && extents[1] == 7 && extents[2] == 4 &&
        extents[3] == 2);
  rank = 0;
  CHECK_FAILS(
      eincEquationInferShape(equation, 2, shapes, 3, extents, &rank, &error),
      EINC_STATUS_INVALID_ARGUMENT,
      "the result has 4 axes but there is room for 3");
  CHECK(rank == 4);
  CHECK_FAILS(
      eincEquationInferShape(equation, 1, shapes, 4, extents, &rank, &error),
      EINC_STATUS_OPERAND_COUNT,
      "the equation has 2 terms but there is 1 operand");
  EincShape negative[2] = {shapes[0], {(int64_t[]){7, 3, -4}, 3}};
  CHECK_FAILS(
      eincEquationInferShape(equation, 2, negative, 4, extents, &rank, &error),
      EINC_STATUS_INVALID_ARGUMENT,
      "axis 2 of operand 1 has the negative extent -4");
  negative[1].extents = (int64_t[]){7, 3, INT64_MIN};
  CHECK_FAILS(
      eincEquationInferShape(equation, 2, negative, 4, extents, &rank, &error),
      EINC_STATUS_INVALID_ARGUMENT,
      "axis 2 of operand 1 has the negative extent -9223372036854775808");
  shapes[1].rank = EINC_MAX_RANK + 1;
  CHECK_FAILS(
      eincEquationInferShape(equation, 2, shapes, 4, extents, &rank, &error),
      EINC_STATUS_INVALID_ARGUMENT,
      "operand 1 has 4097 axes, expected at most 4096");
  shapes[1] = (EincShape){NULL, 2};
  CHECK_FAILS(
      eincEquationInferShape(equation, 2, shapes, 4, extents, &rank, &error),
      EINC_STATUS_INVALID_ARGUMENT, "'extents of a shape' is null");
  CHECK_FAILS(
      eincEquationInferShape(equation, 2, NULL, 4, extents, &rank, &error),
      EINC_STATUS_INVALID_ARGUMENT, "'shapes' is null");
  CHECK_FAILS(
      eincEquationInferShape(equation, 2, shapes, 4, NULL, &rank, &error),
      EINC_STATUS_INVALID_ARGUMENT, "'extents' is null");
  CHECK_FAILS(
      eincEquationInferShape(equation, 2, shapes, 4, extents, NULL, &error),
      EINC_STATUS_INVALID_ARGUMENT, "'rank' is null");
  CHECK_FAILS(
      eincEquationInferShape(NULL, 2, shapes, 4, extents, &rank, &error),
      EINC_STATUS_INVALID_ARGUMENT, "'equation' is null");
  eincEquationDestroy(equation);

  /* A scalar needs no room. */
  equation = parse("i,i->");
  EincShape vectors[2] = {{(int64_t[]){6}, 1}, {(int64_t[]){6}, 1}};
  CHECK_OK(
      eincEquationInferShape(equation, 2, vectors, 0, NULL, &rank, &error));
  CHECK(rank == 0);
  eincEquationDestroy(equation);
}

static void testMistakes(void) {
  EincEquation *equation = NULL;
  CHECK_FAILS(eincEquationParse("ij,jk->iz", &equation, &error),
              EINC_STATUS_UNKNOWN_OUTPUT_LABEL,
              "label 'z' of the output is in no input");
  CHECK_FAILS(eincEquationParse(NULL, &equation, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'text' is null");
  CHECK_FAILS(eincEquationParse("i", NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'equation' is null");
  EincLabels list = {NULL, 1};
  CHECK_FAILS(eincEquationFromLabels(1, &list, NULL, &equation, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'labels of a list' is null");
  CHECK_FAILS(eincEquationFromLabels(1, NULL, NULL, &equation, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'operands' is null");
  list.count = 0;
  CHECK_FAILS(eincEquationFromLabels(1, &list, NULL, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'equation' is null");
  CHECK(eincEquationFromLabels(0, NULL, NULL, &equation, NULL) ==
        EINC_STATUS_OPERAND_COUNT);
  CHECK(equation == NULL);

  eincEquationDestroy(NULL);
  CHECK(eincEquationText(NULL) == NULL);
  CHECK(eincEquationNumOperands(NULL) == 0);
  CHECK(eincEquationNumLabels(NULL) == 0);
  CHECK(eincEquationLabelName(NULL, 0) == NULL);
  CHECK(eincEquationTermLabels(NULL, 0, NULL, 0, NULL) == 0);
}

void testEquations(void) {
  testText();
  testLabels();
  testShapes();
  testMistakes();
}
