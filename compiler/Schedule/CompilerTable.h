/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The one door between libeinc and libeinc-compiler.so: a C struct of
 * functions. Texts in, images out; neither side sees the other's types.
 */
#ifndef EINC_COMPILER_SCHEDULE_COMPILERTABLE_H
#define EINC_COMPILER_SCHEDULE_COMPILERTABLE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EINC_COMPILER_TABLE_ABI 1u

/* Forms of a result, a bit set. EINC_FORM_TIMES concerns the whole call and is
 * reported once, with kernel index 0. */
enum EincForm {
  EINC_FORM_IMAGE = 1,
  EINC_FORM_MLIR = 2,
  EINC_FORM_LLVM = 4,
  EINC_FORM_ASM = 8,
  EINC_FORM_TIMES = 16 /* lines "stage milliseconds" */
};

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
} EincCompilerTable;

/* The only exported symbol of libeinc-compiler.so. */
typedef const EincCompilerTable *(*EincCompilerTableFunction)(void);
#define EINC_COMPILER_TABLE_SYMBOL "eincCompilerTable"

#ifdef __cplusplus
}
#endif

#endif /* EINC_COMPILER_SCHEDULE_COMPILERTABLE_H */
