// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einc-c/Dialect.h over the dialect and the passes.

#include "compiler/IR/Einsum.h"
#include "compiler/Passes/Passes.h"
#include "einc-c/Dialect.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Registration.h"
#include "mlir/IR/Builders.h"

MLIR_DEFINE_CAPI_DIALECT_REGISTRATION(Einsum, einsum, einc::ir::EinsumDialect)

void mlirRegisterEinsumPasses() {
  einc::ir::registerEinsumPasses();
  einc::ir::registerEinsumPipelines();
}

MlirOperation mlirEinsumContractCreate(MlirLocation location,
                                       MlirStringRef equation,
                                       intptr_t numInputs,
                                       const MlirValue *inputs,
                                       MlirType resultType) {
  llvm::SmallVector<mlir::Value> values;
  for (intptr_t i = 0; i < numInputs; ++i)
    values.push_back(unwrap(inputs[i]));
  mlir::OpBuilder builder(unwrap(location)->getContext());
  return wrap(einc::ir::ContractOp::create(builder, unwrap(location),
                                           unwrap(resultType), unwrap(equation),
                                           values)
                  .getOperation());
}
