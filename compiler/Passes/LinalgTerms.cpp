// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Passes/LinalgTerms.h"
#include "compiler/IR/Einsum.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace einc::ir;
using namespace mlir;

/// Whether `attribute` is 0 in every element and every part, and not -0.0.
static bool isZero(Attribute attribute) {
  if (auto number = dyn_cast_or_null<FloatAttr>(attribute))
    return number.getValue().isPosZero();
  if (auto number = dyn_cast_or_null<IntegerAttr>(attribute))
    return number.getValue().isZero();
  if (auto parts = dyn_cast_or_null<ArrayAttr>(attribute))
    return llvm::all_of(parts, isZero);
  auto dense = dyn_cast_or_null<DenseElementsAttr>(attribute);
  if (!dense || !dense.isSplat())
    return false;
  if (isa<ComplexType>(dense.getElementType())) {
    if (!isa<FloatType>(
            cast<ComplexType>(dense.getElementType()).getElementType()))
      return false;
    auto value = dense.getSplatValue<std::complex<APFloat>>();
    return value.real().isPosZero() && value.imag().isPosZero();
  }
  return isZero(dense.getSplatValue<Attribute>());
}

/// The attribute of a constant. By operation and not by the trait ConstantLike:
/// a trait's identity is its name as the compiler spells it, and a plugin and
/// its host may come from two compilers.
static Attribute constantValue(Value value) {
  if (auto constant = value.getDefiningOp<arith::ConstantOp>())
    return constant.getValue();
  if (auto constant = value.getDefiningOp<complex::ConstantOp>())
    return constant.getValue();
  return nullptr;
}

static bool isZeroTensor(Value value) {
  if (auto fill = value.getDefiningOp<linalg::FillOp>())
    value = fill.getInputs()[0];
  return isZero(constantValue(value));
}

/// Booleans are multiplied by and, and added by or.
static bool isProduct(Operation *op) {
  if (op->getResult(0).getType().isInteger(1))
    return isa<arith::AndIOp>(op);
  return isa<arith::MulFOp, arith::MulIOp, complex::MulOp>(op);
}

static bool isSum(Operation *op) {
  if (op->getResult(0).getType().isInteger(1))
    return isa<arith::OrIOp>(op);
  return isa<arith::AddFOp, arith::AddIOp, complex::AddOp>(op);
}

static bool areArguments(Operation *op, Value x, Value y) {
  return (op->getOperand(0) == x && op->getOperand(1) == y) ||
         (op->getOperand(0) == y && op->getOperand(1) == x);
}

/// Whether the body yields the product of the inputs, or that added to the
/// result so far: then `sums` is true.
static bool matchBody(Block &body, unsigned numInputs, bool &sums) {
  if (body.getNumArguments() != numInputs + 1)
    return false;
  Value value = body.getTerminator()->getOperand(0);
  Value soFar = body.getArgument(numInputs);
  size_t numOps = 1;
  Value product = value;
  sums = false;
  if (Operation *op = value.getDefiningOp(); op && isSum(op)) {
    sums = true;
    ++numOps;
    if (op->getOperand(0) == op->getOperand(1))
      return false;
    if (op->getOperand(0) == soFar)
      product = op->getOperand(1);
    else if (op->getOperand(1) == soFar)
      product = op->getOperand(0);
    else
      return false;
  }
  if (numInputs == 1) {
    if (product != body.getArgument(0))
      return false;
  } else {
    Operation *op = product.getDefiningOp();
    ++numOps;
    if (!op || !isProduct(op) ||
        !areArguments(op, body.getArgument(0), body.getArgument(1)))
      return false;
  }
  return llvm::hasNItems(body, numOps);
}

static bool readLoops(AffineMap map, SmallVectorImpl<unsigned> &loops) {
  for (AffineExpr axis : map.getResults()) {
    auto loop = dyn_cast<AffineDimExpr>(axis);
    if (!loop)
      return false;
    loops.push_back(loop.getPosition());
  }
  return map.getNumSymbols() == 0;
}

/// Tensors without encoding, of one element type that the dialect has.
static bool haveOneType(Operation *op) {
  Type element;
  for (Type type : op->getOperandTypes()) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (!tensor || tensor.getEncoding() ||
        (element && tensor.getElementType() != element))
      return false;
    element = tensor.getElementType();
  }
  return element && isElementType(element);
}

std::optional<LinalgTerms> einc::ir::readTerms(Operation *op) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  if (!linalgOp || !linalgOp.hasPureTensorSemantics() ||
      op->getNumResults() != 1 || linalgOp.getNumDpsInits() != 1 ||
      !haveOneType(op))
    return std::nullopt;
  const unsigned numInputs = linalgOp.getNumDpsInputs();
  bool sums = false;
  if (numInputs < 1 || numInputs > 2 || op->getNumRegions() != 1 ||
      !matchBody(*linalgOp.getBlock(), numInputs, sums))
    return std::nullopt;

  LinalgTerms terms;
  terms.numLoops = linalgOp.getNumLoops();
  SmallVector<AffineMap> maps = linalgOp.getIndexingMapsArray();
  if (!readLoops(maps.back(), terms.resultLoops))
    return std::nullopt;
  SmallVector<bool> inInputs(terms.numLoops), inResult(terms.numLoops);
  for (unsigned loop : terms.resultLoops) {
    if (inResult[loop])
      return std::nullopt;
    inResult[loop] = true;
  }
  for (unsigned i = 0; i < numInputs; ++i) {
    terms.inputs.push_back({linalgOp.getDpsInputOperand(i)->get(), {}});
    if (!readLoops(maps[i], terms.inputs.back().loops))
      return std::nullopt;
    for (unsigned loop : terms.inputs.back().loops)
      inInputs[loop] = true;
  }
  for (auto [loop, iterator] :
       llvm::enumerate(linalgOp.getIteratorTypesArray())) {
    const bool isParallel = iterator == utils::IteratorType::parallel;
    if (!inInputs[loop] || isParallel != inResult[loop] ||
        (!isParallel && !sums))
      return std::nullopt;
  }
  if (sums && !isZeroTensor(linalgOp.getDpsInitOperand(0)->get()))
    return std::nullopt;
  return terms;
}
