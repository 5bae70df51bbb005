// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Every operation of Arithmetic against the host's: all types and targets,
/// scalars and vectors. NaN, infinity, denormals and ties among the operands.

#include "compiler/Kernels/CPU/Arithmetic.h"
#include "compiler/Schedule/KernelLayout.h"
#include "tests/unit/Kernels/HostTypes.h"
#include "tests/unit/Kernels/JitKernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

namespace einc::test {
namespace {

using Values = Emitter::Values;
using mlir::Value;

/// A kernel over elements [begin, end) in steps of `width`: `body` gets what
/// gives the address of an element of a pointer, and the arguments.
using Address = llvm::function_ref<Value(unsigned pointer, ElementType type)>;
std::unique_ptr<JitKernel> makeKernel(
    const Target &target, ElementType compute, unsigned width,
    llvm::function_ref<void(Arithmetic &, Address, Emitter::ValuesRef)> body) {
  auto kernel = JitKernel::make(
      [&](Emitter &e, llvm::StringRef symbol) -> Result<Success> {
        mlir::Type pointer = e.pointer(), i64 = e.i64();
        Values args = e.beginFunction(
            symbol, {pointer, pointer, pointer, i64, i64}, {.exported = true});
        Arithmetic arithmetic(e, compute);
        e.loop(args[3], args[4], width, [&](Value i) {
          body(
              arithmetic,
              [&](unsigned number, ElementType type) {
                return e.offset(e.loadPointer(args[0], 8 * number),
                                e.mul(i, int64_t(elementBytes(type))));
              },
              args);
        });
        e.endFunction();
        return Success{};
      },
      target);
  EXPECT_TRUE(bool(kernel)) << kernel.error().render();
  return kernel ? std::move(*kernel) : nullptr;
}

std::vector<unsigned> widths(const Target &target, ElementType compute) {
  unsigned lanes =
      target.vectorBytes() / unsigned(elementBytes(realType(compute)));
  return {1, lanes / 2, lanes, 2 * lanes};
}

//===-- Host ------------------------------------------------------------===//

bool same(float a, float b) {
  return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, 4) == 0;
}
bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, 8) == 0;
}
template <typename R> bool same(std::complex<R> a, std::complex<R> b) {
  return same(a.real(), b.real()) && same(a.imag(), b.imag());
}
bool same(Half a, Half b) {
  return std::isnan(float(a)) ? std::isnan(float(b)) : a.bits() == b.bits();
}
bool same(BFloat16 a, BFloat16 b) {
  return std::isnan(float(a)) ? std::isnan(float(b)) : a.bits() == b.bits();
}
template <typename T> bool same(T a, T b) { return a == b; }

template <typename T> std::string spell(T value) {
  if constexpr (isComplexHost<T>)
    return spell(value.real()) + "+" + spell(value.imag()) + "i";
  else if constexpr (std::is_same_v<T, Boolean>)
    return std::to_string(value.value);
  else if constexpr (std::is_integral_v<T>)
    return std::to_string(value);
  else {
    char text[64];
    std::snprintf(text, sizeof text, "%a", double(value));
    return text;
  }
}

/// S -> C as einc converts, where it does.
template <typename C, typename S> C widen(S value) {
  if constexpr (isComplexHost<C> && isComplexHost<S>)
    return C(value);
  else if constexpr (isComplexHost<C>)
    return C(widen<typename C::value_type>(value));
  else if constexpr (isComplexHost<S>)
    return C();
  else if constexpr (std::is_same_v<S, Boolean> && std::is_same_v<C, Boolean>)
    return value;
  else if constexpr (std::is_same_v<C, Boolean>)
    return C();
  else if constexpr (std::is_same_v<S, Boolean>)
    return C(value.value);
  else if constexpr (sizeof(S) == 2 && !std::is_integral_v<S>)
    return C(float(value));
  else if constexpr (std::is_integral_v<C> && !std::is_integral_v<S>)
    return C();
  else
    return C(value);
}

/// C -> S, where C is what S computes in.
template <typename S, typename C> S narrow(C value) {
  if constexpr (std::is_same_v<S, C>)
    return value;
  else if constexpr (std::is_same_v<C, float> && !isComplexHost<S> &&
                     sizeof(S) == 2 && !std::is_integral_v<S>)
    return S(value);
  else if constexpr (std::is_same_v<C, int32_t> && std::is_integral_v<S>)
    return S(value);
  else
    return S();
}

template <typename R> R bitsTo(uint64_t bits) {
  R value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// At least `count` elements, a multiple of 64: special ones, then any bits.
template <typename T>
std::vector<T> someValues(size_t count, std::mt19937_64 &random) {
  std::vector<T> values;
  if constexpr (isComplexHost<T>) {
    auto re = someValues<typename T::value_type>(count, random);
    auto im = someValues<typename T::value_type>(count, random);
    for (size_t i = 0; i < re.size(); ++i)
      values.emplace_back(re[i], im[(i * 7 + 3) % im.size()]);
    return values;
  } else if constexpr (std::is_same_v<T, Boolean>) {
    for (size_t i = 0; i < (count + 63) / 64 * 64; ++i)
      values.push_back({uint8_t(random() & 1)});
    return values;
  } else if constexpr (std::is_floating_point_v<T>) {
    using Limits = std::numeric_limits<T>;
    for (T value :
         {T(0), T(1), T(1.5), Limits::infinity(), Limits::quiet_NaN(),
          Limits::max(), Limits::min(), Limits::denorm_min(), T(3e-39)})
      values.insert(values.end(), {value, -value});
    for (int i = 0; i < 64; ++i)
      values.push_back(T(int(random() % 200)) - 100);
  } else if constexpr (std::is_integral_v<T>) {
    for (T value : {T(0), T(1), T(-1), std::numeric_limits<T>::min(),
                    std::numeric_limits<T>::max()})
      values.push_back(value);
  }
  while (values.size() < count || values.size() % 64 != 0)
    values.push_back(bitsTo<T>(random()));
  return values;
}

/// All patterns of 16 bits or fewer, some of wider types.
template <typename T> std::vector<T> allValues(std::mt19937_64 &random) {
  if constexpr (sizeof(T) > 2 || std::is_same_v<T, Boolean>) {
    return someValues<T>(4096, random);
  } else {
    std::vector<T> values;
    for (uint64_t bits = 0; bits < uint64_t(1) << (8 * sizeof(T)); ++bits)
      values.push_back(bitsTo<T>(bits));
    return values;
  }
}

/// Numbers around every number of a half type and half way to the next.
template <typename H> void addTies(std::vector<float> &values) {
  for (uint32_t pattern = 0; pattern < 0x7fff; ++pattern) {
    double low = float(H::fromBits(uint16_t(pattern)));
    double high = float(H::fromBits(uint16_t(pattern + 1)));
    if (!std::isfinite(low))
      break;
    if (!std::isfinite(high)) // as if the exponent went on
      high = 2 * low - float(H::fromBits(uint16_t(pattern - 1)));
    for (double value : {low, (low + high) / 2}) {
      float middle = float(value);
      for (float near : {middle, std::nextafter(middle, INFINITY),
                         std::nextafter(middle, -INFINITY)}) {
        values.push_back(near);
        values.push_back(-near);
      }
    }
  }
}

/// The elements to store: all ties where halves are rounded.
template <typename S, typename C>
std::vector<C> toStore(std::mt19937_64 &random) {
  std::vector<C> values;
  if constexpr (std::is_same_v<C, float>) {
    if constexpr (std::is_same_v<S, Half> || std::is_same_v<S, BFloat16>)
      addTies<S>(values);
  }
  std::vector<C> more = someValues<C>(4096, random);
  values.insert(values.end(), more.begin(), more.end());
  while (values.size() % 64 != 0)
    values.push_back(C());
  return values;
}

/// Poisoned memory, as aligned as vectors are.
template <typename T> struct Buffer {
  explicit Buffer(size_t size)
      : bytes(size * sizeof(T) + 64 + 1, 0xcd),
        data(reinterpret_cast<T *>((uintptr_t(bytes.data()) + 63) / 64 * 64)) {}
  std::vector<unsigned char> bytes;
  T *data;
};

template <typename T> void *address(const std::vector<T> &values) {
  return const_cast<T *>(values.data());
}

//===-- Memory ----------------------------------------------------------===//

TEST(Arithmetic, LoadsConvertAsTheHostDoes) {
  std::mt19937_64 random(1);
  for (const Target &target : hostTargets())
    forEachComputeType([&]<typename C>(ElementType compute) {
      for (unsigned width : widths(target, compute))
        forEachType([&]<typename S>(ElementType stored) {
          if (promote(stored, compute) != compute)
            return;
          for (bool conjugate : {false, true}) {
            if (conjugate && !isComplex(stored))
              continue;
            auto kernel = makeKernel(
                target, compute, width,
                [&](Arithmetic &arithmetic, Address at, Emitter::ValuesRef) {
                  arithmetic.store(
                      arithmetic.load(stored, at(0, stored), width, conjugate),
                      compute, at(1, compute));
                  // Splats read the first of the lanes.
                  arithmetic.store(arithmetic.loadSplat(stored, at(0, stored),
                                                        width, conjugate),
                                   compute, at(2, compute));
                });
            ASSERT_TRUE(kernel);
            std::vector<S> in = allValues<S>(random);
            std::vector<C> out(in.size()), splats(in.size());
            void *pointers[] = {in.data(), out.data(), splats.data()};
            ASSERT_TRUE(kernel->call(pointers, {}, 0, int64_t(in.size())));
            for (size_t i = 0; i < in.size(); ++i) {
              C expected = widen<C>(in[i]),
                splat = widen<C>(in[i / width * width]);
              if constexpr (isComplexHost<C>)
                if (conjugate) {
                  expected = std::conj(expected);
                  splat = std::conj(splat);
                }
              ASSERT_TRUE(same(out[i], expected))
                  << elementName(stored) << " to " << elementName(compute)
                  << " x" << width << " " << target.text() << ": "
                  << spell(in[i]) << " became " << spell(out[i]);
              ASSERT_TRUE(same(splats[i], splat)) << elementName(stored);
            }
          }
        });
    });
}

TEST(Arithmetic, StoresRoundAndWrapAsTheHostDoes) {
  std::mt19937_64 random(2);
  for (const Target &target : hostTargets())
    forEachType([&]<typename S>(ElementType stored) {
      using C = ComputeOf<S>;
      ElementType compute = computeType(stored);
      for (unsigned width : widths(target, compute)) {
        auto kernel = makeKernel(
            target, compute, width,
            [&](Arithmetic &arithmetic, Address at, Emitter::ValuesRef) {
              Number number = arithmetic.load(compute, at(0, compute), width);
              arithmetic.store(number, stored, at(1, stored));
              arithmetic.store(number, stored, at(2, stored), true);
            });
        ASSERT_TRUE(kernel);
        std::vector<C> in = toStore<S, C>(random);
        Buffer<S> out(in.size()), streamed(in.size());
        void *pointers[] = {in.data(), out.data, streamed.data};
        ASSERT_TRUE(kernel->call(pointers, {}, 0, int64_t(in.size())));
        for (size_t i = 0; i < in.size(); ++i) {
          S expected = narrow<S>(in[i]);
          ASSERT_TRUE(same(out.data[i], expected))
              << elementName(compute) << " to " << elementName(stored) << " x"
              << width << " " << target.text() << ": " << spell(in[i])
              << " became " << spell(out.data[i]) << ", expected "
              << spell(expected);
          ASSERT_TRUE(same(streamed.data[i], expected))
              << elementName(stored) << " x" << width << " streamed";
        }
        unsigned bytes = width * unsigned(elementAlignment(stored));
        if (bytes >= target.vectorBytes()) {
          EXPECT_NE(kernel->assembly().find("movnt"), std::string::npos)
              << elementName(stored) << " x" << width;
        }
      }
    });
}

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
