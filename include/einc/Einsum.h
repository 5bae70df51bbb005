// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einsum: compute an equation, compile it once for many calls, or look at its
/// plan. All functions throw einc::Error and nothing else, and may be called
/// from any thread.

#ifndef EINC_EINSUM_H
#define EINC_EINSUM_H

#include "einc/Error.h"
#include "einc/Expression.h"
#include "einc/Options.h"
#include "einc/Plan.h"
#include "einc/Tensor.h"

#include <optional>
#include <string_view>

namespace einc {

/// Computes an equation: numpy's grammar, any letters as labels, words as
/// labels (`row mid, mid col -> row col`), parentheses that force an order and
/// labels repeated in the output (`i->ii`).
///
///     einc::Tensor c = einc::einsum("ij,jk->ik", a, b);
///
/// Operands are Tensors or views. The result has the type that all operands
/// promote to by numpy's rules (promote of ElementType.h): f32 with f64 gives
/// f64, i32 with f32 gives f64, f16 with i8 gives f16. Integers wrap; see
/// Options::accumulate. An operand that is a view may be conjugated(). Throws
/// the kinds of Error.h from Syntax to OutOfMemory, and IO or BadArtifact if
/// libeinc-compiler.so, which generates code, is missing or of another build.
EINC_API Tensor einsum(std::string_view equation,
                       std::span<const TensorView> operands,
                       const Options &options = {});
/// `einsum("ij,jk->ik", {a, b}, {.threads = 1})`
inline Tensor einsum(std::string_view equation,
                     std::initializer_list<TensorView> operands,
                     const Options &options = {}) {
  return einsum(equation, std::span(operands.begin(), operands.size()),
                options);
}
/// `einsum("ij,jk->ik", a, b)`
template <typename... Operands>
  requires(std::convertible_to<const Operands &, TensorView> && ...)
Tensor einsum(std::string_view equation, const Operands &...operands) {
  return einsum(equation, std::initializer_list<TensorView>{operands...});
}

/// Computes out = alpha * value + beta * out in place.
///
///     einc::einsumInto(y, "ij,j->i", {w, x}, {.beta = 1});   // y += W x
///
/// `out` has exactly the output's shape and type and may have any strides.
/// Throws InvalidArgument, before anything is written, if its shape or element
/// type does not fit, if it is conjugated, if alpha or beta is no number of its
/// type, if two of its elements share memory, or if the range of
/// addresses from its first to its last element overlaps an operand's.
EINC_API void einsumInto(const MutableTensorView &out,
                         std::string_view equation,
                         std::span<const TensorView> operands,
                         const RunOptions &run = {},
                         const Options &options = {});
inline void einsumInto(const MutableTensorView &out, std::string_view equation,
                       std::initializer_list<TensorView> operands,
                       const RunOptions &run = {},
                       const Options &options = {}) {
  einsumInto(out, equation, std::span(operands.begin(), operands.size()), run,
             options);
}

/// In a list of labels: the axes that the list does not name, as `...` does.
constexpr int64_t Ellipsis = INT64_MIN;

/// An operand of the interleaved form: its labels are integers from 0 on.
struct LabeledOperand {
  TensorView tensor;
  std::vector<int64_t> labels;
};

/// The interleaved form, for equations that programs make:
///
///     einc::einsum({{a, {0, 1}}, {b, {1, 2}}}, {0, 2});      // ij,jk->ik
///     einc::einsum({{a, {einc::Ellipsis, 1}}}, {einc::Ellipsis});
///
/// Without an output: every label that occurs once, sorted.
EINC_API Tensor einsum(std::span<const LabeledOperand> operands,
                       const std::optional<std::vector<int64_t>> &output,
                       const Options &options = {});
inline Tensor einsum(std::initializer_list<LabeledOperand> operands,
                     const std::vector<int64_t> &output,
                     const Options &options = {}) {
  return einsum(std::span(operands.begin(), operands.size()),
                std::optional(output), options);
}
inline Tensor einsum(std::initializer_list<LabeledOperand> operands) {
  return einsum(std::span(operands.begin(), operands.size()), std::nullopt);
}
/// out = alpha * value + beta * out; see einsumInto above.
EINC_API void einsumInto(const MutableTensorView &out,
                         std::span<const LabeledOperand> operands,
                         const std::optional<std::vector<int64_t>> &output,
                         const RunOptions &run = {},
                         const Options &options = {});
inline void einsumInto(const MutableTensorView &out,
                       std::initializer_list<LabeledOperand> operands,
                       const std::vector<int64_t> &output,
                       const RunOptions &run = {},
                       const Options &options = {}) {
  einsumInto(out, std::span(operands.begin(), operands.size()),
             std::optional(output), run, options);
}

/// Compiles an equation for operands of these types; a dense row-major output.
///
///     auto product = einc::compile("ij,jk->ik", {a.type(), b.type()});
///     product.run(c, {a, b});
///
/// Throws what einsum does.
EINC_API Expression compile(std::string_view equation,
                            std::span<const TensorType> operands,
                            const Options &options = {});
inline Expression compile(std::string_view equation,
                          std::initializer_list<TensorType> operands,
                          const Options &options = {}) {
  return compile(equation, std::span(operands.begin(), operands.size()),
                 options);
}
/// The same for an output of a type of its own, with any strides.
EINC_API Expression compileInto(const TensorType &output,
                                std::string_view equation,
                                std::span<const TensorType> operands,
                                const Options &options = {});
inline Expression compileInto(const TensorType &output,
                              std::string_view equation,
                              std::initializer_list<TensorType> operands,
                              const Options &options = {}) {
  return compileInto(output, equation,
                     std::span(operands.begin(), operands.size()), options);
}

/// Plans an equation without compiling or computing anything.
///
///     std::cout << einc::plan("ij,jk,kl->il", {{9, 2}, {2, 9}, {9, 1}});
///
/// Throws the kinds of Error.h from Syntax to InvalidArgument.
EINC_API Plan plan(std::string_view equation, std::span<const IndexList> shapes,
                   const Options &options = {});
inline Plan plan(std::string_view equation,
                 std::initializer_list<IndexList> shapes,
                 const Options &options = {}) {
  return plan(equation, std::span(shapes.begin(), shapes.size()), options);
}

} // namespace einc

#endif // EINC_EINSUM_H
