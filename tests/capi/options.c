/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Option structs of every size, wrong options, the caller's workspace and the
 * caller's threads.
 */
#include "tests/capi/check.h"

#include <stdlib.h>

/* Large enough that its steps are split among threads, with an intermediate. */
enum { N = 192 };
static const int64_t shape[2] = {N, N};

typedef struct Problem {
  EincExecutable *executable;
  EincTensor operands[3];
  EincTensor output;
  double *expected;
} Problem;

static double *newMatrix(int seed) {
  double *result = malloc(sizeof(double) * N * N);
  for (int i = 0; i < N * N; ++i)
    result[i] = (i * 7 + seed * 13) % 11 - 5;
  return result;
}

static Problem newProblem(void) {
  Problem result = {.expected = malloc(sizeof(double) * N * N)};
  EincEquation *equation = parse("ij,jk,kl->il");
  for (int i = 0; i < 3; ++i)
    result.operands[i] = matrix(newMatrix(i), shape);
  EincOptions options = {.structSize = sizeof(options), .threads = 3};
  CHECK_OK(eincExecutableCompile(equation, 3, result.operands, NULL, &options,
                                 &result.executable, &error));
  eincEquationDestroy(equation);
  result.output = matrix(result.expected, shape);
  CHECK_OK(eincExecutableRun(result.executable, 3, result.operands,
                             &result.output, NULL, &error));
  result.output.data = newMatrix(9);
  return result;
}

static void destroyProblem(Problem *problem) {
  for (int i = 0; i < 3; ++i)
    free(problem->operands[i].data);
  free(problem->output.data);
  free(problem->expected);
  eincExecutableDestroy(problem->executable);
}

static int isExpected(const Problem *problem) {
  return memcmp(problem->output.data, problem->expected,
                sizeof(double) * N * N) == 0;
}

static void fill(const Problem *problem, int byte) {
  memset(problem->output.data, byte, sizeof(double) * N * N);
}

static void testWorkspace(const Problem *problem) {
#define RUN                                                                    \
  eincExecutableRun(problem->executable, 3, problem->operands,                 \
                    &problem->output, &run, &error)
  uint64_t bytes = eincExecutableWorkspaceBytes(problem->executable, 2);
  CHECK(bytes >= sizeof(double) * N * N); /* the intermediate */
  CHECK(eincExecutableWorkspaceBytes(problem->executable, 0) ==
        eincExecutableWorkspaceBytes(problem->executable, 3));
  /* Not one byte more: the sanitizer watches what follows. */
  uint64_t rounded = (bytes + 63) / 64 * 64;
  char *memory = aligned_alloc(64, rounded);
  memset(memory, 0xff, rounded);
  EincRunOptions run = {.structSize = sizeof(run),
                        .threads = 2,
                        .workspace = memory,
                        .workspaceBytes = bytes};
  fill(problem, 1);
  CHECK_OK(RUN);
  CHECK(isExpected(problem));

  char message[100];
  snprintf(message, sizeof(message),
           "the workspace has %llu bytes, %llu are needed for 2 threads",
           (unsigned long long)(bytes - 1), (unsigned long long)bytes);
  fill(problem, 2);
  run.workspaceBytes = bytes - 1;
  CHECK_FAILS(RUN, EINC_STATUS_INVALID_ARGUMENT, message);
  run.workspaceBytes = bytes;
  run.workspace = memory + 8;
  CHECK_FAILS(RUN, EINC_STATUS_INVALID_ARGUMENT,
              "the workspace is not 64-byte aligned");
  CHECK(((char *)problem->output.data)[0] == 2);
  free(memory);
#undef RUN
}

typedef struct Backwards {
  int numCalls;
  uint32_t most;
} Backwards;

static void runBackwards(void *context, uint32_t count, EincTask task,
                         void *argument) {
  Backwards *seen = context;
  ++seen->numCalls;
  if (count > seen->most)
    seen->most = count;
  while (count-- > 0)
    task(argument, count);
}

static void testExecutor(const Problem *problem) {
  Backwards seen = {0, 0};
  EincExecutor executor = {runBackwards, &seen};
  EincRunOptions run = {
      .structSize = sizeof(run), .threads = 4, .executor = &executor};
  fill(problem, 3);
  CHECK_OK(eincExecutableRun(problem->executable, 3, problem->operands,
                             &problem->output, &run, &error));
  CHECK(isExpected(problem));
  CHECK(seen.numCalls >= 2 && seen.most > 1 && seen.most <= 4);

  /* One thread asks nobody. */
  seen = (Backwards){0, 0};
  run.threads = 1;
  fill(problem, 4);
  CHECK_OK(eincExecutableRun(problem->executable, 3, problem->operands,
                             &problem->output, &run, &error));
  CHECK(isExpected(problem) && seen.numCalls == 0);

  /* In one call, too. */
  run.threads = 2;
  fill(problem, 5);
  CHECK_OK(eincEinsum("ij,jk,kl->il", 3, problem->operands, &problem->output,
                      &run, NULL, &error));
  CHECK(isExpected(problem) && seen.numCalls >= 2 && seen.most == 2);

  EincExecutor none = {NULL, NULL};
  run.executor = &none;
  CHECK_FAILS(eincExecutableRun(problem->executable, 3, problem->operands,
                                &problem->output, &run, &error),
              EINC_STATUS_INVALID_ARGUMENT, "the executor has no parallelFor");
}

static void testRunOptions(const Problem *problem) {
  EincRunOptions run = {.structSize = sizeof(run)};
#define FAILS(message)                                                         \
  CHECK_FAILS(eincExecutableRun(problem->executable, 3, problem->operands,     \
                                &problem->output, &run, &error),               \
              EINC_STATUS_INVALID_ARGUMENT, message)
  EincNumber number = {.form = 3};
  run.alpha = &number;
  FAILS("the form of alpha is 3, which is no EincNumberForm");
  run.alpha = NULL;
  run.beta = &number;
  FAILS("the form of beta is 3, which is no EincNumberForm");
  number = (EincNumber){.reserved = 5};
  FAILS("'reserved' is 5, expected 0");
  run.beta = NULL;
  run.reserved = 6;
  FAILS("'reserved' is 6, expected 0");
  run.reserved = 0;
  run.structSize = 7;
  FAILS("structSize of EincRunOptions is 7, expected 56");
  run.structSize = 4097;
  FAILS("structSize of EincRunOptions is 4097, expected 56");
  /* A header that knew alpha and beta only: threads and the rest are not
   * read. */
  run = (EincRunOptions){.structSize = offsetof(EincRunOptions, threads),
                         .workspace = &run,
                         .workspaceBytes = 1};
  fill(problem, 6);
  CHECK_OK(eincExecutableRun(problem->executable, 3, problem->operands,
                             &problem->output, &run, &error));
  CHECK(isExpected(problem));
#undef FAILS
}

/* What plans, so that nothing needs to be compiled. */
static EincStatus planWith(const EincOptions *options, EincError **error) {
  EincEquation *equation = parse("ij,jk->ik");
  EincShape shapes[2] = {{shape, 2}, {shape, 2}};
  EincPlan *plan = NULL;
  EincStatus status =
      eincPlanCreate(equation, 2, shapes, options, &plan, error);
  eincPlanDestroy(plan);
  eincEquationDestroy(equation);
  return status;
}

static void testOptionSizes(void) {
  struct {
    EincOptions known;
    uint64_t later;
  } newer = {.known = {.structSize = sizeof(newer)}};
  CHECK_OK(planWith(&newer.known, &error));
  newer.later = 1;
  CHECK_FAILS(planWith(&newer.known, &error), EINC_STATUS_INVALID_ARGUMENT,
              "byte 88 of EincOptions is set, but this version of einc knows "
              "only the first 88");
  newer.known.structSize = sizeof(EincOptions); /* not looked at */
  CHECK_OK(planWith(&newer.known, &error));

  EincOptions older = {.structSize = offsetof(EincOptions, cpu),
                       .optimize = "no such search"};
  CHECK_OK(planWith(&older, &error));
  older.structSize = sizeof(older);
  CHECK(planWith(&older, NULL) == EINC_STATUS_INVALID_ARGUMENT);
  older.structSize = 0;
  CHECK_FAILS(planWith(&older, &error), EINC_STATUS_INVALID_ARGUMENT,
              "structSize of EincOptions is 0, expected 88");
}

static void testOptionValues(void) {
  EincOptions options = {.structSize = sizeof(options)};
  CHECK_OK(planWith(&options, &error));
  options.flags = 8 | EINC_OPTION_SSA_PATH;
  CHECK_FAILS(planWith(&options, &error), EINC_STATUS_INVALID_ARGUMENT,
              "flags of EincOptions are 9, of which 8 is unknown");
  options.flags = 0;
  options.reserved = 1;
  CHECK_FAILS(planWith(&options, &error), EINC_STATUS_INVALID_ARGUMENT,
              "'reserved' is 1, expected 0");
  options.reserved = 0;
  options.accumulate = 12;
  CHECK_FAILS(planWith(&options, &error), EINC_STATUS_INVALID_ARGUMENT,
              "accumulate is 12, which is no EincType");
  options.accumulate = 0;
  options.pathLength = 1;
  CHECK_FAILS(planWith(&options, &error), EINC_STATUS_INVALID_ARGUMENT,
              "'path' is null");
  EincOperandList entry = {NULL, 2};
  options.path = &entry;
  CHECK_FAILS(planWith(&options, &error), EINC_STATUS_INVALID_ARGUMENT,
              "'operands of an entry of path' is null");
  options.pathLength = 0;
  options.timeLimit = 10;
  options.seed = 5;
  CHECK_OK(planWith(&options, &error));
}

/* Options that only compiling looks at. */
static void testCompileOptions(void) {
  EincEquation *equation = parse("ij,jk->ik");
  EincTensor operands[2] = {matrix(NULL, shape), matrix(NULL, shape)};
  EincExecutable *executable = NULL;
  EincOptions options = {.structSize = sizeof(options), .cpu = "z80"};
  CHECK(eincExecutableCompile(equation, 2, operands, NULL, &options,
                              &executable,
                              NULL) == EINC_STATUS_UNSUPPORTED_TARGET);
  options.cpu = NULL;
  options.maxMemory = 1000;
  CHECK(eincExecutableCompile(equation, 2, operands, NULL, &options,
                              &executable, NULL) == EINC_STATUS_LIMIT);
  options.maxMemory = 0;
  options.accumulate = EINC_TYPE_I32;
  CHECK(eincExecutableCompile(equation, 2, operands, NULL, &options,
                              &executable,
                              NULL) == EINC_STATUS_UNSUPPORTED_TYPE);
  CHECK(executable == NULL);
  eincEquationDestroy(equation);

  /* Kernels on disk, in a folder that nobody can make: costs time only. */
  options = (EincOptions){.structSize = sizeof(options),
                          .flags = EINC_OPTION_DISK_CACHE |
                                   EINC_OPTION_NO_EXPRESSIONS,
                          .cacheDirectory = "/dev/null/einc"};
  double a[4] = {1, 2, 3, 4}, c[4] = {0};
  const int64_t extents[2] = {2, 2};
  EincTensor operand = matrix(a, extents), output = matrix(c, extents);
  CHECK_OK(eincEinsum("ij->ji", 1, &operand, &output, NULL, &options, &error));
  CHECK(c[0] == 1 && c[1] == 3 && c[2] == 2 && c[3] == 4);
}

void testOptions(void) {
  Problem problem = newProblem();
  testWorkspace(&problem);
  testExecutor(&problem);
  testRunOptions(&problem);
  destroyProblem(&problem);
  testOptionSizes();
  testOptionValues();
  testCompileOptions();
}
