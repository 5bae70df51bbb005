// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The naive formula: what an equation means, computed by loops over every
/// label in a wider type. It only checks results (`einc run --verify`, tests)
/// and shares no code with what it checks.
///
/// Every operand is taken in the result's type. Floats are summed in a wider
/// type: f16, bf16, f32 and c64 in double, f64 and c128 in long double.
/// Integers wrap modulo 2^bits of the result's type; bool is "or" of "and"s.

#ifndef EINC_COMPILER_REFERENCE_REFERENCE_H
#define EINC_COMPILER_REFERENCE_REFERENCE_H

#include "compiler/Planner/ContractionTree.h"
#include "einc/ElementType.h"

#include <complex>
#include <optional>

namespace einc {

/// A tensor to read: element (i0, i1, ...) lies at `data` + (i0 * strides[0] +
/// i1 * strides[1] + ...) elements. Strides may be zero or negative.
struct ReferenceTensor {
  const void *data = nullptr;
  ElementType type = ElementType::F32;
  std::span<const int64_t> shape;
  std::span<const int64_t> strides;
  /// Read the conjugates of the elements; nothing for real types.
  bool conjugate = false;
};

struct ReferenceOptions {
  /// The type of the result, such as i32 of i8 operands; if not given, what the
  /// operands are promoted to. Every operand must be promoted to it.
  std::optional<ElementType> resultType;
  /// One loop nest over all labels runs up to this many iterations; beyond it
  /// the steps of the tree run as loop nests of their own.
  double maxDirectIterations = 1e9;
  /// Iterations of all steps together; more is a Limit error.
  double maxIterations = 2e10;
  /// Bytes of all copies of operands, intermediates and results.
  double maxBytes = double(1ull << 32);
  /// Also compute einsum(|A|, |B|, ...), which the error bound needs.
  bool magnitudes = true;
};

struct ReferenceResult {
  Shape shape;
  ElementType type = ElementType::F32;
  /// Row-major, of floating types: the sums rounded to double once; of complex
  /// types the real and the imaginary part of each element.
  std::vector<double> values;
  /// Row-major, of integer types and bool (0 or 1): exact.
  std::vector<int64_t> integers;
  /// einsum(|A|, |B|, ...), row-major, |.| of a complex number being |re| +
  /// |im|; empty without options.magnitudes and for integers and bool. Infinite
  /// where a partial result may leave the range of the type; a partial result
  /// below the range counts as the smallest number of full precision.
  std::vector<double> magnitudes;
  /// N of the bound gamma_N * magnitude: the sum over the steps of the tree of
  /// K + 1, K being the number of terms that the step sums (2 K + 2 for complex
  /// types); without a tree, of the worst tree. Of f16 and bf16: those of the
  /// sums, in f32.
  double roundings = 0;
  /// Of f16 and bf16: roundings of sums to the type, one for each step, and one
  /// where the output has a label twice: it is scaled before its diagonal is
  /// added.
  double storedRoundings = 0;
};

/// Evaluates `equation`. `tree` may be null; then everything runs in one loop
/// nest whatever it costs up to options.maxIterations.
/// Errors: InvalidArgument (shapes that are not the equation's, a result type
/// that an operand is not promoted to), Limit.
Result<ReferenceResult>
evaluateReference(const ShapedEquation &equation,
                  std::span<const ReferenceTensor> operands,
                  const ContractionTree *tree = nullptr,
                  const ReferenceOptions &options = {});

/// alpha or beta: a number of any type.
struct ReferenceScalar {
  std::complex<double> number;
  int64_t integer; ///< what integer types and bool read

  ReferenceScalar(int value) : number(value), integer(value) {}
  ReferenceScalar(int64_t value) : number(double(value)), integer(value) {}
  /// `integer` is `value` if that is a 64-bit integer, else 0.
  ReferenceScalar(double value);
  ReferenceScalar(std::complex<double> value)
      : number(value), integer(ReferenceScalar(value.real()).integer) {}

  bool isZero() const { return number == 0.0 && integer == 0; }
  bool isOne() const { return number == 1.0 && integer == 1; }
};

/// The result that is checked is alpha * einsum(...) + beta * previous.
struct ReferenceScaling {
  ReferenceScalar alpha = 1;
  ReferenceScalar beta = 0;
  /// The output before the call: type and shape of the result. Read only if
  /// beta is not 0.
  ReferenceTensor previous;
};

struct Comparison {
  static constexpr size_t None = size_t(-1);

  /// Every element is within its bound; NaN equals NaN, infinities have signs.
  /// Integers and bool are equal.
  bool ok = true;
  /// Some error, though perhaps within its bound, is above 8 * sqrt(N) * u *
  /// magnitude: what rounding at random hardly ever reaches.
  bool alarm = false;
  /// Elements that pass whatever they are: their bound is infinite, or they are
  /// NaN or infinite where a partial sum may have left the type's range.
  size_t numUnjudged = 0;
  /// The largest error, and the error allowed at the same element.
  double maxError = 0;
  double bound = 0;
  /// The largest error / bound of any element; infinite for a wrong NaN.
  double worstRatio = 0;
  /// Row-major place of the first element that is not ok; None: there is none.
  size_t firstBadIndex = None;
};

/// Compares `actual`, of the reference's type, with the reference, element by
/// element: within gamma_N * magnitude, u being the unit roundoff of the type;
/// each part of a complex number within the same. The sums of f16 and bf16 have
/// f32's u, and what they are rounded to the type's.
/// Needs a reference with magnitudes. Error: InvalidArgument.
Result<Comparison> compareWithReference(const ReferenceResult &reference,
                                        const ReferenceTensor &actual,
                                        const ReferenceScaling &scaling = {});

} // namespace einc

#endif // EINC_COMPILER_REFERENCE_REFERENCE_H
