// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/ExpressionState.h"
#include "compiler/CAPI/Handles.h"
#include "compiler/CAPI/Options.h"
#include "compiler/CAPI/Tensors.h"
#include "einc/Einsum.h"

using namespace einc;
using namespace einc::capi;

EincStatus eincEinsum(const char *equation, size_t numOperands,
                      const EincTensor *operands, const EincTensor *output,
                      const EincRunOptions *run, const EincOptions *options,
                      EincError **error) {
  return guarded(error, [&] {
    requirePointer(equation, "equation");
    OperandViews views(numOperands, operands);
    MutableTensorView out = toOutput(output);
    ReadRunOptions runOptions(run);
    einsumInto(out, equation, views.get(), runOptions.options,
               toOptions(options));
  });
}

EincStatus eincTypePromote(size_t count, const uint32_t *types, uint32_t *type,
                           EincError **error) {
  return guarded(error, [&] {
    requireArray(types, count, "types");
    requirePointer(type, "type");
    if (count == 0)
      throwError(ErrorKind::InvalidArgument, "no types, expected one or more");
    std::vector<ElementType> elements;
    for (size_t i = 0; i < count; ++i) {
      if (types[i] >= NumElementTypes)
        throwError(ErrorKind::InvalidArgument,
                   "type " + std::to_string(i) + " is " +
                       std::to_string(types[i]) + ", which is no EincType");
      elements.push_back(ElementType(types[i]));
    }
    *type = static_cast<uint32_t>(promoteAll(elements));
  });
}

EincStatus eincExecutableCompile(const EincEquation *equation,
                                 size_t numOperands, const EincTensor *operands,
                                 const EincTensor *output,
                                 const EincOptions *options,
                                 EincExecutable **executable,
                                 EincError **error) {
  return guarded(error, [&] {
    requirePointer(equation, "equation");
    requirePointer(executable, "executable");
    std::vector<TensorType> types = toTypes(numOperands, operands);
    std::optional<TensorType> outputType;
    if (output)
      outputType = toType(*output, {});
    *executable = new EincExecutable{ExpressionAccess::make(compileEquation(
        equation->equation, types, outputType ? &*outputType : nullptr,
        toOptions(options)))};
  });
}

void eincExecutableDestroy(EincExecutable *executable) { delete executable; }

size_t eincExecutableNumOperands(const EincExecutable *executable) {
  return executable ? executable->expression.numOperands() : 0;
}

EincStatus eincExecutableGetTensor(const EincExecutable *executable, size_t i,
                                   EincTensor *tensor, EincError **error) {
  return guarded(error, [&] {
    requirePointer(executable, "executable");
    requirePointer(tensor, "tensor");
    const Expression &expression = executable->expression;
    *tensor =
        fromType(i == expression.numOperands() ? expression.outputType()
                                               : expression.operandType(i));
  });
}

EincStatus eincExecutableGetPlan(const EincExecutable *executable,
                                 EincPlan **plan, EincError **error) {
  return guarded(error, [&] {
    requirePointer(executable, "executable");
    requirePointer(plan, "plan");
    *plan = new EincPlan{executable->expression.plan(), {}, {}};
  });
}

uint64_t eincExecutableWorkspaceBytes(const EincExecutable *executable,
                                      uint32_t threads) {
  return executable ? executable->expression.workspaceBytes(threads) : 0;
}

EincStatus eincExecutableRun(const EincExecutable *executable,
                             size_t numOperands, const EincTensor *operands,
                             const EincTensor *output,
                             const EincRunOptions *run, EincError **error) {
  return guarded(error, [&] {
    requirePointer(executable, "executable");
    OperandViews views(numOperands, operands);
    MutableTensorView out = toOutput(output);
    ReadRunOptions runOptions(run);
    executable->expression.run(out, views.get(), runOptions.options);
  });
}
