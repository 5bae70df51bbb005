// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The Emitter's arithmetic: integers, floating point, conversions, vectors.

#include "compiler/Emit/EmitterImpl.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

namespace einc {

using namespace mlir;

//===-- Integers --------------------------------------------------------===//

std::optional<int64_t> constantOf(Value value) {
  APInt number;
  if (value.getType().isInteger(64) &&
      matchPattern(value, m_ConstantInt(&number)))
    return number.getSExtValue();
  return std::nullopt;
}

Value Emitter::constant(int64_t value) {
  return impl->create<LLVM::ConstantOp>(i64(),
                                        impl->builder.getI64IntegerAttr(value));
}

bool Emitter::isConstant(Value value, int64_t number) const {
  return constantOf(value) == number;
}

Value Emitter::add(Value a, Value b) {
  auto x = constantOf(a), y = constantOf(b);
  if (x && y)
    return constant(*x + *y);
  if (x && *x == 0)
    return b;
  if (y && *y == 0)
    return a;
  return impl->create<LLVM::AddOp>(a, b);
}

Value Emitter::sub(Value a, Value b) {
  if (auto y = constantOf(b); y && *y == 0)
    return a;
  return impl->create<LLVM::SubOp>(a, b);
}

Value Emitter::mul(Value a, Value b) {
  auto x = constantOf(a), y = constantOf(b);
  if (x && y)
    return constant(*x * *y);
  if (x && *x == 1)
    return b;
  if (y && *y == 1)
    return a;
  return impl->create<LLVM::MulOp>(a, b);
}

Value Emitter::div(Value a, Value b) {
  if (auto y = constantOf(b); y && *y == 1)
    return a;
  return impl->create<LLVM::UDivOp>(a, b);
}
Value Emitter::rem(Value a, Value b) {
  return impl->create<LLVM::URemOp>(a, b);
}
Value Emitter::min(Value a, Value b) {
  return impl->create<LLVM::SMinOp>(a, b);
}
Value Emitter::max(Value a, Value b) {
  return impl->create<LLVM::SMaxOp>(a, b);
}
Value Emitter::less(Value a, Value b) {
  return impl->compare(LLVM::ICmpPredicate::slt, a, b);
}
Value Emitter::equal(Value a, Value b) {
  return impl->compare(LLVM::ICmpPredicate::eq, a, b);
}
Value Emitter::notEqual(Value a, Value b) {
  return impl->compare(LLVM::ICmpPredicate::ne, a, b);
}
Value Emitter::both(Value a, Value b) {
  return impl->create<LLVM::AndOp>(a, b);
}
Value Emitter::either(Value a, Value b) {
  return impl->create<LLVM::OrOp>(a, b);
}
Value Emitter::select(Value condition, Value a, Value b) {
  return impl->create<LLVM::SelectOp>(condition, a, b);
}

Value Emitter::shiftLeft(Value a, unsigned bits) {
  return impl->create<LLVM::ShlOp>(a, constant(a.getType(), bits));
}
Value Emitter::shiftRight(Value a, unsigned bits) {
  return impl->create<LLVM::LShrOp>(a, constant(a.getType(), bits));
}

//===-- Constants of any type -------------------------------------------===//

/// A scalar or every element of a vector.
static TypedAttr uniform(Type type, Attribute element) {
  if (auto vector = dyn_cast<VectorType>(type))
    return DenseElementsAttr::get(vector, element);
  return cast<TypedAttr>(element);
}

Value Emitter::zero(Type type) { return impl->create<LLVM::ZeroOp>(type); }
Value Emitter::one(Type type) {
  return llvm::isa<FloatType>(getElementTypeOrSelf(type)) ? number(type, 1)
                                                          : constant(type, 1);
}
Value Emitter::constant(Type type, int64_t value) {
  auto bits = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  Attribute element = impl->builder.getIntegerAttr(
      getElementTypeOrSelf(type),
      APInt(bits, uint64_t(value), /*isSigned=*/true, /*implicitTrunc=*/true));
  return impl->create<LLVM::ConstantOp>(type, uniform(type, element));
}
Value Emitter::number(Type type, double value) {
  Attribute element =
      impl->builder.getFloatAttr(getElementTypeOrSelf(type), value);
  return impl->create<LLVM::ConstantOp>(type, uniform(type, element));
}

//===-- Floating point --------------------------------------------------===//

Value Emitter::fadd(Value a, Value b) {
  return impl->create<LLVM::FAddOp>(a, b);
}
Value Emitter::fsub(Value a, Value b) {
  return impl->create<LLVM::FSubOp>(a, b);
}
Value Emitter::fnegate(Value a) { return impl->create<LLVM::FNegOp>(a); }
Value Emitter::fmul(Value a, Value b) {
  return impl->create<LLVM::FMulOp>(a, b);
}
Value Emitter::fma(Value a, Value b, Value c) {
  // Without the instruction the intrinsic would become a call of fmaf.
  if (!isa.hasFMA())
    return fadd(fmul(a, b), c);
  return impl->create<LLVM::FMAOp>(a.getType(), ValueRange{a, b, c});
}
Value Emitter::fequal(Value a, Value b) {
  return impl->create<LLVM::FCmpOp>(LLVM::FCmpPredicate::oeq, a, b);
}
Value Emitter::isZero(Value a) {
  return llvm::isa<FloatType>(getElementTypeOrSelf(a.getType()))
             ? fequal(a, zero(a.getType()))
             : equal(a, zero(a.getType()));
}

//===-- Conversions -----------------------------------------------------===//

/// `element`, or a vector of it as long as `value`.
static Type typeLike(Value value, Type element) {
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    return VectorType::get(vector.getShape(), element);
  return element;
}

Value Emitter::extend(Value a, unsigned bits, bool isSigned) {
  Type type = typeLike(a, integer(bits));
  if (type == a.getType())
    return a;
  return isSigned ? impl->create<LLVM::SExtOp>(type, a)
                  : impl->create<LLVM::ZExtOp>(type, a);
}
Value Emitter::truncate(Value a, unsigned bits) {
  Type type = typeLike(a, integer(bits));
  return type == a.getType() ? a : impl->create<LLVM::TruncOp>(type, a);
}
Value Emitter::toFloat(Value a, Type element) {
  return impl->create<LLVM::SIToFPOp>(typeLike(a, element), a);
}
Value Emitter::convertFloat(Value a, Type element) {
  unsigned from = getElementTypeOrSelf(a.getType()).getIntOrFloatBitWidth();
  unsigned to = element.getIntOrFloatBitWidth();
  if (from == to)
    return a;
  Type type = typeLike(a, element);
  return from < to ? impl->create<LLVM::FPExtOp>(type, a)
                   : impl->create<LLVM::FPTruncOp>(type, a);
}
Value Emitter::bitcast(Value a, Type element) {
  return impl->create<LLVM::BitcastOp>(typeLike(a, element), a);
}

Value Emitter::reinterpret(Value a, Type type) {
  return type == a.getType() ? a : impl->create<LLVM::BitcastOp>(type, a);
}

//===-- Dot products ----------------------------------------------------===//

/// The width of a vector in bits, as names of intrinsics end.
static std::string bitsOf(Value vector) {
  auto type = cast<VectorType>(vector.getType());
  return std::to_string(type.getDimSize(0) * type.getElementTypeBitWidth());
}

Value Emitter::dotBF16(Value sum, Value a, Value b) {
  Type pairs = VectorType::get({2 * width(sum)}, impl->builder.getBF16Type());
  return impl->intrinsic("llvm.x86.avx512bf16.dpbf16ps." + bitsOf(sum),
                         sum.getType(),
                         {sum, reinterpret(a, pairs), reinterpret(b, pairs)});
}

Value Emitter::dotI16(Value sum, Value a, Value b) {
  Type pairs = vector(integer(16), 2 * width(sum));
  a = reinterpret(a, pairs);
  b = reinterpret(b, pairs);
  std::string bits = bitsOf(sum);
  if (isa.hasVNNI())
    return impl->intrinsic("llvm.x86.avx512.vpdpwssd." + bits, sum.getType(),
                           {sum, a, b});
  if (isa.architecture() == EINC_ARCHITECTURE_AARCH64) {
    SmallVector<int32_t> even, odd;
    for (unsigned i = 0; i < width(sum); ++i) {
      even.push_back(2 * i);
      odd.push_back(2 * i + 1);
    }
    auto product = [&](ArrayRef<int32_t> lanes) {
      return mul(extend(shuffle(a, a, lanes), 32, /*isSigned=*/true),
                 extend(shuffle(b, b, lanes), 32, /*isSigned=*/true));
    };
    return add(sum, add(product(even), product(odd)));
  }
  const char *name = bits == "128"   ? "llvm.x86.sse2.pmadd.wd"
                     : bits == "256" ? "llvm.x86.avx2.pmadd.wd"
                                     : "llvm.x86.avx512.pmaddw.d.512";
  return add(sum, impl->intrinsic(name, sum.getType(), {a, b}));
}

Value Emitter::dotBytes(Value sum, Value a, Value b) {
  Type bytes = vector(integer(8), 4 * width(sum));
  return impl->intrinsic("llvm.x86.avx512.vpdpbusd." + bitsOf(sum),
                         sum.getType(),
                         {sum, reinterpret(a, bytes), reinterpret(b, bytes)});
}

//===-- Vectors ---------------------------------------------------------===//

Value Emitter::splat(Value scalar, unsigned lanes) {
  if (lanes == 1)
    return scalar;
  Value poison = impl->create<LLVM::PoisonOp>(vector(scalar.getType(), lanes));
  Value first = impl->create<LLVM::ConstantOp>(
      impl->builder.getI32Type(), impl->builder.getI32IntegerAttr(0));
  Value inserted = impl->create<LLVM::InsertElementOp>(poison, scalar, first);
  return shuffle(inserted, poison, SmallVector<int32_t>(lanes, 0));
}
Value Emitter::shuffle(Value a, Value b, ArrayRef<int32_t> mask) {
  return impl->create<LLVM::ShuffleVectorOp>(a, b, mask);
}
Value Emitter::extract(Value vector, unsigned lane) {
  Value number = impl->create<LLVM::ConstantOp>(
      impl->builder.getI32Type(), impl->builder.getI32IntegerAttr(lane));
  return impl->create<LLVM::ExtractElementOp>(vector, number);
}
Value Emitter::iota(unsigned lanes, Value scale) {
  SmallVector<int64_t> numbers;
  for (unsigned i = 0; i < lanes; ++i)
    numbers.push_back(i);
  Value steps = impl->create<LLVM::ConstantOp>(
      vector(i64(), lanes), impl->builder.getI64VectorAttr(numbers));
  return impl->create<LLVM::MulOp>(steps, splat(scale, lanes));
}
Value Emitter::reduce(Value value, function_ref<Value(Value, Value)> combine) {
  auto type = dyn_cast<VectorType>(value.getType());
  if (!type)
    return value;
  unsigned lanes = type.getDimSize(0);
  while (lanes > 1) {
    lanes /= 2;
    SmallVector<int32_t> low, high;
    for (unsigned i = 0; i < lanes; ++i) {
      low.push_back(i);
      high.push_back(i + lanes);
    }
    value = combine(shuffle(value, value, low), shuffle(value, value, high));
  }
  return extract(value, 0);
}
Value Emitter::sum(Value value) {
  bool floats = llvm::isa<FloatType>(getElementTypeOrSelf(value.getType()));
  return reduce(
      value, [&](Value a, Value b) { return floats ? fadd(a, b) : add(a, b); });
}

} // namespace einc
