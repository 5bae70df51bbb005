// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A compiled equation: called many times, from any thread.

#ifndef EINC_EXPRESSION_H
#define EINC_EXPRESSION_H

#include "einc/Options.h"
#include "einc/Plan.h"
#include "einc/Tensor.h"

#include <memory>

namespace einc {

/// An equation compiled for operands and an output of fixed types, shapes and
/// strides. Cheap to copy; immutable, so that any number of threads may call
/// it at the same time. After a thread's first call, run() neither allocates
/// nor hashes.
class Expression {
public:
  /// A new tensor: `Tensor c = product(a, b);`. Throws what run() does.
  template <typename... Operands>
    requires(std::convertible_to<const Operands &, TensorView> && ...)
  Tensor operator()(const Operands &...operands) const {
    std::initializer_list<TensorView> views = {operands...};
    return call(std::span(views.begin(), views.size()));
  }

  /// Computes out = alpha * value + beta * out. Throws InvalidArgument, naming
  /// the operand, if an operand or `out` has another type, shape or strides
  /// than the expression was compiled for, or if they overlap as einsumInto
  /// says; UnsupportedTarget if the code is for another processor; OutOfMemory.
  EINC_API void run(const MutableTensorView &out,
                    std::span<const TensorView> operands,
                    const RunOptions &options = {}) const;
  void run(const MutableTensorView &out,
           std::initializer_list<TensorView> operands,
           const RunOptions &options = {}) const {
    run(out, std::span(operands.begin(), operands.size()), options);
  }

  EINC_API size_t numOperands() const;
  EINC_API const TensorType &operandType(size_t i) const;
  EINC_API const TensorType &outputType() const;
  EINC_API Plan plan() const;
  /// Memory that a run takes beside operands and output.
  EINC_API uint64_t workspaceBytes(unsigned threads = 0) const;

  /// Internal.
  struct State;

private:
  friend struct ExpressionAccess;
  explicit Expression(std::shared_ptr<const State> state)
      : state(std::move(state)) {}
  EINC_API Tensor call(std::span<const TensorView> operands) const;

  std::shared_ptr<const State> state;
};

} // namespace einc

#endif // EINC_EXPRESSION_H
