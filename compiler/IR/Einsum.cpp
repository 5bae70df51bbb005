// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The dialect and what the constraints C1 to C10 of README.md demand.

#include "compiler/IR/Einsum.h"
#include "compiler/IR/BindTypes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/TypeUtilities.h"

using namespace einc;
using namespace einc::ir;
using namespace mlir;

#include "compiler/IR/EinsumDialect.cpp.inc"

#define GET_OP_CLASSES
#include "compiler/IR/EinsumOps.cpp.inc"

void EinsumDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "compiler/IR/EinsumOps.cpp.inc"
      >();
}

bool ir::isElementType(Type type) {
  if (auto complex = dyn_cast<ComplexType>(type))
    return complex.getElementType().isF32() || complex.getElementType().isF64();
  if (auto integer = dyn_cast<IntegerType>(type)) {
    unsigned width = integer.getWidth();
    if (integer.isUnsigned())
      return width == 8;
    return integer.isSignless() && (width == 1 || width == 8 || width == 16 ||
                                    width == 32 || width == 64);
  }
  return type.isF16() || type.isBF16() || type.isF32() || type.isF64();
}

/// What the front end says, in MLIR's form. Notes about shapes are left out
/// where a shape has dynamic extents: the front end was given 1 for them.
static LogicalResult report(Operation *op, const einc::Diagnostic &error,
                            bool withNotes) {
  InFlightDiagnostic diagnostic = op->emitOpError() << error.message;
  if (!error.excerpt.empty()) {
    std::string lines = "\n  " + error.excerpt;
    for (size_t at = lines.find('\n', 1); at != std::string::npos;
         at = lines.find('\n', at + 1))
      if (at + 1 < lines.size())
        lines.insert(at + 1, "  ");
    diagnostic.attachNote() << "here:" << lines;
  }
  for (const std::string &note : error.notes)
    if (withNotes)
      diagnostic.attachNote() << note;
  return diagnostic;
}

static LogicalResult verifyTypes(Operation *op) {
  Type element =
      cast<RankedTensorType>(op->getResult(0).getType()).getElementType();
  // C8: "Operands and result have one element type, of f64, f32, f16, bf16,
  // complex<f32>, complex<f64>, i1, i8, i16, i32, i64 and ui8."
  if (!isElementType(element))
    return op->emitOpError()
           << "has elements of type " << element
           << "; they must be f64, f32, f16, bf16, complex<f32>, complex<f64>, "
              "i1, i8, i16, i32, i64 or ui8";
  SmallVector<Type> types(op->getOperandTypes());
  types.append(op->result_type_begin(), op->result_type_end());
  for (auto [i, type] : llvm::enumerate(types)) {
    auto tensor = cast<RankedTensorType>(type);
    std::string name = i == op->getNumOperands()
                           ? "the result"
                           : "operand " + std::to_string(i);
    if (tensor.getElementType() != element)
      return op->emitOpError()
             << name << " has elements of type " << tensor.getElementType()
             << " but the result " << element;
    // C9: "Tensors have no encoding."
    if (tensor.getEncoding())
      return op->emitOpError() << name << " has the encoding "
                               << tensor.getEncoding() << "; tensors are dense";
  }
  return success();
}

static LogicalResult verifyEquation(Operation *op, StringRef text) {
  // C1: "The equation follows the grammar of compiler/Frontend/README.md."
  // C3: "It has one term for each operand."
  // C4: "A term has one label for each axis of its operand; an ellipsis stands
  // for the others, which the output then has too."
  // C5: "In several operands, static extents of one label are equal or 1."
  // C6: "In one operand, static extents of one label are equal."
  // The front end checks these, in this order, so that messages are the same
  // as everywhere else.
  Result<TypedEquation> bound = bindTypes(text, op->getOperandTypes());
  if (!bound) {
    bool dynamic = llvm::any_of(op->getOperandTypes(), [](Type type) {
      return !cast<RankedTensorType>(type).hasStaticShape();
    });
    return report(op, bound.error(), !dynamic);
  }
  // C2: "The output is written."
  if (!bound->equation.explicitOutput)
    return op->emitOpError()
           << "the equation has no output: write it after '->'";

  // C7: "The result has one axis for each label of the output, and its static
  // extents are those of the labels where both are known."
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  auto inferred =
      RankedTensorType::get(bound->shaped.outputShape, result.getElementType());
  if (failed(verifyCompatibleShape(inferred.getShape(), result.getShape())))
    return op->emitOpError() << "has the result " << result
                             << " but the equation gives " << inferred;
  return verifyTypes(op);
}

LogicalResult ContractOp::verify() {
  return verifyEquation(*this, getEquation());
}

LogicalResult PairwiseOp::verify() {
  // C10: "A step has one operand or two, and no parentheses."
  if (getInputs().empty() || getInputs().size() > 2)
    return emitOpError() << "has " << getInputs().size()
                         << " operands; a step has one or two";
  if (getEquation().contains('('))
    return emitOpError() << "a step has no order to force by parentheses";
  return verifyEquation(*this, getEquation());
}
