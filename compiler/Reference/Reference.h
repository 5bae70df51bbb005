// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The naive formula: what an equation means, computed by loops over every
/// label in a wider type. It only checks results (`einc run --verify`, tests)
/// and shares no code with what it checks.

#ifndef EINC_COMPILER_REFERENCE_REFERENCE_H
#define EINC_COMPILER_REFERENCE_REFERENCE_H

#include "compiler/Planner/ContractionTree.h"
#include "einc/ElementType.h"

namespace einc {

/// A tensor to read: element (i0, i1, ...) lies at `data` + (i0 * strides[0] +
/// i1 * strides[1] + ...) elements. Strides may be zero or negative.
struct ReferenceTensor {
  const void *data = nullptr;
  ElementType type = ElementType::F32;
  std::span<const int64_t> shape;
  std::span<const int64_t> strides;
};

struct ReferenceOptions {
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
  /// Row-major. f32 operands are summed in double, f64 in long double, and the
  /// sums rounded to double once.
  std::vector<double> values;
  /// einsum(|A|, |B|, ...), row-major; empty without options.magnitudes.
  std::vector<double> magnitudes;
  /// N of the bound gamma_N * magnitude: the sum over the steps of the tree of
  /// K + 1, K being the number of terms that the step sums; without a tree, of
  /// the worst tree.
  double roundings = 0;
};

/// Evaluates `equation`. `tree` may be null; then everything runs in one loop
/// nest whatever it costs up to options.maxIterations.
/// Errors: InvalidArgument (shapes that are not the equation's), Limit.
Result<ReferenceResult>
evaluateReference(const ShapedEquation &equation,
                  std::span<const ReferenceTensor> operands,
                  const ContractionTree *tree = nullptr,
                  const ReferenceOptions &options = {});

/// The result that is checked is alpha * einsum(...) + beta * previous.
struct ReferenceScaling {
  double alpha = 1;
  double beta = 0;
  /// The output before the call, row-major; read only if beta is not 0.
  std::span<const double> previous;
};

struct Comparison {
  static constexpr size_t None = size_t(-1);

  /// Every element is within its bound; NaN equals NaN, infinities have signs.
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

/// Compares `actual` with the reference, element by element, within
/// gamma_N * magnitude, u being the unit roundoff of actual.type.
/// Needs a reference with magnitudes. Error: InvalidArgument.
Result<Comparison> compareWithReference(const ReferenceResult &reference,
                                        const ReferenceTensor &actual,
                                        const ReferenceScaling &scaling = {});

} // namespace einc

#endif // EINC_COMPILER_REFERENCE_REFERENCE_H
