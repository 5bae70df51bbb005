/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The one door between libeinc and libeinc-compiler.so: a C struct of
 * functions. Texts in, images out; neither side sees the other's types.
 */
#ifndef EINC_COMPILER_SCHEDULE_COMPILERTABLE_H
#define EINC_COMPILER_SCHEDULE_COMPILERTABLE_H

#include "einc-c/Artifact.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EINC_COMPILER_TABLE_ABI 2u

/* Forms of a result, a bit set. EINC_FORM_TIMES concerns the whole call and is
 * reported once, with kernel index 0. */
enum EincForm {
  EINC_FORM_IMAGE = 1,
  EINC_FORM_MLIR = 2,
  EINC_FORM_LLVM = 4,
  EINC_FORM_ASM = 8,
  EINC_FORM_TIMES = 16, /* lines "stage milliseconds" */
  EINC_FORM_OBJECT = 32 /* a relocatable ELF object; of link() only */
};

/* What an object is for; a bit set. */
enum EincObjectFlag {
  /* Calls run the steps with the runtime's eincRunProgram, on its threads. Else
   * the steps are straight code that needs nothing but libc. */
  EINC_OBJECT_RUNTIME = 1,
  /* The whole program lies in it as data, behind EINC_PROGRAM_SYMBOL. */
  EINC_OBJECT_QUERY = 2
};

typedef struct EincObjectOptions {
  uint32_t size; /* sizeof(EincObjectOptions) */
  uint32_t flags;
  /* The same program for operands and output of any strides, which come last
   * among its open numbers: NAME_strided. Or NULL. */
  const EincProgram *strided;
} EincObjectOptions;

/* Receives one result; the bytes die when it returns. `entryOffset` is that of
 * the kernel function in an image, else 0. */
typedef void (*EincSink)(void *context, uint32_t kernel, uint32_t form,
                         const void *bytes, size_t size, uint64_t entryOffset);

typedef struct EincCompilerTable {
  uint32_t abi;        /* EINC_COMPILER_TABLE_ABI */
  uint32_t size;       /* sizeof(EincCompilerTable) */
  const char *buildId; /* hash of the sources of Emit, Kernels, Codegen */
  const char *llvmVersion;
  /* Compiles `count` schedules for one target. Returns 0, or delivers nothing,
   * writes a message of at most `errorSize` bytes with its NUL and returns 1.
   * Thread-safe; never throws, prints or aborts on any text. `verify` != 0 runs
   * the IR verifiers. */
  int (*compile)(const char *const *schedules, uint32_t count,
                 const char *target, uint32_t forms, int verify, EincSink sink,
                 void *context, char *error, size_t errorSize);
  /* One object with the functions of a program, whose kernels are images of
   * one architecture: EINC_FORM_OBJECT, and of its own code without the
   * kernels EINC_FORM_LLVM and EINC_FORM_ASM. The rest is as with compile(). */
  int (*link)(const EincProgram *program, const EincObjectOptions *options,
              uint32_t forms, int verify, EincSink sink, void *context,
              char *error, size_t errorSize);
} EincCompilerTable;

/* The only exported symbol of libeinc-compiler.so. */
typedef const EincCompilerTable *(*EincCompilerTableFunction)(void);
#define EINC_COMPILER_TABLE_SYMBOL "eincCompilerTable"

#ifdef __cplusplus
}
#endif

#endif /* EINC_COMPILER_SCHEDULE_COMPILERTABLE_H */
