/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Plans: costs, steps, paths, texts.
 */
#include "tests/capi/check.h"

static const EincShape shapes[3] = {{(const int64_t[]){1000, 10}, 2},
                                    {(const int64_t[]){10, 1000}, 2},
                                    {(const int64_t[]){1000, 1}, 2}};

static void testPlan(const EincEquation *equation) {
  EincPlan *plan = NULL;
  CHECK_OK(eincPlanCreate(equation, 3, shapes, NULL, &plan, &error));
  CHECK(eincPlanFlops(plan) == 4e4);
  CHECK(eincPlanLeftToRightFlops(plan) == 2.2e7);
  CHECK(eincPlanLargestIntermediate(plan) == 1000);
  CHECK(eincPlanSeconds(plan) >= 0);
  CHECK_TEXT(eincPlanMethod(plan), "optimal");
  CHECK(eincPlanNumSteps(plan) == 2);

  EincPlanStep step = {.structSize = sizeof(step)};
  CHECK_OK(eincPlanGetStep(plan, 0, &step, &error));
  CHECK(step.structSize == sizeof(step));
  CHECK(step.operands[0] == 1 && step.operands[1] == 2);
  CHECK_TEXT(step.equation, "jk,kl->jl");
  CHECK(step.flops == 2e4 && step.size == 10);
  CHECK_OK(eincPlanGetStep(plan, 1, &step, &error));
  CHECK(step.operands[0] == 0 && step.operands[1] == 3);
  CHECK_TEXT(step.equation, "ij,jl->il");

  uint32_t pairs[5] = {9, 9, 9, 9, 9};
  CHECK_OK(eincPlanGetPath(plan, pairs, &error));
  CHECK(pairs[0] == 1 && pairs[1] == 2 && pairs[2] == 0 && pairs[3] == 1 &&
        pairs[4] == 9);

  CHECK(strstr(eincPlanTable(plan), "planned                4e4 flops") != 0);
  CHECK(strstr(eincPlanJSON(plan), "\"ssa_path\":[[1,2],[0,3]]") != 0);
  CHECK(eincPlanJSON(plan) == eincPlanJSON(plan)); /* the plan's own */
  eincPlanDestroy(plan);
}

/* Steps of an older and of a newer header. */
static void testStepSizes(const EincEquation *equation) {
  EincPlan *plan = NULL;
  CHECK_OK(eincPlanCreate(equation, 3, shapes, NULL, &plan, &error));
  EincPlanStep old = {
      .structSize = offsetof(EincPlanStep, flops), .flops = 77, .size = 78};
  CHECK_OK(eincPlanGetStep(plan, 0, &old, &error));
  CHECK_TEXT(old.equation, "jk,kl->jl");
  CHECK(old.structSize == offsetof(EincPlanStep, flops));
  CHECK(old.flops == 77 && old.size == 78);

  struct {
    EincPlanStep known;
    double later;
    double beyond;
  } newer = {{.structSize = sizeof(EincPlanStep) + sizeof(double)}, 79, 80};
  CHECK_OK(eincPlanGetStep(plan, 0, &newer.known, &error));
  CHECK(newer.known.size == 10 && newer.later == 0 && newer.beyond == 80);

  EincPlanStep unset = {.structSize = 0};
  CHECK_FAILS(eincPlanGetStep(plan, 0, &unset, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "structSize of EincPlanStep is 0, expected 40");
  eincPlanDestroy(plan);
}

static void testPaths(const EincEquation *equation) {
  /* (AB)C, told both ways. */
  EincOperandList linear[2] = {{(uint32_t[]){0, 1}, 2},
                               {(uint32_t[]){0, 1}, 2}};
  EincOperandList ssa[2] = {{(uint32_t[]){0, 1}, 2}, {(uint32_t[]){2, 3}, 2}};
  EincOptions options = {
      .structSize = sizeof(options), .path = linear, .pathLength = 2};
  EincPlan *plan = NULL;
  CHECK_OK(eincPlanCreate(equation, 3, shapes, &options, &plan, &error));
  CHECK_TEXT(eincPlanMethod(plan), "path");
  CHECK(eincPlanFlops(plan) == 2.2e7);
  eincPlanDestroy(plan);
  plan = NULL;
  CHECK_FAILS(eincPlanCreate(equation, 3, shapes,
                             &(EincOptions){.structSize = sizeof(EincOptions),
                                            .path = ssa,
                                            .pathLength = 2},
                             &plan, &error),
              EINC_STATUS_INVALID_ARGUMENT,
              "path step 1 names position 2, but 2 operands are left");
  options.path = ssa;
  options.flags = EINC_OPTION_SSA_PATH;
  CHECK_OK(eincPlanCreate(equation, 3, shapes, &options, &plan, &error));
  CHECK(eincPlanFlops(plan) == 2.2e7);
  eincPlanDestroy(plan);

  options =
      (EincOptions){.structSize = sizeof(options), .optimize = "left-to-right"};
  CHECK_OK(eincPlanCreate(equation, 3, shapes, &options, &plan, &error));
  CHECK_TEXT(eincPlanMethod(plan), "left-to-right");
  eincPlanDestroy(plan);
}

/* A network large enough that places in the list are not obvious: the path that
 * comes out, given back in, makes the same plan. */
static void testPathOfANetwork(void) {
  enum { N = 9 };
  EincEquation *equation = parse("ab,bc,cd,de,ef,fg,gh,hi,ij->aj");
  static const int64_t extents[N][2] = {{31, 37}, {37, 3},  {3, 29},
                                        {29, 5},  {5, 23},  {23, 7},
                                        {7, 19},  {19, 11}, {11, 2}};
  EincShape chain[N];
  for (size_t i = 0; i < N; ++i)
    chain[i] = (EincShape){extents[i], 2};
  EincPlan *plan = NULL, *again = NULL;
  CHECK_OK(eincPlanCreate(equation, N, chain, NULL, &plan, &error));
  CHECK(eincPlanNumSteps(plan) == N - 1);
  uint32_t pairs[N - 1][2];
  CHECK_OK(eincPlanGetPath(plan, pairs[0], &error));
  EincOperandList path[N - 1];
  for (size_t i = 0; i < N - 1; ++i)
    path[i] = (EincOperandList){pairs[i], 2};
  EincOptions options = {
      .structSize = sizeof(options), .path = path, .pathLength = N - 1};
  CHECK_OK(eincPlanCreate(equation, N, chain, &options, &again, &error));
  CHECK(eincPlanFlops(plan) < eincPlanLeftToRightFlops(plan));
  for (size_t i = 0; i < N - 1; ++i) {
    EincPlanStep step = {.structSize = sizeof(step)};
    EincPlanStep other = {.structSize = sizeof(other)};
    CHECK_OK(eincPlanGetStep(plan, i, &step, &error));
    CHECK_OK(eincPlanGetStep(again, i, &other, &error));
    CHECK(step.operands[0] == other.operands[0] &&
          step.operands[1] == other.operands[1]);
  }
  eincPlanDestroy(plan);
  eincPlanDestroy(again);
  eincEquationDestroy(equation);
}

static void testMistakes(const EincEquation *equation) {
  EincPlan *plan = NULL;
  CHECK_FAILS(eincPlanCreate(NULL, 3, shapes, NULL, &plan, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'equation' is null");
  CHECK_FAILS(eincPlanCreate(equation, 3, NULL, NULL, &plan, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'shapes' is null");
  CHECK_FAILS(eincPlanCreate(equation, 3, shapes, NULL, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'plan' is null");
  CHECK(plan == NULL);
  CHECK_OK(eincPlanCreate(equation, 3, shapes, NULL, &plan, &error));
  EincPlanStep step = {.structSize = sizeof(step)};
  CHECK_FAILS(eincPlanGetStep(plan, 2, &step, &error),
              EINC_STATUS_INVALID_ARGUMENT, "there is no step 2 of 2");
  CHECK_FAILS(eincPlanGetStep(plan, 0, NULL, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'step' is null");
  CHECK_FAILS(eincPlanGetStep(NULL, 0, &step, &error),
              EINC_STATUS_INVALID_ARGUMENT, "'plan' is null");
  CHECK_FAILS(eincPlanGetPath(plan, NULL, &error), EINC_STATUS_INVALID_ARGUMENT,
              "'pairs' is null");
  CHECK_FAILS(eincPlanGetPath(NULL, NULL, &error), EINC_STATUS_INVALID_ARGUMENT,
              "'plan' is null");
  eincPlanDestroy(plan);

  eincPlanDestroy(NULL);
  CHECK(eincPlanFlops(NULL) == 0);
  CHECK(eincPlanLeftToRightFlops(NULL) == 0);
  CHECK(eincPlanLargestIntermediate(NULL) == 0);
  CHECK(eincPlanSeconds(NULL) == 0);
  CHECK(eincPlanMethod(NULL) == NULL);
  CHECK(eincPlanNumSteps(NULL) == 0);
  CHECK(eincPlanTable(NULL) == NULL);
  CHECK(eincPlanJSON(NULL) == NULL);
}

void testPlans(void) {
  EincEquation *equation = parse("ij,jk,kl->il");
  testPlan(equation);
  testStepSizes(equation);
  testPaths(equation);
  testPathOfANetwork();
  testMistakes(equation);
  eincEquationDestroy(equation);
}
