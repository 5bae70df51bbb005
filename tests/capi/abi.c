/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Structs of the C API lie as they always did, and those of DLPack as the
 * specification says: checked while this compiles.
 */
#include "einc-c/DLPack.h"
#include "einc-c/einc.h"

#define AT(type, member, offset)                                               \
  _Static_assert(offsetof(type, member) == (offset), #type "." #member)
#define BYTES(type, size) _Static_assert(sizeof(type) == (size), #type)

BYTES(EincPosition, 16);
BYTES(EincShape, 16);
BYTES(EincLabels, 16);
BYTES(EincOperandList, 16);
BYTES(EincExecutor, 16);

BYTES(EincTensor, 48);
AT(EincTensor, data, 0);
AT(EincTensor, extents, 8);
AT(EincTensor, strides, 16);
AT(EincTensor, rank, 24);
AT(EincTensor, type, 28);
AT(EincTensor, device, 32);
AT(EincTensor, flags, 36);
AT(EincTensor, reserved, 40);

/* New members only at the end. */
BYTES(EincOptions, 88);
AT(EincOptions, structSize, 0);
AT(EincOptions, threads, 8);
AT(EincOptions, flags, 12);
AT(EincOptions, cpu, 16);
AT(EincOptions, optimize, 24);
AT(EincOptions, path, 32);
AT(EincOptions, pathLength, 40);
AT(EincOptions, seed, 48);
AT(EincOptions, timeLimit, 56);
AT(EincOptions, maxMemory, 64);
AT(EincOptions, accumulate, 72);
AT(EincOptions, reserved, 76);
AT(EincOptions, cacheDirectory, 80);

BYTES(EincPlanStep, 40);
AT(EincPlanStep, operands, 8);
AT(EincPlanStep, equation, 16);
AT(EincPlanStep, flops, 24);
AT(EincPlanStep, size, 32);

BYTES(EincNumber, 32);
AT(EincNumber, real, 0);
AT(EincNumber, imaginary, 8);
AT(EincNumber, integer, 16);
AT(EincNumber, form, 24);

BYTES(EincRunOptions, 56);
AT(EincRunOptions, alpha, 8);
AT(EincRunOptions, beta, 16);
AT(EincRunOptions, threads, 24);
AT(EincRunOptions, executor, 32);
AT(EincRunOptions, workspace, 40);
AT(EincRunOptions, workspaceBytes, 48);

_Static_assert(EINC_STATUS_SYNTAX == 1 && EINC_STATUS_SIZE_OVERFLOW == 9 &&
                   EINC_STATUS_INVALID_ARGUMENT == 10 &&
                   EINC_STATUS_OUT_OF_MEMORY == 14 &&
                   EINC_STATUS_INTERNAL == 18,
               "EincStatus");
_Static_assert(EINC_OPTION_SSA_PATH == 1 && EINC_OPTION_DISK_CACHE == 2 &&
                   EINC_OPTION_NO_EXPRESSIONS == 4,
               "option flags");
_Static_assert(EINC_TENSOR_CONJUGATE == 1 && EINC_TENSOR_READ_ONLY == 2 &&
                   EINC_DEVICE_CPU == 0,
               "tensor flags");

/* DLPack 1. */
BYTES(EincDLDevice, 8);
BYTES(EincDLType, 4);
BYTES(EincDLVersion, 8);
BYTES(EincDLTensor, 48);
AT(EincDLTensor, data, 0);
AT(EincDLTensor, device, 8);
AT(EincDLTensor, rank, 16);
AT(EincDLTensor, type, 20);
AT(EincDLTensor, extents, 24);
AT(EincDLTensor, strides, 32);
AT(EincDLTensor, byteOffset, 40);
BYTES(EincDLManaged, 64);
AT(EincDLManaged, tensor, 0);
AT(EincDLManaged, context, 48);
AT(EincDLManaged, deleter, 56);
BYTES(EincDLManagedVersioned, 80);
AT(EincDLManagedVersioned, version, 0);
AT(EincDLManagedVersioned, context, 8);
AT(EincDLManagedVersioned, deleter, 16);
AT(EincDLManagedVersioned, flags, 24);
AT(EincDLManagedVersioned, tensor, 32);
