/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Runs programs that were compiled before. All that an application needs that
 * ships kernels with threads; libeinc-runtime.a and libeinc.so have it. No
 * function throws, prints or aborts.
 */
#ifndef EINC_C_RUNTIME_H
#define EINC_C_RUNTIME_H

#include "einc-c/Artifact.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The first of the program's variants that this processor can run and whose
 * guard holds. `openNumbers`: program->numOpenNumbers of them (NULL if none).
 * `arguments`: operands in order, then the output; the element of index zero of
 * each, aligned as its type. `workspace`: at least
 * eincProgramWorkspaceBytes(...) bytes, 64-byte aligned, of no other use during
 * the call; NULL: the calling thread's own, grown on its first call. Operands
 * must not overlap the output. Returns an EincResult. May be called from any
 * number of threads at the same time. What the first call makes, mapped code
 * and the 64 sets of open numbers used last, is kept until the process ends or
 * eincForgetProgram. */
__attribute__((visibility("default"))) int
eincRunProgram(const EincProgram *program, void *const *arguments,
               const int64_t *openNumbers, void *workspace,
               uint64_t workspaceBytes);

/* What a call with these numbers needs; UINT64_MAX if it cannot be run. */
__attribute__((visibility("default"))) uint64_t eincProgramWorkspaceBytes(
    const EincProgram *program, const int64_t *openNumbers);

/* Frees what was kept for a program; no call of it may be under way. */
__attribute__((visibility("default"))) void
eincForgetProgram(const EincProgram *program);

/* "no variant for this processor" and so on; never NULL. */
__attribute__((visibility("default"))) const char *eincResultText(int result);

#ifdef __cplusplus
}
#endif

#endif /* EINC_C_RUNTIME_H */
