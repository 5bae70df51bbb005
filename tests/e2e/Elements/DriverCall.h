// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// An equation compiled and run by the driver, below the public interface: any
/// types and layouts, and the steps and kernels can be looked at.

#ifndef EINC_TESTS_E2E_ELEMENTS_DRIVERCALL_H
#define EINC_TESTS_E2E_ELEMENTS_DRIVERCALL_H

#include "compiler/Driver/Compiler.h"
#include "compiler/Reference/Reference.h"
#include "tests/e2e/Elements/Element.h"

namespace einc::tests {

using CompiledPtr = std::shared_ptr<const CompiledExpression>;

/// Compiles for operands and an output of these layouts. An output without
/// strides is row-major and gets the shape of the equation's result. Errors:
/// those of the parser, the shapes and the driver.
Result<CompiledPtr> compileCall(const std::string &equation,
                                std::vector<TensorLayout> operands,
                                TensorLayout output, const std::string &cpu);

/// alpha and beta in the type that the expression's steps take them in.
struct CallScalars {
  alignas(16) char bytes[2 * 16];
  CallScalars(const CompiledExpression &compiled, const Number &alpha,
              const Number &beta);
};

/// `arguments`: the element of index zero of each operand, then of the output.
Result<Success> runCall(const CompiledExpression &compiled,
                        std::span<void *const> arguments, unsigned threads,
                        const Number &alpha = 1, const Number &beta = 0);

/// The naive formula over the same operands.
Result<ReferenceResult> referenceOfCall(const CompiledExpression &compiled,
                                        std::span<void *const> arguments);

/// A tensor of a call as the reference reads it.
ReferenceTensor toReference(const TensorLayout &layout, const void *data);

/// Whether this machine runs code for "x86-64", "x86-64-v3", ...
bool hostRuns(const std::string &cpu);

} // namespace einc::tests

#endif // EINC_TESTS_E2E_ELEMENTS_DRIVERCALL_H
