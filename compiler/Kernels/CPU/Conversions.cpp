// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Conversions. Halves are integers to the emitter: without an instruction the
/// code generator would call a function for a conversion it knows as one.

#include "compiler/Kernels/CPU/Conversions.h"

namespace einc {

using mlir::Type;
using mlir::Value;

namespace {

constexpr int64_t signBit = 0x80000000;
constexpr int64_t infinity = 0x7f800000;
/// What the exponents of f32 and f16 differ by, in place.
constexpr int64_t rebias = 0x38000000;

/// Operations on the 32 bits of floats, all lanes alike.
class Bits {
public:
  Bits(Emitter &emitter, Type type) : e(emitter), type(type) {}
  Value number(int64_t value) { return e.constant(type, value); }
  Value add(Value a, int64_t b) { return e.add(a, number(b)); }
  Value keep(Value a, int64_t mask) { return e.both(a, number(mask)); }
  Value set(Value a, int64_t mask) { return e.either(a, number(mask)); }
  Value less(Value a, int64_t b) { return e.less(a, number(b)); }
  Value more(Value a, int64_t b) { return e.less(number(b), a); }
  /// a >> bits to nearest even.
  Value round(Value a, unsigned bits) {
    Value odd = keep(e.shiftRight(a, bits), 1);
    Value half = add(odd, (int64_t(1) << (bits - 1)) - 1);
    return e.shiftRight(e.add(a, half), bits);
  }

private:
  Emitter &e;
  Type type;
};

bool hasHalfInstructions(const Emitter &e) {
  return e.target().isa != Target::ISA::X86_64; // F16C
}

/// f16 in its lower 16 bits -> f32. Each range is exact: numbers, infinity and
/// NaN by moving the bits, denormals by their value.
Value widenHalf(Emitter &e, Value wide) {
  Bits bits(e, wide.getType());
  Type f32 = e.element(ElementType::F32);
  Value sign = e.shiftLeft(bits.keep(wide, 0x8000), 16);
  Value magnitude = bits.keep(wide, 0x7fff);
  Value moved = e.shiftLeft(magnitude, 13);
  Value special = bits.set(moved, infinity);
  Value normal = bits.add(moved, rebias);
  Value whole = e.toFloat(magnitude, f32);
  Value denormal = e.bitcast(e.fmul(whole, e.number(whole.getType(), 0x1p-24)),
                             e.integer(32));
  Value result = e.select(bits.less(magnitude, 0x7c00), normal, special);
  result = e.select(bits.less(magnitude, 0x400), denormal, result);
  return e.bitcast(e.either(result, sign), f32);
}

/// f32 -> f16. Below 2^-14 the sum with 1/2, whose last bit is worth 2^-24,
/// rounds as a denormal does.
Value narrowToHalf(Emitter &e, Value value) {
  Value pattern = e.bitcast(value, e.integer(32));
  Bits bits(e, pattern.getType());
  Value sign = e.shiftRight(bits.keep(pattern, signBit), 16);
  Value magnitude = bits.keep(pattern, signBit - 1);
  Value absolute = e.bitcast(magnitude, e.element(ElementType::F32));
  Value sum = e.fadd(absolute, e.number(absolute.getType(), 0.5));
  Value denormal = bits.add(e.bitcast(sum, e.integer(32)), -0x3f000000);
  Value result = bits.round(bits.add(magnitude, -rebias), 13);
  result = e.select(bits.less(magnitude, 0x38800000), denormal, result);
  result =
      e.select(bits.less(magnitude, 0x477ff000), result, bits.number(0x7c00));
  result =
      e.select(bits.more(magnitude, infinity), bits.number(0x7e00), result);
  return e.truncate(e.either(result, sign), 16);
}

/// f32 -> bf16; a NaN stays one whatever its lower bits are.
Value narrowToBFloat(Emitter &e, Value value) {
  Value pattern = e.bitcast(value, e.integer(32));
  Bits bits(e, pattern.getType());
  Value magnitude = bits.keep(pattern, signBit - 1);
  Value quiet = bits.set(e.shiftRight(pattern, 16), 0x40);
  Value result =
      e.select(bits.more(magnitude, infinity), quiet, bits.round(pattern, 16));
  return e.truncate(result, 16);
}

} // namespace

Value fromStored(Emitter &e, Value value, ElementType stored,
                 ElementType compute) {
  Type element = e.element(compute);
  if (stored == ElementType::F16 && hasHalfInstructions(e))
    return e.convertFloat(
        e.convertFloat(e.bitcast(value, e.half()), e.element(ElementType::F32)),
        element);
  if (stored == ElementType::F16)
    return e.convertFloat(widenHalf(e, e.extend(value, 32, false)), element);
  if (stored == ElementType::BF16)
    return e.convertFloat(e.bitcast(e.shiftLeft(e.extend(value, 32, false), 16),
                                    e.element(ElementType::F32)),
                          element);
  if (isFloating(stored))
    return e.convertFloat(value, element);
  bool isSigned = stored != ElementType::U8 && stored != ElementType::Bool;
  if (!isFloating(compute))
    return e.extend(value, element.getIntOrFloatBitWidth(), isSigned);
  if (elementBytes(stored) < 4)
    value = e.extend(value, 32, isSigned);
  return e.toFloat(value, element);
}

Value toStored(Emitter &e, Value value, ElementType stored) {
  if (stored == ElementType::F16)
    return hasHalfInstructions(e)
               ? e.bitcast(e.convertFloat(value, e.half()), e.integer(16))
               : narrowToHalf(e, value);
  if (stored == ElementType::BF16)
    return narrowToBFloat(e, value);
  if (isFloating(stored))
    return e.convertFloat(value, e.element(stored));
  return e.truncate(value, 8 * elementBytes(stored));
}

} // namespace einc
