// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Emitter: the few dozen operations that kernels are written in. Kernels see
/// this header only; the dialects behind it stay in Emitter*.cpp, so that a
/// kernel file compiles in a second and reads like the kernel it makes.
///
/// Indices are i64, pointers are byte addresses, vectors have as many elements
/// as a hardware register or fewer; longer ones are several registers. What
/// works on an integer or a number works on a vector of them. The builder folds
/// constants; no IR pipeline runs behind it, so what is emitted is what the
/// code generator sees.

#ifndef EINC_COMPILER_EMIT_EMITTER_H
#define EINC_COMPILER_EMIT_EMITTER_H

#include "compiler/Schedule/Machine.h"
#include "einc/ElementType.h"

#include "mlir/IR/Value.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <memory>

namespace einc {

class Emitter {
public:
  using Type = mlir::Type;
  using Value = mlir::Value;
  using Values = llvm::SmallVector<mlir::Value, 8>;
  using ValuesRef = llvm::ArrayRef<mlir::Value>;

  /// Starts an empty module; loads the dialects it needs into `context`.
  Emitter(mlir::MLIRContext &context, const Target &target);
  ~Emitter();
  Emitter(const Emitter &) = delete;
  Emitter &operator=(const Emitter &) = delete;

  /// The module, owned by the emitter.
  mlir::Operation *module() const;
  const Target &target() const { return isa; }

  // Types.
  Type i64() const;
  Type pointer() const;
  /// What an element is in memory, of complex types its real part; halves are
  /// 16-bit integers, u8 and bool bytes.
  Type element(ElementType type) const;
  Type integer(unsigned bits) const;
  /// IEEE binary16, for conversions where the target has them.
  Type half() const;
  /// The element itself if `lanes` is 1.
  Type vector(Type element, unsigned lanes) const;
  /// Elements of a vector; 1 of a scalar.
  unsigned width(Value value) const;
  /// Elements of `type` in a vector register.
  unsigned lanes(ElementType type) const {
    return isa.vectorBytes() / elementBytes(type);
  }

  // Functions; all return nothing.
  struct FunctionOptions {
    /// Visible outside of the module.
    bool exported = false;
    /// Compiled without optimisation: cheap to generate.
    bool cold = false;
  };
  Values beginFunction(llvm::StringRef name, llvm::ArrayRef<Type> arguments,
                       FunctionOptions options);
  void endFunction();
  void call(llvm::StringRef name, ValuesRef arguments);

  // Integers.
  Value constant(int64_t value);
  bool isConstant(Value value, int64_t number) const;
  Value add(Value a, Value b);
  Value add(Value a, int64_t b) { return b ? add(a, constant(b)) : a; }
  Value sub(Value a, Value b);
  Value mul(Value a, Value b);
  Value mul(Value a, int64_t b) { return b == 1 ? a : mul(a, constant(b)); }
  /// Quotient and remainder of non-negative numbers.
  Value div(Value a, Value b);
  Value rem(Value a, Value b);
  Value min(Value a, Value b);
  Value max(Value a, Value b);
  Value less(Value a, Value b);
  Value equal(Value a, Value b);
  Value notEqual(Value a, Value b);
  Value both(Value a, Value b); ///< of two conditions
  Value either(Value a, Value b);
  Value select(Value condition, Value a, Value b);
  Value shiftLeft(Value a, unsigned bits);
  Value shiftRight(Value a, unsigned bits); ///< zeros come in

  // Constants of any type; every element of a vector.
  Value zero(Type type);
  Value one(Type type);
  Value constant(Type type, int64_t value);
  Value number(Type type, double value);

  // Floating point; no fast-math.
  Value fadd(Value a, Value b);
  Value fsub(Value a, Value b);
  Value fnegate(Value a);
  Value fmul(Value a, Value b);
  /// a * b + c: fused where the target has it, else two roundings.
  Value fma(Value a, Value b, Value c);
  Value fequal(Value a, Value b);
  Value isZero(Value a); ///< a == 0, of integers too; -0 counts

  // Conversions; each keeps the number of lanes.
  Value extend(Value a, unsigned bits, bool isSigned);
  Value truncate(Value a, unsigned bits);
  Value toFloat(Value a, Type element); ///< of a signed integer
  /// Between floating-point types of different sizes, to nearest.
  Value convertFloat(Value a, Type element);
  Value bitcast(Value a, Type element); ///< of the same size

  /// The same bits as another type of as many.
  Value reinterpret(Value a, Type type);

  // Dot products in lanes of 32 bits: each lane of `sum` gains the products of
  // the parts of that lane of a and b.
  /// Pairs of bf16; f32 sums. Numbers too small for full precision are 0.
  Value dotBF16(Value sum, Value a, Value b);
  Value dotI16(Value sum, Value a, Value b); ///< pairs of i16; wraps
  /// Four bytes without sign in a, with sign in b; wraps.
  Value dotBytes(Value sum, Value a, Value b);

  // Vectors.
  Value splat(Value scalar, unsigned lanes);
  /// Elements of a, then of b, chosen by number.
  Value shuffle(Value a, Value b, llvm::ArrayRef<int32_t> mask);
  Value extract(Value vector, unsigned lane);
  /// {0, 1, 2, ...} * scale as i64.
  Value iota(unsigned lanes, Value scale);
  /// All lanes combined by halving: a fixed tree.
  Value reduce(Value vector, llvm::function_ref<Value(Value, Value)> combine);
  Value sum(Value vector);

  // Memory.
  Value offset(Value pointer, Value bytes);
  Value offset(Value pointer, int64_t bytes);
  /// The same pointer; how it was computed is hidden from the code generator,
  /// which takes long to look for common parts of many addresses.
  Value opaque(Value pointer);
  Value address(Value pointer); ///< as an i64
  Value load(Type type, Value pointer, unsigned align);
  void store(Value value, Value pointer, unsigned align);
  /// Stores past the caches; the address is a multiple of the value's bytes.
  void stream(Value value, Value pointer);
  /// Orders streams before the stores that come after it: those by which other
  /// threads learn that the work is done.
  void fenceStreams();
  /// Asks for the line at an address, which need not be valid.
  void prefetch(Value pointer);
  Value loadIndex(Value pointer, int64_t byte = 0); ///< an i64
  Value loadPointer(Value pointer, int64_t byte = 0);

  // Control.
  /// for (i = lo; i < hi; i += step) with carried values; returns them.
  Values loop(Value lo, Value hi, Value step, ValuesRef init,
              llvm::function_ref<Values(Value, ValuesRef)> body);
  void loop(Value lo, Value hi, int64_t step,
            llvm::function_ref<void(Value)> body);
  /// while (first, then what `body` leaves in `again`) with carried values.
  Values loopWhile(Value first, ValuesRef init,
                   llvm::function_ref<Values(ValuesRef, Value &again)> body);
  void ifThen(Value condition, llvm::function_ref<void()> then);
  void ifThenElse(Value condition, llvm::function_ref<void()> then,
                  llvm::function_ref<void()> otherwise);

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
  Target isa;
};

} // namespace einc

#endif // EINC_COMPILER_EMIT_EMITTER_H
