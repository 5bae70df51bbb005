// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A host in C: parses, builds, verifies, plans and lowers einsum operations
/// through MLIR's C API.

#include "einc-c/Dialect.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Diagnostics.h"
#include "mlir-c/Dialect/Func.h"
#include "mlir-c/Pass.h"

#include <stdio.h>
#include <string.h>

static int failures = 0;

#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);  \
      ++failures;                                                              \
    }                                                                          \
  } while (0)

struct Text {
  char bytes[8192];
  size_t length;
};

static void append(MlirStringRef piece, void *to) {
  struct Text *text = to;
  size_t space = sizeof text->bytes - 1 - text->length;
  size_t length = piece.length < space ? piece.length : space;
  memcpy(text->bytes + text->length, piece.data, length);
  text->length += length;
  text->bytes[text->length] = '\0';
}

static MlirLogicalResult keepDiagnostic(MlirDiagnostic diagnostic, void *to) {
  mlirDiagnosticPrint(diagnostic, append, to);
  return mlirLogicalResultSuccess();
}

static void print(MlirOperation operation, struct Text *text) {
  text->length = 0;
  text->bytes[0] = '\0';
  mlirOperationPrint(operation, append, text);
}

static MlirStringRef string(const char *text) {
  return mlirStringRefCreateFromCString(text);
}

static const char *chain =
    "func.func @f(%a: tensor<1000x10xf32>, %b: tensor<10x1000xf32>,\n"
    "             %c: tensor<1000x1xf32>) -> tensor<1000x1xf32> {\n"
    "  %r = einsum.contract \"ij,jk,kl->il\" ins(%a, %b, %c :\n"
    "      tensor<1000x10xf32>, tensor<10x1000xf32>, tensor<1000x1xf32>)\n"
    "      -> tensor<1000x1xf32>\n"
    "  return %r : tensor<1000x1xf32>\n"
    "}\n";

static MlirLogicalResult run(MlirContext context, MlirModule module,
                             const char *pipeline, struct Text *error) {
  MlirPassManager passes = mlirPassManagerCreate(context);
  MlirLogicalResult result =
      mlirOpPassManagerAddPipeline(mlirPassManagerGetAsOpPassManager(passes),
                                   string(pipeline), append, error);
  if (mlirLogicalResultIsSuccess(result))
    result = mlirPassManagerRunOnOp(passes, mlirModuleGetOperation(module));
  mlirPassManagerDestroy(passes);
  return result;
}

static void testPlanAndLower(MlirContext context) {
  struct Text text, error = {.length = 0};
  MlirModule module = mlirModuleCreateParse(context, string(chain));
  CHECK(!mlirModuleIsNull(module));
  CHECK(mlirLogicalResultIsSuccess(
      run(context, module, "einsum-plan{optimize=optimal}", &error)));
  print(mlirModuleGetOperation(module), &text);
  CHECK(strstr(text.bytes, "einsum.pairwise \"jk,kl->jl\""));
  CHECK(strstr(text.bytes, "einsum.pairwise \"ij,jl->il\""));
  CHECK(mlirLogicalResultIsSuccess(
      run(context, module, "einsum-to-linalg", &error)));
  print(mlirModuleGetOperation(module), &text);
  CHECK(strstr(text.bytes, "linalg.contract"));
  CHECK(!strstr(text.bytes, "einsum"));
  CHECK(error.length == 0);
  mlirModuleDestroy(module);
}

static void testMistakes(MlirContext context, struct Text *diagnostics) {
  diagnostics->length = 0;
  MlirModule module = mlirModuleCreateParse(
      context,
      string("func.func @f(%a: tensor<3xf32>, %b: tensor<2xf32>) {\n"
             "  einsum.contract \"i,i->\" ins(%a, %b : tensor<3xf32>,\n"
             "      tensor<2xf32>) -> tensor<f32>\n"
             "  return\n"
             "}\n"));
  CHECK(mlirModuleIsNull(module));
  CHECK(strstr(diagnostics->bytes,
               "label 'i' has extent 3 in operand 0 but 2 in operand 1"));

  struct Text error = {.length = 0};
  module = mlirModuleCreateParse(context, string(chain));
  CHECK(mlirLogicalResultIsFailure(
      run(context, module, "einsum-plan{optimise=greedy}", &error)));
  CHECK(strstr(error.bytes, "optimise"));
  diagnostics->length = 0;
  CHECK(mlirLogicalResultIsFailure(
      run(context, module, "einsum-plan{optimize=quick}", &error)));
  CHECK(strstr(diagnostics->bytes, "there is no search 'quick'"));
  mlirModuleDestroy(module);
}

static void testBuild(MlirContext context, struct Text *diagnostics) {
  MlirLocation location = mlirLocationUnknownGet(context);
  int64_t shape[2] = {3, 4};
  MlirType f64 = mlirF64TypeGet(context);
  MlirAttribute none = {NULL};
  MlirType matrix = mlirRankedTensorTypeGet(2, shape, f64, none);
  MlirType vector = mlirRankedTensorTypeGet(1, shape, f64, none);
  MlirBlock block = mlirBlockCreate(1, &matrix, &location);
  MlirValue inputs[2] = {mlirBlockGetArgument(block, 0),
                         mlirBlockGetArgument(block, 0)};
  MlirOperation op =
      mlirEinsumContractCreate(location, string("ij,ij->i"), 2, inputs, vector);
  mlirBlockAppendOwnedOperation(block, op);
  CHECK(mlirOperationVerify(op));
  struct Text text;
  print(op, &text);
  CHECK(strstr(text.bytes, "einsum.contract \"ij,ij->i\""));

  diagnostics->length = 0;
  op = mlirEinsumContractCreate(location, string("ij->j"), 1, inputs, vector);
  mlirBlockAppendOwnedOperation(block, op);
  CHECK(!mlirOperationVerify(op));
  CHECK(strstr(diagnostics->bytes, "the equation gives 'tensor<4xf64>'"));
  mlirBlockDestroy(block);
}

int main(void) {
  MlirContext context = mlirContextCreate();
  mlirDialectHandleLoadDialect(mlirGetDialectHandle__func__(), context);
  MlirDialectHandle einsum = mlirGetDialectHandle__einsum__();
  CHECK(mlirStringRefEqual(mlirDialectHandleGetNamespace(einsum),
                           string("einsum")));
  mlirDialectHandleLoadDialect(einsum, context);
  mlirRegisterEinsumPasses();
  struct Text diagnostics = {.length = 0};
  mlirContextAttachDiagnosticHandler(context, keepDiagnostic, &diagnostics,
                                     NULL);
  testPlanAndLower(context);
  testMistakes(context, &diagnostics);
  testBuild(context, &diagnostics);
  mlirContextDestroy(context);
  printf("%d failures\n", failures);
  return failures != 0;
}
