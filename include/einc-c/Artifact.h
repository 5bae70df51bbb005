/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The artifact ABI: what the compiler hands to the runtime. A struct of
 * pointers, made in memory by the driver or lying as static data in an object.
 * C11, no dependencies. Everything in it is immutable and outlives its users.
 *
 * An artifact is a list of steps over buffers. A step runs one kernel, or
 * repeats the steps after it. Numbers that may depend on open numbers or on
 * loop counters are postfix expressions (EincToken).
 *
 * A program is what a name stands for: several artifacts that compute the same
 * equation, each for a processor and perhaps for some extents only.
 */
#ifndef EINC_C_ARTIFACT_H
#define EINC_C_ARTIFACT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Goes up with every change of a struct below. */
#define EINC_ARTIFACT_ABI 2u

/* A kernel. `pointers`: one per EincKernel.numPointers, element-aligned.
 * `params`: strides and offsets in bytes, extents in elements; their meaning is
 * the schedule's. `scratch`: 64-byte aligned, EincKernel.scratchBytes long,
 * private to the call. [begin, end): the grains to compute; disjoint ranges may
 * run at the same time. Calls nothing, keeps no state. */
typedef void (*EincKernelFunction)(void *const *pointers, const int64_t *params,
                                   void *scratch, int64_t begin, int64_t end);

typedef struct EincKernel {
  const char *family;   /* "gemm", "general" */
  const char *schedule; /* canonical text of the schedule */
  const char *target;   /* text of the target it was compiled for */
  /* A position-independent block of code, or NULL and `function` is set. */
  const void *image;
  uint64_t imageBytes;
  uint64_t entryOffset;  /* of the kernel function, in the image */
  uint8_t imageHash[32]; /* SHA-256 of the image */
  EincKernelFunction function;
  uint64_t scratchBytes;
  uint32_t numPointers;
  uint32_t reserved;
} EincKernel;

typedef enum EincOpcode {
  EINC_OP_LITERAL = 0, /* push value */
  EINC_OP_EXTENT,      /* push open number `value` */
  EINC_OP_COUNTER,     /* push loop counter number value */
  EINC_OP_ADD,         /* the others pop their operands and push a result */
  EINC_OP_SUB,
  EINC_OP_MUL,
  EINC_OP_FLOORDIV, /* rounds down; divisor > 0 */
  EINC_OP_CEILDIV,  /* rounds up; divisor > 0 */
  EINC_OP_MIN,
  EINC_OP_MAX,
  EINC_OP_EQUAL, /* 1 or 0 */
  EINC_OP_SELECT /* condition, then, else */
} EincOpcode;

typedef struct EincToken {
  int64_t value;
  uint32_t opcode;
  uint32_t reserved;
} EincToken;

/* Tokens [first, first + count) of the artifact; count 0 is the number 0. */
typedef struct EincExpression {
  uint32_t first;
  uint32_t count;
} EincExpression;

typedef enum EincBufferKind {
  EINC_BUFFER_ARGUMENT = 0, /* argument number `argument` of the call */
  EINC_BUFFER_WORKSPACE,    /* `offset` bytes into the call's workspace */
  EINC_BUFFER_CONSTANT,     /* `data` */
  EINC_BUFFER_SCALARS       /* the call's {alpha, beta}, in the compute type */
} EincBufferKind;

typedef struct EincBuffer {
  uint32_t kind;
  uint32_t argument;
  EincExpression offset; /* 64-byte aligned; no counters */
  EincExpression bytes;  /* no counters */
  const void *data;
} EincBuffer;

/* A buffer and a byte offset into it, affine in the counters. */
typedef struct EincPointer {
  uint32_t buffer;
  uint32_t reserved;
  EincExpression offset;
} EincPointer;

typedef enum EincStepKind {
  EINC_STEP_KERNEL = 0, /* run `kernel` over grains [0, extent) */
  EINC_STEP_LOOP        /* run the next `bodySteps` steps `extent` times */
} EincStepKind;

typedef struct EincStep {
  uint32_t kind;
  uint32_t kernel;       /* kernel step: index into kernels */
  uint32_t firstPointer; /* kernel step: its numPointers pointers */
  uint32_t firstParam;   /* kernel step: its params, expressions */
  uint32_t numParams;
  uint32_t bodySteps; /* loop: how many steps follow as its body (nested) */
  uint32_t counter;   /* loop: number of its counter, 0, 1, ... extent-1 */
  uint32_t plan;      /* which step of the plan this belongs to */
  EincExpression extent;
  /* Kernel step: fewest grains worth a thread of their own; 0: never split. */
  EincExpression minGrains;
} EincStep;

/* Complex numbers are two reals; booleans a byte, 0 or 1. */
typedef enum EincType {
  EINC_TYPE_F32 = 0,
  EINC_TYPE_F64,
  EINC_TYPE_C64,
  EINC_TYPE_C128,
  EINC_TYPE_I8,
  EINC_TYPE_I16,
  EINC_TYPE_I32,
  EINC_TYPE_I64,
  EINC_TYPE_U8,
  EINC_TYPE_BOOL,
  EINC_TYPE_F16,
  EINC_TYPE_BF16
} EincType;

enum { EINC_ARGUMENT_CONJUGATE = 1 }; /* read as the complex conjugate */
#define EINC_NO_OPEN_STRIDES UINT32_MAX

/* Operands in order, then the output. Strides in elements. */
typedef struct EincArgument {
  const char *name;
  uint32_t type;
  uint32_t rank;
  const int64_t *extents; /* -1 - n is open number n */
  /* NULL: dense, row-major; or, where openStrides is a number, the strides of
   * its axes are the open numbers from that one on. */
  const int64_t *strides;
  uint32_t openStrides; /* or EINC_NO_OPEN_STRIDES */
  uint32_t flags;
} EincArgument;

typedef struct EincArtifact {
  uint32_t abi;  /* EINC_ARTIFACT_ABI */
  uint32_t size; /* sizeof(EincArtifact) */
  const EincKernel *kernels;
  const EincToken *tokens;
  const EincBuffer *buffers;
  const EincPointer *pointers;
  const EincExpression *params;
  const EincStep *steps;
  const EincArgument *arguments;
  uint32_t numKernels;
  uint32_t numTokens;
  uint32_t numBuffers;
  uint32_t numPointers;
  uint32_t numParams;
  uint32_t numSteps;
  uint32_t numArguments;
  uint32_t numExtents;  /* open numbers: extents, then perhaps strides */
  uint32_t numCounters; /* loop counters, at most 16 */
  uint32_t scalarType;  /* EincType of {alpha, beta} */
  EincExpression workspaceBytes;
  const char *equation;
  const char *plan; /* JSON */
} EincArtifact;

/* An extent or, in elements, a stride that the caller gives with each call.
 * Extents are >= 0 and never broadcast. */
typedef struct EincOpenNumber {
  const char *name; /* the label "b", or "A.stride0" */
  int64_t hint;     /* what it is expected to be; -1: unknown */
} EincOpenNumber;

typedef enum EincArchitecture {
  EINC_ARCHITECTURE_X86_64 = 0,
  EINC_ARCHITECTURE_AARCH64
} EincArchitecture;

/* What a processor must have beyond its architecture's base; a bit set. */
enum {
  EINC_CPU_X86_64_V3 = 1, /* AVX2, FMA and the others of that level */
  EINC_CPU_X86_64_V4 = 2, /* AVX-512 F, BW, CD, DQ, VL */
  EINC_CPU_AVX512_BF16 = 4,
  EINC_CPU_AVX512_VNNI = 8
};

/* One way to compute a program. */
typedef struct EincVariant {
  const EincArtifact *artifact;
  uint32_t architecture;
  uint32_t cpu; /* required bits */
  /* Of the artifact's tokens, over the open numbers: 0: do not take this one.
   * No tokens: it may always be taken. */
  EincExpression guard;
} EincVariant;

/* The first variant is taken whose processor is there and whose guard holds.
 * All have the same arguments and open numbers. */
typedef struct EincProgram {
  uint32_t abi;  /* EINC_ARTIFACT_ABI */
  uint32_t size; /* sizeof(EincProgram) */
  const char *name;
  const char *compiler; /* "einc 0.1.0, LLVM 22.1.8" */
  const EincVariant *variants;
  const EincOpenNumber *openNumbers;
  uint32_t numVariants;
  uint32_t numOpenNumbers;
  uint32_t threads; /* of a call, at most; 0: as many as the process may use */
  uint32_t reserved;
} EincProgram;

/* What a compiled function returns; nothing was written unless it is 0. */
typedef enum EincResult {
  EINC_RESULT_OK = 0,
  EINC_RESULT_UNSUPPORTED_CPU, /* no variant for this processor */
  EINC_RESULT_OUT_OF_MEMORY,
  EINC_RESULT_INVALID_ARGUMENT, /* a null pointer, a negative extent */
  EINC_RESULT_LIMIT,            /* the extents overflow */
  EINC_RESULT_BAD_PROGRAM       /* of another ABI, or damaged */
} EincResult;

/* The one function of a shared library made by `einc compile -shared`: the
 * program if `abi` is the one it was made with, else NULL. */
typedef const EincProgram *(*EincProgramFunction)(uint32_t abi);
#define EINC_PROGRAM_SYMBOL "eincProgram"

#ifdef __cplusplus
}
#endif

#endif /* EINC_C_ARTIFACT_H */
