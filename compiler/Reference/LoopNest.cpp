// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/LoopNest.h"

#include <cmath>

using namespace einc::reference;

namespace {

/// An operand along the innermost loop.
template <typename Real> struct Run {
  const Real *data;
  int64_t stride;
};

/// Where a line adds its terms; stride 0: all of them to one element.
template <typename Real> struct Target {
  Real *values;
  Real *magnitudes;
  int64_t stride;
};

template <typename Real, typename Term>
void addLine(int64_t count, const Target<Real> &target, Term &&term) {
  if (target.stride == 0) {
    Real sum = 0;
    Real magnitude = 0;
    for (int64_t i = 0; i < count; ++i) {
      Real t = term(i);
      sum += t;
      magnitude += std::fabs(t);
    }
    *target.values += sum;
    if (target.magnitudes)
      *target.magnitudes += magnitude;
    return;
  }
  for (int64_t i = 0; i < count; ++i)
    target.values[i * target.stride] += term(i);
  if (target.magnitudes)
    for (int64_t i = 0; i < count; ++i)
      target.magnitudes[i * target.stride] += std::fabs(term(i));
}

} // namespace

template <typename Real>
void LoopNest<Real>::run(Real *values, Real *magnitudes) const {
  size_t numTensors = operands.size() + 1;
  int64_t count = extents.back();
  const int64_t *inner = strides.data() + strides.size() - numTensors;
  std::vector<Run<Real>> runs(operands.size());

  forEachLine(extents, strides, numTensors, [&](const int64_t *offsets) {
    Target<Real> target{values + offsets[0],
                        magnitudes ? magnitudes + offsets[0] : nullptr,
                        inner[0]};
    // Operands that stay constant along the line are one factor.
    Real factor = 1;
    size_t varying = 0;
    for (size_t i = 0; i < operands.size(); ++i) {
      const Real *data = operands[i] + offsets[i + 1];
      if (inner[i + 1] == 0)
        factor *= *data;
      else
        runs[varying++] = {data, inner[i + 1]};
    }
    if (varying == 0)
      return addLine(count, target, [=](int64_t) { return factor; });
    Run<Real> a = runs[0];
    if (varying == 1)
      return addLine(count, target,
                     [=](int64_t i) { return factor * a.data[i * a.stride]; });
    Run<Real> b = runs[1];
    if (varying == 2)
      return addLine(count, target, [=](int64_t i) {
        return factor * a.data[i * a.stride] * b.data[i * b.stride];
      });
    addLine(count, target, [&](int64_t i) {
      Real product = factor;
      for (size_t r = 0; r < varying; ++r)
        product *= runs[r].data[i * runs[r].stride];
      return product;
    });
  });
}

template struct einc::reference::LoopNest<double>;
template struct einc::reference::LoopNest<long double>;
