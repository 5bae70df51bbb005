// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the kernels of sums (Reduce, Dot, Gemv) share: the walk over the loops
/// that SumForm.h describes.

#ifndef EINC_COMPILER_KERNELS_CPU_SUMS_H
#define EINC_COMPILER_KERNELS_CPU_SUMS_H

#include "compiler/Kernels/CPU/Arithmetic.h"
#include "compiler/Kernels/CPU/Families.h"

namespace einc {

/// Each row on its own, `rowsAtOnce` of them side by side.
void emitRowSums(Emitter &emitter, const Schedule &schedule,
                 const SumForm &form, unsigned rowsAtOnce,
                 llvm::StringRef symbol);
/// A piece of a line side by side.
void emitColumnSums(Emitter &emitter, const Schedule &schedule,
                    const SumForm &form, llvm::StringRef symbol);

using Numbers = llvm::SmallVector<Number, 8>;

class SumKernel {
protected:
  using Value = mlir::Value;
  using Values = Emitter::Values;
  using ValuesRef = Emitter::ValuesRef;
  /// The pointers of a place: output, operand 0, operand 1.
  using Place = Values;

  SumKernel(Emitter &emitter, const Schedule &schedule, const SumForm &form)
      : e(emitter), math(emitter, schedule.types.compute()),
        types(schedule.types), form(form), numOperands(schedule.numOperands()) {
  }

  /// The function from its head to its end; `body` emits what a line's grains
  /// [first, last) of `unit` elements are.
  void emitFunction(
      llvm::StringRef symbol, int64_t unit,
      llvm::function_ref<void(Place start, Value first, Value last)> body);

  /// Loops over all k but the innermost: `body` gets the place of the operands
  /// and the values that are carried from one to the next.
  Values forOuterK(const Place &start, ValuesRef init,
                   llvm::function_ref<Values(Place, ValuesRef)> body);

  Number load(unsigned operand, Value pointer, unsigned width) {
    return math.load(types.operands[operand], pointer, width,
                     types.conjugate[operand]);
  }
  /// sum + a, or sum + a * b.
  Number accumulate(Number sum, Number a, Number b) {
    return numOperands == 2 ? math.fma(a, b, sum) : math.add(sum, a);
  }
  void append(Values &values, llvm::ArrayRef<Number> numbers) const {
    for (const Number &number : numbers)
      math.append(values, number);
  }
  Numbers take(ValuesRef values, unsigned count) const {
    Numbers numbers;
    for (unsigned i = 0; i < count; ++i)
      numbers.push_back(math.take(values, i * math.parts()));
    return numbers;
  }
  /// Number rounded down to a multiple.
  Value wholePart(Value number, int64_t multiple) {
    return e.mul(e.div(number, e.constant(multiple)), multiple);
  }

  Emitter &e;
  Arithmetic math;
  const StepTypes &types;
  const SumForm &form;
  const unsigned numOperands;

  Value zero, one, scratch;
  KernelScalars scalars;
  Value lineExtent;
  Value lineStrides[3];
  Value depth; ///< of the innermost k
  Value depthStrides[3];

private:
  Value outerK, numOuterK, outerDepth;
};

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_SUMS_H
