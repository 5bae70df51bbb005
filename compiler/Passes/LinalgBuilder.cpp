// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Passes/LinalgBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace einc::ir;
using namespace mlir;
using utils::IteratorType;

static Type elementOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getElementType();
}

/// Booleans multiply by and, and add by or.
static Value multiply(OpBuilder &b, Location loc, Value x, Value y) {
  Type type = x.getType();
  if (isa<ComplexType>(type))
    return complex::MulOp::create(b, loc, x, y);
  if (isa<FloatType>(type))
    return arith::MulFOp::create(b, loc, x, y);
  if (type.isInteger(1))
    return arith::AndIOp::create(b, loc, x, y);
  return arith::MulIOp::create(b, loc, x, y);
}

static Value add(OpBuilder &b, Location loc, Value x, Value y) {
  Type type = x.getType();
  if (isa<ComplexType>(type))
    return complex::AddOp::create(b, loc, x, y);
  if (isa<FloatType>(type))
    return arith::AddFOp::create(b, loc, x, y);
  if (type.isInteger(1))
    return arith::OrIOp::create(b, loc, x, y);
  return arith::AddIOp::create(b, loc, x, y);
}

void LinalgBuilder::insertDialects(DialectRegistry &registry) {
  registry.insert<arith::ArithDialect, complex::ComplexDialect,
                  linalg::LinalgDialect, tensor::TensorDialect>();
}

OpFoldResult LinalgBuilder::index(int64_t number) {
  return builder.getIndexAttr(number);
}

OpFoldResult LinalgBuilder::extent(Value value, int64_t axis) {
  return tensor::getMixedSize(builder, loc, value, axis);
}

Value LinalgBuilder::toSignless(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  if (!type.getElementType().isUnsignedInteger(8))
    return value;
  return tensor::BitcastOp::create(builder, loc,
                                   type.clone(builder.getI8Type()), value);
}

Value LinalgBuilder::toType(Value value, Type target) {
  auto type = cast<RankedTensorType>(target);
  auto shaped = cast<RankedTensorType>(value.getType()).clone(type.getShape());
  if (shaped != value.getType())
    value = tensor::CastOp::create(builder, loc, shaped, value);
  if (type != shaped)
    value = tensor::BitcastOp::create(builder, loc, type, value);
  return value;
}

Value LinalgBuilder::dropUnitAxes(Value value, ArrayRef<unsigned> axes) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, value);
  SmallVector<OpFoldResult> offsets(sizes.size(), builder.getIndexAttr(0));
  SmallVector<OpFoldResult> strides(sizes.size(), builder.getIndexAttr(1));
  SmallVector<int64_t> shape;
  for (auto [axis, extent] : llvm::enumerate(type.getShape()))
    if (!llvm::is_contained(axes, axis))
      shape.push_back(extent);
  return tensor::ExtractSliceOp::create(
      builder, loc, RankedTensorType::get(shape, type.getElementType()), value,
      offsets, sizes, strides);
}

Value LinalgBuilder::zero(Type element) {
  if (auto complex = dyn_cast<ComplexType>(element)) {
    Attribute part = builder.getZeroAttr(complex.getElementType());
    return complex::ConstantOp::create(builder, loc, element,
                                       builder.getArrayAttr({part, part}));
  }
  return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(element));
}

Value LinalgBuilder::zeros(ArrayRef<OpFoldResult> sizes, Type element) {
  Value empty = tensor::EmptyOp::create(builder, loc, sizes, element);
  return linalg::FillOp::create(builder, loc, zero(element), empty)
      .getResult(0);
}

/// The elements rounded from f32 to a half.
Value LinalgBuilder::round(Value value, Type element) {
  Value empty = tensor::EmptyOp::create(
      builder, loc, tensor::getMixedSizes(builder, loc, value), element);
  const int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  AffineMap identity = builder.getMultiDimIdentityMap(rank);
  SmallVector<IteratorType> iterators(rank, IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, loc, empty.getType(), value, empty,
             ArrayRef<AffineMap>{identity, identity}, iterators,
             [&](OpBuilder &b, Location at, ValueRange args) {
               Value rounded = arith::TruncFOp::create(b, at, element, args[0]);
               linalg::YieldOp::create(b, at, rounded);
             })
      .getResult(0);
}

Value LinalgBuilder::sumOfProducts(ArrayRef<LinalgTerm> terms,
                                   ArrayRef<uint32_t> loops,
                                   ArrayRef<OpFoldResult> sizes) {
  const size_t numOutputs = sizes.size();
  const bool sums = loops.size() != numOutputs;
  Type element = elementOf(terms.front().value);
  // Halves are summed in f32, and rounded once.
  Type sumType = sums && (element.isF16() || element.isBF16())
                     ? builder.getF32Type()
                     : element;

  // linalg.contract takes distinct labels, and sums those of both terms.
  bool contract = terms.size() == 2 && sums;
  SmallVector<AffineMap> maps;
  SmallVector<Value> inputs;
  for (const LinalgTerm &term : terms) {
    SmallVector<AffineExpr> axes;
    for (uint32_t label : term.labels)
      axes.push_back(
          builder.getAffineDimExpr(llvm::find(loops, label) - loops.begin()));
    maps.push_back(AffineMap::get(loops.size(), 0, axes, builder.getContext()));
    inputs.push_back(term.value);
    contract = contract && maps.back().isProjectedPermutation();
    for (uint32_t label : loops.drop_front(numOutputs))
      contract = contract && llvm::is_contained(term.labels, label);
  }
  maps.push_back(
      AffineMap::getMultiDimIdentityMap(numOutputs, builder.getContext()));
  maps.back() = AffineMap::get(loops.size(), 0, maps.back().getResults(),
                               builder.getContext());
  if (terms.size() == 1 && !sums && maps.front().isIdentity())
    return inputs.front();

  Value init = sums ? zeros(sizes, sumType)
                    : tensor::EmptyOp::create(builder, loc, sizes, sumType);
  Value result;
  if (contract) {
    result =
        linalg::ContractOp::create(builder, loc, init.getType(), inputs, init,
                                   builder.getAffineMapArrayAttr(maps))
            .getResult(0);
  } else {
    SmallVector<IteratorType> iterators(loops.size(), IteratorType::reduction);
    std::fill_n(iterators.begin(), numOutputs, IteratorType::parallel);
    result = linalg::GenericOp::create(
                 builder, loc, init.getType(), inputs, init, maps, iterators,
                 [&](OpBuilder &b, Location at, ValueRange args) {
                   SmallVector<Value> values;
                   for (Value value : args.drop_back())
                     values.push_back(
                         value.getType() == sumType
                             ? value
                             : arith::ExtFOp::create(b, at, sumType, value));
                   Value value = values.size() == 1
                                     ? values[0]
                                     : multiply(b, at, values[0], values[1]);
                   if (sums)
                     value = add(b, at, args.back(), value);
                   linalg::YieldOp::create(b, at, value);
                 })
                 .getResult(0);
  }
  return sumType == element ? result : round(result, element);
}

Value LinalgBuilder::spreadDiagonal(Value value, ArrayRef<OpFoldResult> sizes,
                                    ArrayRef<unsigned> axes,
                                    ArrayRef<unsigned> firstAxis) {
  Type element = elementOf(value);
  SmallVector<AffineExpr> source;
  for (unsigned axis : axes)
    source.push_back(builder.getAffineDimExpr(axis));
  AffineMap map = AffineMap::get(sizes.size(), 0, source, builder.getContext());
  SmallVector<IteratorType> iterators(sizes.size(), IteratorType::parallel);
  Value init = tensor::EmptyOp::create(builder, loc, sizes, element);
  Value nothing = zero(element);
  return linalg::GenericOp::create(
             builder, loc, init.getType(), value, init,
             ArrayRef<AffineMap>{map,
                                 builder.getMultiDimIdentityMap(sizes.size())},
             iterators,
             [&](OpBuilder &b, Location at, ValueRange args) {
               Value on;
               for (auto [axis, first] : llvm::enumerate(firstAxis)) {
                 if (axis == first)
                   continue;
                 Value equal = arith::CmpIOp::create(
                     b, at, arith::CmpIPredicate::eq,
                     linalg::IndexOp::create(b, at, axis),
                     linalg::IndexOp::create(b, at, first));
                 on = on ? arith::AndIOp::create(b, at, on, equal) : equal;
               }
               Value chosen =
                   arith::SelectOp::create(b, at, on, args[0], nothing);
               linalg::YieldOp::create(b, at, chosen);
             })
      .getResult(0);
}
