/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A host over MLIR's C API that takes the einsum dialect and its planner into
 * its own pipeline. */
#include <einc-c/Dialect.h>

#include <mlir-c/IR.h>
#include <mlir-c/Pass.h>
#include <mlir-c/RegisterEverything.h>
#include <stdio.h>

static const char Chain[] =
    "func.func @chain(%a: tensor<100x2xf32>, %b: tensor<2x100xf32>,\n"
    "                 %c: tensor<100x3xf32>) -> tensor<100x3xf32> {\n"
    "  %0 = einsum.contract \"ij,jk,kl->il\"\n"
    "       ins(%a, %b, %c : tensor<100x2xf32>, tensor<2x100xf32>,\n"
    "           tensor<100x3xf32>) -> tensor<100x3xf32>\n"
    "  return %0 : tensor<100x3xf32>\n"
    "}\n";

static void print(MlirStringRef text, void *context) {
  fwrite(text.data, 1, text.length, context);
}

int main(void) {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  mlirRegisterAllDialects(registry);
  mlirDialectHandleInsertDialect(mlirGetDialectHandle__einsum__(), registry);
  mlirRegisterEinsumPasses();
  MlirContext context = mlirContextCreateWithRegistry(registry, false);
  mlirContextLoadAllAvailableDialects(context);

  MlirModule module =
      mlirModuleCreateParse(context, mlirStringRefCreateFromCString(Chain));
  if (mlirModuleIsNull(module))
    return 1;
  MlirPassManager passes = mlirPassManagerCreate(context);
  if (mlirLogicalResultIsFailure(
          mlirParsePassPipeline(mlirPassManagerGetAsOpPassManager(passes),
                                mlirStringRefCreateFromCString(
                                    "builtin.module(func.func(einsum-plan))"),
                                print, stderr)))
    return 1;
  if (mlirLogicalResultIsFailure(
          mlirPassManagerRunOnOp(passes, mlirModuleGetOperation(module))))
    return 1;
  mlirOperationPrint(mlirModuleGetOperation(module), print, stdout);
  mlirPassManagerDestroy(passes);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  mlirDialectRegistryDestroy(registry);
  return 0;
}
