// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Arithmetic in a step's compute type, scalar or in vectors, so that a family
/// is written once for real, complex, integer and boolean elements.

#ifndef EINC_COMPILER_KERNELS_CPU_ARITHMETIC_H
#define EINC_COMPILER_KERNELS_CPU_ARITHMETIC_H

#include "compiler/Emit/Emitter.h"
#include "compiler/Schedule/StepTypes.h"

namespace einc {

/// A number of the compute type, or `width` of them. Complex numbers are two
/// values of that width, a real and an imaginary one.
struct Number {
  mlir::Value re;
  mlir::Value im; ///< null unless complex
};

/// Numbers are loaded from memory of any type that converts to the compute type
/// and stored as any type it is the compute type of. Complex numbers lie
/// interleaved in memory and are taken apart when loaded. bool: product is
/// "and", sum is "or". Integers wrap. Addresses need element alignment only.
class Arithmetic {
public:
  Arithmetic(Emitter &emitter, ElementType compute);

  Emitter &emitter() const { return e; }
  ElementType compute() const { return type; }
  /// Numbers that one register holds (two for complex numbers): the widest
  /// stored type has as many in a register or fewer, so that conversions stay
  /// within one. Other powers of two are allowed as widths; wider ones are
  /// several registers.
  unsigned lanes() const;
  /// Values that a number is made of: 1, of complex numbers 2.
  unsigned parts() const { return isComplex(type) ? 2 : 1; }

  Number zero(unsigned width = 1);
  Number one(unsigned width = 1);
  /// `width` neighbours at `pointer`, stored as `stored`; their conjugates.
  Number load(ElementType stored, mlir::Value pointer, unsigned width = 1,
              bool conjugate = false);
  /// The element at `pointer`, `width` times.
  Number loadSplat(ElementType stored, mlir::Value pointer, unsigned width,
                   bool conjugate = false);
  /// Converts: halves round to nearest even, integers wrap. `stream` stores
  /// past the caches; the address must then be a multiple of the vector's
  /// bytes.
  void store(Number value, ElementType stored, mlir::Value pointer,
             bool stream = false);
  Number splat(Number scalar, unsigned width);

  Number add(Number a, Number b);
  Number mul(Number a, Number b);
  /// a * b + c, fused where the target has it.
  Number fma(Number a, Number b, Number c);
  Number select(mlir::Value condition, Number a, Number b);
  /// The sum of all lanes, by halving: a fixed tree.
  Number sum(Number vector);
  /// Of a scalar, or lane by lane; -0 counts.
  mlir::Value isZero(Number number);
  mlir::Value isOne(Number number);
  /// factor * value, where a factor of 1 leaves complex numbers as they are: a
  /// product with 1 + 0i makes NaN of infinity.
  Number scale(Number factor, Number value);
  /// beta * old + scaled.
  Number blend(Number beta, Number old, Number scaled);

  /// alpha * value + beta * out, stored; with beta = 0 out is not read. The
  /// scalars are splat here. Branches on beta.
  void update(Number value, Number alpha, Number beta, ElementType stored,
              mlir::Value pointer, unsigned width);

  /// Numbers as values that loops carry, and back.
  void append(Emitter::Values &values, Number number) const;
  Number take(Emitter::ValuesRef values, unsigned index) const;

private:
  Emitter &e;
  ElementType type;
};

/// {alpha, beta} at the last pointer of a kernel, in the compute type; beta is
/// 1 where the call accumulates.
struct KernelScalars {
  Number alpha, beta;
};
KernelScalars loadScalars(Arithmetic &arithmetic, mlir::Value pointers,
                          unsigned numOperands, mlir::Value params);

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_ARITHMETIC_H
