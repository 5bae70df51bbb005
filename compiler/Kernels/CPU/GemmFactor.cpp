// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Loads, stores and scaling of numbers whose parts are neighbours.

#include "compiler/Kernels/CPU/GemmFactor.h"
#include "compiler/Kernels/CPU/Conversions.h"

namespace einc {

using mlir::Value;

Value GemmKernel::load(ElementType stored, Value pointer,
                       unsigned count) const {
  unsigned width = isComplex(stored) ? 2 * count : count;
  Value loaded = e.load(e.vector(e.element(stored), width), pointer,
                        elementAlignment(stored));
  Value reals = fromStored(e, loaded, realType(stored), realType(compute));
  if (width == count * parts)
    return reals;
  // Real numbers become complex ones: {x, 0} in turn.
  llvm::SmallVector<int32_t> mask;
  if (count == 1)
    return alternate(e, reals, e.zero(element), 2);
  for (unsigned i = 0; i < count; ++i)
    mask.append({int32_t(i), int32_t(count + i)});
  return e.shuffle(reals, e.zero(reals.getType()), mask);
}

Value GemmKernel::loadOperand(TensorRole role, Value pointer,
                              unsigned count) const {
  ElementType stored = types.of(role);
  if (step == 1)
    return load(stored, pointer, count);
  Value loaded =
      e.load(e.vector(e.element(stored), count), pointer, elementBytes(stored));
  if (role == RoleA && biasesA)
    loaded = e.add(loaded, e.constant(loaded.getType(), -128));
  bool isSigned = stored != ElementType::U8;
  return panel == ElementType::I16 ? e.extend(loaded, 16, isSigned) : loaded;
}

void GemmKernel::storePanel(Value numbers, Value pointer) const {
  e.store(numbers, pointer, bytes / cell);
}

void GemmKernel::store(Value numbers, ElementType stored, Value pointer) const {
  e.store(toStored(e, numbers, realType(stored)), pointer,
          elementAlignment(stored));
}

Value alternate(Emitter &e, Value even, Value odd, unsigned lanes) {
  llvm::SmallVector<int32_t> mask;
  for (unsigned i = 0; i < lanes; ++i)
    mask.push_back(i % 2 ? lanes + i : i);
  return e.shuffle(e.splat(even, lanes), e.splat(odd, lanes), mask);
}

Value swapParts(Emitter &e, Value numbers) {
  llvm::SmallVector<int32_t> mask;
  for (unsigned i = 0; i < e.width(numbers); ++i)
    mask.push_back(i ^ 1);
  return e.shuffle(numbers, numbers, mask);
}

GemmFactor::GemmFactor(const GemmKernel &kernel, const Number &scalar,
                       unsigned count)
    : k(kernel) {
  Emitter &e = k.e;
  unsigned width = count * k.parts;
  re = e.splat(scalar.re, width);
  if (k.parts == 1)
    return;
  im = alternate(e, e.fnegate(scalar.im), scalar.im, width);
  isOne = Arithmetic(e, k.compute).isOne(scalar);
}

Value GemmFactor::times(Value numbers) const {
  Emitter &e = k.e;
  if (k.compute == ElementType::Bool)
    return e.both(re, numbers);
  if (!isFloating(k.compute))
    return e.mul(re, numbers);
  Value product = e.fmul(re, numbers);
  if (k.parts == 1)
    return product;
  product = e.fma(im, swapParts(e, numbers), product);
  return e.select(isOne, numbers, product);
}

Value GemmFactor::times(Value numbers, Value sum) const {
  Emitter &e = k.e;
  if (k.compute == ElementType::Bool)
    return e.either(times(numbers), sum);
  if (!isFloating(k.compute))
    return e.add(times(numbers), sum);
  if (k.parts == 1)
    return e.fma(re, numbers, sum);
  return e.fadd(times(numbers), sum);
}

GemmScalars::GemmScalars(const GemmKernel &kernel, Value pointer) {
  Arithmetic math(kernel.e, kernel.compute);
  alpha = math.load(kernel.compute, pointer);
  beta = math.load(kernel.compute,
                   kernel.e.offset(pointer, int64_t(kernel.bytes)));
  overwrite = math.isZero(beta);
}

} // namespace einc
