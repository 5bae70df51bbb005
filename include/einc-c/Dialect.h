// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The einsum dialect and its passes for users of MLIR's C API. Link
/// einc-mlir-capi, and MLIR itself.

#ifndef EINC_C_DIALECT_H
#define EINC_C_DIALECT_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/// mlirGetDialectHandle__einsum__(): register, insert or load it as any other.
MLIR_DECLARE_CAPI_DIALECT_REGISTRATION(Einsum, einsum);

/// Registers the passes einsum-plan, einsum-to-linalg and linalg-to-einsum and
/// the pipeline einsum-optimize for textual pipelines. Once a process is
/// enough.
MLIR_CAPI_EXPORTED void mlirRegisterEinsumPasses(void);

/// A new einsum.contract that no block owns yet. The dialect must be loaded.
/// Nothing is checked here: mlirOperationVerify does.
MLIR_CAPI_EXPORTED MlirOperation mlirEinsumContractCreate(
    MlirLocation location, MlirStringRef equation, intptr_t numInputs,
    const MlirValue *inputs, MlirType resultType);

#ifdef __cplusplus
}
#endif

#endif // EINC_C_DIALECT_H
