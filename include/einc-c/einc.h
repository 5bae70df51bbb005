/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * einc from C11, and from every language that can call C: parse an equation,
 * look at its plan, compile it, run it. libeinc.so has all of it.
 *
 *     EincTensor operands[2] = {{.data = a, .extents = (int64_t[]){3, 4},
 *                                .rank = 2, .type = EINC_TYPE_F64}, ...};
 *     if (eincEinsum("ij,jk->ik", 2, operands, &output, NULL, NULL, &error))
 *       fputs(eincErrorText(error), stderr), eincErrorDestroy(error);
 *
 * Errors. A function that can fail returns an EincStatus: EINC_OK, which is 0,
 * or the kind of mistake. If its last argument, `error`, is not NULL, *error
 * becomes NULL or an error object that the caller destroys. What a function
 * makes is written only if it succeeds. No function throws, prints, aborts or
 * keeps a pointer to what it was given. A null pointer where something must be
 * is EINC_STATUS_INVALID_ARGUMENT.
 *
 * Ownership. Handles are made by one function and destroyed by one other, which
 * takes NULL too. Pointers that a function returns belong to the handle that it
 * was asked of and are valid until that is destroyed. A function that returns a
 * value and no status returns 0 or NULL for a NULL handle.
 *
 * Threads. Every function may be called from any thread. Handles are immutable:
 * any number of threads may use one at the same time; who destroys it must be
 * the last.
 *
 * Stability. Within a major version of the library (of the second number while
 * the first is 0), functions, enumerators and members of structs keep their
 * meaning and place, and new members come at the end of structs that begin with
 * structSize. The caller sets that to sizeof; smaller sizes are those of older
 * headers, whose missing members are 0; larger ones are accepted if what is
 * beyond is 0. 0 is the default of every member. Structs without structSize do
 * not change.
 *
 * Units. Extents, strides and sizes count elements; offsets of positions, and
 * what has "bytes" in its name, bytes; times are seconds.
 */
#ifndef EINC_C_EINC_H
#define EINC_C_EINC_H

#include "einc-c/Artifact.h" /* EincType */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EINC_C_API __attribute__((visibility("default")))

/* ---- The library ---- */

#define EINC_VERSION_MAJOR 0
#define EINC_VERSION_MINOR 1
#define EINC_VERSION_PATCH 0
/* 102 is 0.1.2, 10203 is 1.2.3. */
#define EINC_VERSION                                                           \
  (EINC_VERSION_MAJOR * 10000 + EINC_VERSION_MINOR * 100 + EINC_VERSION_PATCH)

/* EINC_VERSION of the library that is loaded: compare it with the header's. */
EINC_C_API uint32_t eincVersionNumber(void);
/* "0.1.0"; valid for ever. */
EINC_C_API const char *eincVersionText(void);

/* ---- Status and errors ---- */

/* What went wrong; each comment says what the caller can do about it. */
typedef enum EincStatus {
  EINC_OK = 0,
  EINC_STATUS_SYNTAX,               /* correct the equation where it says */
  EINC_STATUS_UNKNOWN_OUTPUT_LABEL, /* a label of the output is no input's */
  EINC_STATUS_OPERAND_COUNT,        /* more or fewer terms than operands */
  EINC_STATUS_RANK_MISMATCH,        /* a term does not fit its operand's axes */
  EINC_STATUS_EXTENT_MISMATCH,      /* one label, two extents, neither is 1 */
  EINC_STATUS_DIAGONAL_MISMATCH,    /* a repeated label, unequal extents */
  EINC_STATUS_ELLIPSIS_MISMATCH,    /* axes under ellipses do not broadcast */
  EINC_STATUS_DROPPED_ELLIPSIS,     /* the output lacks the ellipsis */
  EINC_STATUS_SIZE_OVERFLOW,        /* 2^63 elements or more */
  EINC_STATUS_INVALID_ARGUMENT,     /* an option, pointer or tensor is wrong */
  EINC_STATUS_UNSUPPORTED_TYPE,     /* no kernels for this element type */
  EINC_STATUS_UNSUPPORTED_TARGET,   /* a processor that this one is not */
  EINC_STATUS_LIMIT,                /* a limit of memory or time is exceeded */
  EINC_STATUS_OUT_OF_MEMORY,        /* nothing was changed */
  EINC_STATUS_DEVICE,               /* a tensor lies where it cannot be used */
  EINC_STATUS_BAD_ARTIFACT,         /* a compiled artifact is damaged */
  EINC_STATUS_IO,                   /* a file could not be read or written */
  EINC_STATUS_INTERNAL              /* a defect of einc: please report it */
} EincStatus;

/* The stable name of a status: "ok", "syntax", "extent-mismatch"; "unknown" for
 * any other number. Valid for ever. */
EINC_C_API const char *eincStatusName(int status);

typedef struct EincError EincError;

/* A place in an equation's text, from 0. */
typedef struct EincPosition {
  size_t codePoint;
  size_t byte;
} EincPosition;

/* The status that was returned with it; EINC_OK for NULL. */
EINC_C_API EincStatus eincErrorStatus(const EincError *error);
/* One line: "label 'j' has extent 4 in operand 0 but 5 in operand 1". */
EINC_C_API const char *eincErrorMessage(const EincError *error);
/* Everything: the message after "error: ", the equation with carets, notes;
 * every line ends with a newline. */
EINC_C_API const char *eincErrorText(const EincError *error);
/* The places that the mistake is about, perhaps none, in reading order. */
EINC_C_API size_t eincErrorNumPositions(const EincError *error);
EINC_C_API EincStatus eincErrorGetPosition(const EincError *error, size_t i,
                                           EincPosition *position);
EINC_C_API void eincErrorDestroy(EincError *error);

/* ---- Tensors ---- */

typedef enum EincDevice { EINC_DEVICE_CPU = 0 } EincDevice;

enum {
  EINC_TENSOR_CONJUGATE = 1, /* elements are read as their conjugates */
  EINC_TENSOR_READ_ONLY = 2  /* it cannot be an output */
};

/* No tensor has more axes. */
#define EINC_MAX_RANK 4096

/* A tensor in the caller's memory. Element (i, j) of f64 lies at
 * (double *)data + i * strides[0] + j * strides[1]. */
typedef struct EincTensor {
  void *data; /* element (0, 0, ...); of operands it is only read */
  const int64_t *extents;
  const int64_t *strides; /* may be negative or 0; NULL: dense, row-major */
  uint32_t rank;
  uint32_t type;     /* EincType */
  uint32_t device;   /* EincDevice */
  uint32_t flags;    /* EINC_TENSOR_... */
  uint64_t reserved; /* 0 */
} EincTensor;

typedef struct EincShape {
  const int64_t *extents;
  size_t rank;
} EincShape;

/* ---- Equations ---- */

typedef struct EincEquation EincEquation;

/* In a list of labels: the axes that the list does not name, as "...". */
#define EINC_ELLIPSIS INT64_MIN

typedef struct EincLabels {
  const int64_t *labels; /* from 0 on, and EINC_ELLIPSIS */
  size_t count;
} EincLabels;

/* Parses numpy's grammar, any letters, words as labels, parentheses:
 *
 *     eincEquationParse("ij,jk->ik", &equation, &error);
 *     eincEquationParse("row mid, mid col -> row col", &equation, &error); */
EINC_C_API EincStatus eincEquationParse(const char *text,
                                        EincEquation **equation,
                                        EincError **error);
/* The same from lists of numbers, for equations that programs make; without an
 * output (NULL) every label that occurs once, sorted. ij,jk->ik is
 *
 *     EincLabels in[] = {{(int64_t[]){0, 1}, 2}, {(int64_t[]){1, 2}, 2}};
 *     EincLabels out = {(int64_t[]){0, 2}, 2}; */
EINC_C_API EincStatus eincEquationFromLabels(size_t numOperands,
                                             const EincLabels *operands,
                                             const EincLabels *output,
                                             EincEquation **equation,
                                             EincError **error);
EINC_C_API void eincEquationDestroy(EincEquation *equation);

/* The canonical text, with an explicit output: "ij,jk->ik". */
EINC_C_API const char *eincEquationText(const EincEquation *equation);
EINC_C_API size_t eincEquationNumOperands(const EincEquation *equation);
/* Labels are numbered in the order in which they first occur. */
EINC_C_API size_t eincEquationNumLabels(const EincEquation *equation);
/* The spelling of a label: "i"; NULL if there is none of that number. */
EINC_C_API const char *eincEquationLabelName(const EincEquation *equation,
                                             size_t label);
/* Terms are the operands and, numbered after them, the output. `labels`: room
 * for `capacity` label numbers, which receives those of the term's named axes;
 * `ellipsis`: how many of these stand before the ellipsis, -1 without one;
 * either may be NULL. Returns how many axes the term names, which may be more
 * than `capacity`; 0 for a term that does not exist. */
EINC_C_API size_t eincEquationTermLabels(const EincEquation *equation,
                                         size_t term, uint32_t *labels,
                                         size_t capacity, int64_t *ellipsis);
/* The shape of the result for operands of these shapes. `extents`: room for
 * `capacity` of them; `rank` receives how many the shape has. More than there
 * is room for is EINC_STATUS_INVALID_ARGUMENT, with `rank` set. */
EINC_C_API EincStatus eincEquationInferShape(const EincEquation *equation,
                                             size_t numOperands,
                                             const EincShape *shapes,
                                             size_t capacity, int64_t *extents,
                                             size_t *rank, EincError **error);

/* ---- Options ---- */

enum {
  EINC_OPTION_SSA_PATH = 1,   /* `path` has value numbers, see EincPlanStep */
  EINC_OPTION_DISK_CACHE = 2, /* keep kernels on disk, for later processes */
  EINC_OPTION_NO_EXPRESSIONS = 4 /* eincEinsum compiles anew in each call */
};

typedef struct EincOperandList {
  const uint32_t *operands;
  size_t count;
} EincOperandList;

/* How to plan and compile: {.structSize = sizeof(EincOptions), .threads = 1}. A
 * NULL pointer to options stands for the defaults. */
typedef struct EincOptions {
  size_t structSize;
  /* Threads of a run. 0: EINC_NUM_THREADS of the environment, else the
   * processors that this process may use. */
  uint32_t threads;
  uint32_t flags;       /* EINC_OPTION_... */
  const char *cpu;      /* "native" (NULL), "x86-64", "avx2", "avx512" */
  const char *optimize; /* "auto" (NULL), "optimal", "greedy", ... */
  /* An order instead of a search: places in the list of what is left, as
   * np.einsum_path prints it. */
  const EincOperandList *path;
  size_t pathLength;
  uint64_t seed;      /* equal seeds give equal orders */
  double timeLimit;   /* of the search, in seconds; 0: none */
  uint64_t maxMemory; /* bytes of a call in all; 0: what is free */
  /* EINC_TYPE_I32 or EINC_TYPE_I64: what integers are summed in, and the
   * result's type. 0: the operands' own. */
  uint32_t accumulate;
  uint32_t reserved;          /* 0 */
  const char *cacheDirectory; /* NULL: that of `einc cache dir` */
} EincOptions;

/* ---- Plans ---- */

typedef struct EincPlan EincPlan;

/* A pairwise contraction. Operands are values 0 to n-1, the result of step s is
 * value n+s. */
typedef struct EincPlanStep {
  size_t structSize; /* set by the caller */
  uint32_t operands[2];
  const char *equation; /* "jk,kl->jl" */
  double flops; /* product of the extents of its labels; twice if it sums */
  double size;  /* elements of the result */
} EincPlanStep;

/* Plans without compiling: no code generator is loaded. */
EINC_C_API EincStatus eincPlanCreate(const EincEquation *equation,
                                     size_t numOperands,
                                     const EincShape *shapes,
                                     const EincOptions *options,
                                     EincPlan **plan, EincError **error);
EINC_C_API void eincPlanDestroy(EincPlan *plan);

EINC_C_API double eincPlanFlops(const EincPlan *plan);
/* What contracting from left to right would cost. */
EINC_C_API double eincPlanLeftToRightFlops(const EincPlan *plan);
/* Elements of the largest intermediate or output. */
EINC_C_API double eincPlanLargestIntermediate(const EincPlan *plan);
/* How long the search took. */
EINC_C_API double eincPlanSeconds(const EincPlan *plan);
/* What found the order: "optimal", "greedy", "left-to-right", "path". */
EINC_C_API const char *eincPlanMethod(const EincPlan *plan);
EINC_C_API size_t eincPlanNumSteps(const EincPlan *plan);
EINC_C_API EincStatus eincPlanGetStep(const EincPlan *plan, size_t i,
                                      EincPlanStep *step, EincError **error);
/* Step i in np.einsum_path's form: places in the list of what is left, where
 * results are put at the end. `pairs`: room for 2 * eincPlanNumSteps. */
EINC_C_API EincStatus eincPlanGetPath(const EincPlan *plan, uint32_t *pairs,
                                      EincError **error);
/* A table in the manner of np.einsum_path, and one line of JSON with the fields
 * of `einc plan --json`. NULL if there is no memory for them. */
EINC_C_API const char *eincPlanTable(const EincPlan *plan);
EINC_C_API const char *eincPlanJSON(const EincPlan *plan);

/* ---- Running ---- */

typedef enum EincNumberForm {
  EINC_NUMBER_REAL = 0, /* real */
  EINC_NUMBER_INTEGER,  /* integer: exact, for i64 */
  EINC_NUMBER_COMPLEX   /* real, imaginary */
} EincNumberForm;

/* {.real = 0.5}, {.form = EINC_NUMBER_INTEGER, .integer = 3} */
typedef struct EincNumber {
  double real;
  double imaginary;
  int64_t integer;
  uint32_t form;     /* EincNumberForm */
  uint32_t reserved; /* 0 */
} EincNumber;

typedef void (*EincTask)(void *argument, uint32_t index);

/* A caller's own parallel loop: parallelFor must call task(argument, index)
 * once for each index from 0 to count - 1, on any threads, in any order, and
 * return when all have returned. It must not throw or jump out. */
typedef struct EincExecutor {
  void (*parallelFor)(void *context, uint32_t count, EincTask task,
                      void *argument);
  void *context;
} EincExecutor;

/* output = alpha * value + beta * output; with beta 0 the output is not read.
 * alpha and beta must be numbers that the output's type can hold. */
typedef struct EincRunOptions {
  size_t structSize;
  const EincNumber *alpha;      /* NULL: 1 */
  const EincNumber *beta;       /* NULL: 0 */
  uint32_t threads;             /* 0: those that it was compiled with */
  uint32_t reserved;            /* 0 */
  const EincExecutor *executor; /* NULL: the process's own threads */
  /* 64-byte aligned, of no other use during the call. NULL: the calling
   * thread's own, kept for its next call. */
  void *workspace;
  uint64_t workspaceBytes; /* at least eincExecutableWorkspaceBytes */
} EincRunOptions;

/* Computes an equation; what was compiled is kept for the next call with the
 * same equation, types, shapes and strides. The output must not overlap an
 * operand; its type is what the operands' types promote to by numpy's rules. */
EINC_C_API EincStatus eincEinsum(const char *equation, size_t numOperands,
                                 const EincTensor *operands,
                                 const EincTensor *output,
                                 const EincRunOptions *run,
                                 const EincOptions *options, EincError **error);

/* The type that an equation's result has for operands of these types:
 *
 *     eincTypePromote(2, (uint32_t[]){EINC_TYPE_I32, EINC_TYPE_F32}, &type, 0);
 *
 * gives EINC_TYPE_F64. */
EINC_C_API EincStatus eincTypePromote(size_t count, const uint32_t *types,
                                      uint32_t *type, EincError **error);

/* An equation compiled for operands and an output of fixed types, shapes and
 * strides. After a thread's first run, a run of up to eight operands of up to
 * eight axes allocates nothing. */
typedef struct EincExecutable EincExecutable;

/* Compiles for operands and an output like these, whose `data` does not matter.
 * `output` NULL: a dense, row-major one of the type that results.
 *
 *     eincExecutableCompile(equation, 2, in, NULL, NULL, &product, &error);
 *     eincExecutableRun(product, 2, in, &out, NULL, &error); */
EINC_C_API EincStatus eincExecutableCompile(
    const EincEquation *equation, size_t numOperands,
    const EincTensor *operands, const EincTensor *output,
    const EincOptions *options, EincExecutable **executable, EincError **error);
EINC_C_API void eincExecutableDestroy(EincExecutable *executable);

EINC_C_API size_t eincExecutableNumOperands(const EincExecutable *executable);
/* What operand i must be, i = number of operands: what the output must be.
 * `data` is NULL; extents and strides belong to the executable. */
EINC_C_API EincStatus eincExecutableGetTensor(const EincExecutable *executable,
                                              size_t i, EincTensor *tensor,
                                              EincError **error);
/* Its plan, for the caller to destroy. */
EINC_C_API EincStatus eincExecutableGetPlan(const EincExecutable *executable,
                                            EincPlan **plan, EincError **error);
/* What a run with at most `threads` threads (0: those that it was compiled
 * with) takes beside operands and output. */
EINC_C_API uint64_t eincExecutableWorkspaceBytes(
    const EincExecutable *executable, uint32_t threads);
/* The tensors must be like those that it was compiled for; strides of axes of
 * one element do not matter. */
EINC_C_API EincStatus eincExecutableRun(const EincExecutable *executable,
                                        size_t numOperands,
                                        const EincTensor *operands,
                                        const EincTensor *output,
                                        const EincRunOptions *run,
                                        EincError **error);

#ifdef __cplusplus
}
#endif

#endif /* EINC_C_EINC_H */
