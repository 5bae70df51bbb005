// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Numbers of every compute type over the Emitter.

#include "compiler/Kernels/CPU/Arithmetic.h"
#include "compiler/Kernels/CPU/Conversions.h"
#include "compiler/Schedule/KernelLayout.h"

namespace einc {

using mlir::Type;
using mlir::Value;

Arithmetic::Arithmetic(Emitter &emitter, ElementType compute)
    : e(emitter), type(compute) {}

unsigned Arithmetic::lanes() const { return e.lanes(realType(type)); }

Number Arithmetic::zero(unsigned width) {
  Value nothing = e.zero(e.vector(e.element(type), width));
  return {nothing, isComplex(type) ? nothing : Value()};
}

Number Arithmetic::one(unsigned width) {
  Number result = zero(width);
  result.re = e.one(result.re.getType());
  return result;
}

//===-- Memory ----------------------------------------------------------===//

Number Arithmetic::load(ElementType stored, Value pointer, unsigned width,
                        bool conjugate) {
  unsigned bytes = elementAlignment(stored);
  Type vector = e.vector(e.element(stored), width);
  Number result;
  if (isComplex(stored)) {
    // Two registers of neighbours become one of real parts and one of
    // imaginary parts.
    Value low = e.load(vector, pointer, bytes);
    Value high =
        e.load(vector, e.offset(pointer, int64_t(width) * bytes), bytes);
    llvm::SmallVector<int32_t> even, odd;
    for (unsigned i = 0; i < width; ++i) {
      even.push_back(2 * i);
      odd.push_back(2 * i + 1);
    }
    bool pairs = width > 1;
    result.re = pairs ? e.shuffle(low, high, even) : low;
    result.im = pairs ? e.shuffle(low, high, odd) : high;
    result.im = fromStored(e, result.im, realType(stored), realType(type));
    if (conjugate)
      result.im = e.fnegate(result.im);
  } else {
    result.re = e.load(vector, pointer, bytes);
  }
  result.re = fromStored(e, result.re, realType(stored), realType(type));
  if (isComplex(type) && !result.im)
    result.im = e.zero(result.re.getType());
  return result;
}

Number Arithmetic::loadSplat(ElementType stored, Value pointer, unsigned width,
                             bool conjugate) {
  return splat(load(stored, pointer, 1, conjugate), width);
}

void Arithmetic::store(Number value, ElementType stored, Value pointer,
                       bool stream) {
  unsigned bytes = elementAlignment(stored);
  auto put = [&](Value part, int64_t offset) {
    if (stream)
      e.stream(part, e.offset(pointer, offset));
    else
      e.store(part, e.offset(pointer, offset), bytes);
  };
  Value re = toStored(e, value.re, realType(stored));
  if (!value.im)
    return put(re, 0);
  Value im = toStored(e, value.im, realType(stored));
  unsigned width = e.width(re);
  if (width > 1) {
    llvm::SmallVector<int32_t> low, high;
    for (unsigned i = 0; i < width; ++i) {
      (i < width / 2 ? low : high).append({int32_t(i), int32_t(i + width)});
    }
    Value lower = e.shuffle(re, im, low), upper = e.shuffle(re, im, high);
    re = lower;
    im = upper;
  }
  put(re, 0);
  put(im, int64_t(width) * bytes);
}

Number Arithmetic::splat(Number scalar, unsigned width) {
  return {e.splat(scalar.re, width),
          scalar.im ? e.splat(scalar.im, width) : Value()};
}

//===-- Operations ------------------------------------------------------===//

Number Arithmetic::add(Number a, Number b) {
  if (type == ElementType::Bool)
    return {e.either(a.re, b.re), {}};
  if (!isFloating(type))
    return {e.add(a.re, b.re), {}};
  return {e.fadd(a.re, b.re), a.im ? e.fadd(a.im, b.im) : Value()};
}

Number Arithmetic::mul(Number a, Number b) {
  if (type == ElementType::Bool)
    return {e.both(a.re, b.re), {}};
  if (!isFloating(type))
    return {e.mul(a.re, b.re), {}};
  if (!isComplex(type))
    return {e.fmul(a.re, b.re), {}};
  return {e.fma(e.fnegate(a.im), b.im, e.fmul(a.re, b.re)),
          e.fma(a.im, b.re, e.fmul(a.re, b.im))};
}

Number Arithmetic::fma(Number a, Number b, Number c) {
  if (!isFloating(type))
    return add(mul(a, b), c);
  if (!isComplex(type))
    return {e.fma(a.re, b.re, c.re), {}};
  return {e.fma(e.fnegate(a.im), b.im, e.fma(a.re, b.re, c.re)),
          e.fma(a.im, b.re, e.fma(a.re, b.im, c.im))};
}

Number Arithmetic::select(Value condition, Number a, Number b) {
  return {e.select(condition, a.re, b.re),
          a.im ? e.select(condition, a.im, b.im) : Value()};
}

Number Arithmetic::sum(Number vector) {
  auto combine = [&](Value a, Value b) {
    return type == ElementType::Bool ? e.either(a, b)
           : isFloating(type)        ? e.fadd(a, b)
                                     : e.add(a, b);
  };
  return {e.reduce(vector.re, combine),
          vector.im ? e.reduce(vector.im, combine) : Value()};
}

Value Arithmetic::isZero(Number number) {
  Value result = e.isZero(number.re);
  return number.im ? e.both(result, e.isZero(number.im)) : result;
}

Value Arithmetic::isOne(Number number) {
  Value one = e.one(number.re.getType());
  Value result =
      isFloating(type) ? e.fequal(number.re, one) : e.equal(number.re, one);
  return number.im ? e.both(result, e.isZero(number.im)) : result;
}

Number Arithmetic::scale(Number factor, Number value) {
  Number product = mul(factor, value);
  return isComplex(type) ? select(isOne(factor), value, product) : product;
}

Number Arithmetic::blend(Number beta, Number old, Number scaled) {
  return isComplex(type) ? add(scale(beta, old), scaled)
                         : fma(beta, old, scaled);
}

void Arithmetic::update(Number value, Number alpha, Number beta,
                        ElementType stored, Value pointer, unsigned width) {
  Number scaled = scale(splat(alpha, width), value);
  e.ifThenElse(
      isZero(beta), [&] { store(scaled, stored, pointer); },
      [&] {
        Number old = load(stored, pointer, width);
        store(blend(splat(beta, width), old, scaled), stored, pointer);
      });
}

//===-- Numbers as values -----------------------------------------------===//

void Arithmetic::append(Emitter::Values &values, Number number) const {
  values.push_back(number.re);
  if (number.im)
    values.push_back(number.im);
}

Number Arithmetic::take(Emitter::ValuesRef values, unsigned index) const {
  return {values[index], isComplex(type) ? values[index + 1] : Value()};
}

KernelScalars loadScalars(Arithmetic &arithmetic, Value pointers,
                          unsigned numOperands, Value params) {
  Emitter &e = arithmetic.emitter();
  ElementType type = arithmetic.compute();
  Value scalars = e.loadPointer(pointers, 8 * (int64_t(numOperands) + 1));
  Number alpha = arithmetic.load(type, scalars);
  Number beta =
      arithmetic.load(type, e.offset(scalars, int64_t(elementBytes(type))));
  Value accumulates =
      e.notEqual(e.loadIndex(params, 8 * AccumulateParam), e.constant(0));
  return {alpha, arithmetic.select(accumulates, arithmetic.one(), beta)};
}

} // namespace einc
