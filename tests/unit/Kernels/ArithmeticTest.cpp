// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Every operation of Arithmetic against the host's: all types and targets,
/// scalars and vectors. NaN, infinity and denormals among the operands.

#include "tests/unit/Kernels/ArithmeticKernel.h"

namespace einc::test {
namespace {

using mlir::Value;

//===-- Operations ------------------------------------------------------===//

/// a * b + c, in one rounding or two.
template <typename R> R multiplyAdd(R a, R b, R c, bool fused) {
  if constexpr (std::is_floating_point_v<R>)
    return fused ? std::fma(a, b, c) : R(R(a * b) + c);
  else
    return R(uint64_t(a) * uint64_t(b) + uint64_t(c));
}

template <typename T> T plus(T a, T b) {
  if constexpr (std::is_same_v<T, Boolean>)
    return {uint8_t(a.value | b.value)};
  else if constexpr (std::is_integral_v<T>)
    return T(uint64_t(a) + uint64_t(b));
  else
    return T(a + b);
}

template <typename T> T times(T a, T b, bool fused) {
  if constexpr (std::is_same_v<T, Boolean>)
    return {uint8_t(a.value & b.value)};
  else if constexpr (std::is_integral_v<T>)
    return T(uint64_t(a) * uint64_t(b));
  else if constexpr (isComplexHost<T>)
    return {multiplyAdd(-a.imag(), b.imag(), a.real() * b.real(), fused),
            multiplyAdd(a.imag(), b.real(), a.real() * b.imag(), fused)};
  else
    return T(a * b);
}

template <typename T> T timesPlus(T a, T b, T c, bool fused) {
  if constexpr (isComplexHost<T>) {
    auto re = multiplyAdd(a.real(), b.real(), c.real(), fused);
    auto im = multiplyAdd(a.real(), b.imag(), c.imag(), fused);
    return {multiplyAdd(-a.imag(), b.imag(), re, fused),
            multiplyAdd(a.imag(), b.real(), im, fused)};
  } else if constexpr (std::is_same_v<T, Boolean>) {
    return plus(times(a, b, fused), c);
  } else {
    return multiplyAdd(a, b, c, fused);
  }
}

TEST(Arithmetic, OperationsAreTheHosts) {
  std::mt19937_64 random(3);
  for (const Target &target : hostTargets())
    forEachComputeType([&]<typename T>(ElementType type) {
      for (unsigned width : widths(target, type)) {
        auto kernel = makeKernel(
            target, type, width,
            [&](Arithmetic &arithmetic, Address at, Emitter::ValuesRef args) {
              Emitter &e = arithmetic.emitter();
              Number x[3];
              for (unsigned i = 0; i < 3; ++i)
                x[i] = arithmetic.load(type, at(i, type), width);
              Value chosen = e.notEqual(e.loadIndex(args[1]), e.constant(0));
              Number results[] = {
                  arithmetic.add(x[0], x[1]),
                  arithmetic.mul(x[0], x[1]),
                  arithmetic.fma(x[0], x[1], x[2]),
                  arithmetic.select(chosen, x[0], x[1]),
                  arithmetic.zero(width),
                  arithmetic.one(width),
                  arithmetic.splat(arithmetic.sum(x[0]), width)};
              unsigned pointer = 3;
              for (Number result : results)
                arithmetic.store(result, type, at(pointer++, type));
            });
        ASSERT_TRUE(kernel);
        std::vector<T> a = someValues<T>(1024, random),
                       b = someValues<T>(1024, random),
                       c = someValues<T>(1024, random);
        std::shuffle(b.begin(), b.end(), random);
        std::shuffle(c.begin(), c.end(), random);
        std::vector<std::vector<T>> out(7, std::vector<T>(a.size()));
        std::vector<void *> pointers = {a.data(), b.data(), c.data()};
        for (std::vector<T> &result : out)
          pointers.push_back(result.data());
        bool fused = target.hasFMA();
        for (int64_t chosen : {0, 1}) {
          ASSERT_TRUE(
              kernel->call(pointers.data(), {chosen}, 0, int64_t(a.size())));
          for (size_t i = 0; i < a.size(); ++i) {
            std::vector<T> tree(a.begin() + i / width * width,
                                a.begin() + (i / width + 1) * width);
            for (size_t half = width / 2; half > 0; half /= 2)
              for (size_t lane = 0; lane < half; ++lane)
                tree[lane] = plus(tree[lane], tree[lane + half]);
            T one = [] {
              if constexpr (std::is_same_v<T, Boolean>)
                return Boolean{1};
              else
                return T(1);
            }();
            T expected[] = {plus(a[i], b[i]),
                            times(a[i], b[i], fused),
                            timesPlus(a[i], b[i], c[i], fused),
                            chosen ? a[i] : b[i],
                            T(),
                            one,
                            tree[0]};
            const char *names[] = {"add",  "mul", "fma", "select",
                                   "zero", "one", "sum"};
            for (unsigned n = 0; n < 7; ++n)
              ASSERT_TRUE(same(out[n][i], expected[n]))
                  << names[n] << " " << elementName(type) << " x" << width
                  << " " << target.text() << " of " << spell(a[i]) << ", "
                  << spell(b[i]) << ", " << spell(c[i]) << ": "
                  << spell(out[n][i]) << ", expected " << spell(expected[n]);
          }
        }
      }
    });
}

//===-- Updates ---------------------------------------------------------===//

template <typename T> T wholeNumber(int re, int im) {
  if constexpr (isComplexHost<T>)
    return T(re, im);
  else if constexpr (std::is_same_v<T, Boolean>)
    return {uint8_t(re & 1)};
  else if constexpr (std::is_integral_v<T>)
    return T(re);
  else
    return T(float(re));
}

/// S's arithmetic in C with alpha and beta as a kernel has them.
template <typename S, typename C>
void checkUpdates(const JitKernel &kernel, const std::string &what) {
  using Scalar = std::pair<int, int>;
  std::vector<C> in;
  std::vector<S> before;
  for (int i = 0; i < 128; ++i) {
    in.push_back(wholeNumber<C>(i % 11 - 5, i % 7 - 3));
    before.push_back(wholeNumber<S>(i % 5 - 2, i % 3 - 1));
  }
  for (Scalar alpha : {Scalar(1, 0), Scalar(-2, 0), Scalar(0, 0), Scalar(3, 1)})
    for (Scalar beta : {Scalar(0, 0), Scalar(1, 0), Scalar(-3, 2)})
      for (int64_t accumulates : {0, 1}) {
        C scalars[] = {wholeNumber<C>(alpha.first, alpha.second),
                       wholeNumber<C>(beta.first, beta.second)};
        C factor = accumulates ? wholeNumber<C>(1, 0) : scalars[1];
        std::vector<S> out = before;
        void *pointers[] = {out.data(), in.data(), scalars};
        ASSERT_TRUE(
            kernel.call(pointers, {accumulates}, 0, int64_t(in.size())));
        for (size_t i = 0; i < in.size(); ++i) {
          C sum = times(scalars[0], in[i], false);
          if (!(factor == C()))
            sum = plus(sum, times(factor, widen<C>(before[i]), false));
          // +0 and -0 are both right of a product with 0.
          ASSERT_TRUE(out[i] == narrow<S>(sum))
              << what << " alpha " << spell(scalars[0]) << " beta "
              << spell(factor) << ": " << spell(out[i]);
        }
      }
}

/// With beta = 0 NaN in the output does not count; with alpha = 1 infinity is
/// copied as it is, and with beta = 1 it is added to.
template <typename S, typename C>
void checkSpecials(const JitKernel &kernel, const std::string &what) {
  if constexpr (!std::is_same_v<S, Boolean> && !std::is_integral_v<S>) {
    float infinity = std::numeric_limits<float>::infinity();
    for (bool adds : {false, true}) {
      std::vector<C> in(64, adds ? wholeNumber<C>(2, 3) : C(infinity));
      std::vector<S> out(64, narrow<S>(C(adds ? infinity : NAN)));
      C scalars[] = {wholeNumber<C>(1, 0), C(float(adds))};
      void *pointers[] = {out.data(), in.data(), scalars};
      ASSERT_TRUE(kernel.call(pointers, {0}, 0, 64));
      C expected = adds ? C(infinity) + in[0] : C(infinity);
      for (const S &value : out)
        ASSERT_TRUE(same(value, narrow<S>(expected)))
            << what << ": " << spell(value);
    }
  }
}

TEST(Arithmetic, UpdatesReadTheOutputOnlyWhereBetaIsNotZero) {
  for (const Target &target : hostTargets())
    forEachType([&]<typename S>(ElementType stored) {
      using C = ComputeOf<S>;
      ElementType compute = computeType(stored);
      for (unsigned width : widths(target, compute)) {
        auto kernel = makeKernel(
            target, compute, width,
            [&](Arithmetic &arithmetic, Address at, Emitter::ValuesRef args) {
              auto [alpha, beta] = loadScalars(arithmetic, args[0], 1, args[1]);
              arithmetic.update(arithmetic.load(compute, at(1, compute), width),
                                alpha, beta, stored, at(0, stored), width);
            });
        ASSERT_TRUE(kernel);
        std::string what = std::string(elementName(stored)) + " x" +
                           std::to_string(width) + " " + target.text();
        checkUpdates<S, C>(*kernel, what);
        checkSpecials<S, C>(*kernel, what);
      }
    });
}

} // namespace
} // namespace einc::test
