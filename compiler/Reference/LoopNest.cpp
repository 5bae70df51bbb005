// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Reference/LoopNest.h"

#include <cmath>

using namespace einc::reference;

namespace {

/// An operand along the innermost loop.
template <typename Number> struct Run {
  const Number *data;
  int64_t stride;
};

/// Where a line adds its terms; stride 0: all of them to one element.
template <typename Number> struct Target {
  Number *values;
  int64_t stride;

  template <typename Term> void add(int64_t count, Term &&term) const {
    if (stride == 0) {
      Number sum{};
      for (int64_t i = 0; i < count; ++i)
        sum += term(i);
      *values += sum;
      return;
    }
    for (int64_t i = 0; i < count; ++i)
      values[i * stride] += term(i);
  }
};

/// The same, and absolute values beside them.
template <typename Real> struct PairedTarget {
  Real *values;
  Real *magnitudes;
  int64_t stride;

  template <typename Term> void add(int64_t count, Term &&term) const {
    if (stride == 0) {
      Real sum = 0;
      Real magnitude = 0;
      for (int64_t i = 0; i < count; ++i) {
        Real t = term(i);
        sum += t;
        magnitude += std::fabs(t);
      }
      *values += sum;
      *magnitudes += magnitude;
      return;
    }
    for (int64_t i = 0; i < count; ++i) {
      Real t = term(i);
      values[i * stride] += t;
      magnitudes[i * stride] += std::fabs(t);
    }
  }
};

} // namespace

/// Runs the loops; `makeTarget(offset, stride)` is where a line adds.
template <typename Number, typename MakeTarget>
static void runLines(const LoopNest<Number> &nest, MakeTarget &&makeTarget) {
  size_t numTensors = nest.operands.size() + 1;
  int64_t count = nest.extents.back();
  const int64_t *inner = nest.strides.data() + nest.strides.size() - numTensors;
  std::vector<Run<Number>> runs(nest.operands.size());

  forEachLine(nest.extents, nest.strides, numTensors,
              [&](const int64_t *offsets) {
                auto target = makeTarget(offsets[0], inner[0]);
                // Operands that stay constant along the line are one factor.
                Number factor(1);
                size_t varying = 0;
                for (size_t i = 0; i < nest.operands.size(); ++i) {
                  const Number *data = nest.operands[i] + offsets[i + 1];
                  if (inner[i + 1] == 0)
                    factor = factor * *data;
                  else
                    runs[varying++] = {data, inner[i + 1]};
                }
                if (varying == 0)
                  return target.add(count, [=](int64_t) { return factor; });
                Run<Number> a = runs[0];
                if (varying == 1)
                  return target.add(count, [=](int64_t i) {
                    return factor * a.data[i * a.stride];
                  });
                Run<Number> b = runs[1];
                if (varying == 2)
                  return target.add(count, [=](int64_t i) {
                    return factor * a.data[i * a.stride] * b.data[i * b.stride];
                  });
                target.add(count, [&](int64_t i) {
                  Number product = factor;
                  for (size_t r = 0; r < varying; ++r)
                    product = product * runs[r].data[i * runs[r].stride];
                  return product;
                });
              });
}

template <typename Number> void LoopNest<Number>::run(Number *values) const {
  runLines(*this, [=](int64_t offset, int64_t stride) {
    return Target<Number>{values + offset, stride};
  });
}

template <typename Number>
void LoopNest<Number>::run(Number *values, Number *magnitudes) const {
  if constexpr (std::is_floating_point_v<Number>)
    runLines(*this, [=](int64_t offset, int64_t stride) {
      return PairedTarget<Number>{values + offset, magnitudes + offset, stride};
    });
  else
    run(values);
}

template struct einc::reference::LoopNest<double>;
template struct einc::reference::LoopNest<long double>;
template struct einc::reference::LoopNest<Complex<double>>;
template struct einc::reference::LoopNest<Complex<long double>>;
template struct einc::reference::LoopNest<uint64_t>;
template struct einc::reference::LoopNest<Boolean>;
