// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Kernels of a few operations of Arithmetic, numbers to run them on and the
/// host's conversions.

#ifndef EINC_TESTS_UNIT_KERNELS_ARITHMETICKERNEL_H
#define EINC_TESTS_UNIT_KERNELS_ARITHMETICKERNEL_H

#include "compiler/Kernels/CPU/Arithmetic.h"
#include "tests/unit/Kernels/HostTypes.h"
#include "tests/unit/Kernels/JitKernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

namespace einc::test {

/// A kernel over elements [begin, end) in steps of `width`: `body` gets what
/// gives the address of an element of a pointer, and the arguments.
using Address =
    llvm::function_ref<mlir::Value(unsigned pointer, ElementType type)>;
inline std::unique_ptr<JitKernel> makeKernel(
    const Target &target, ElementType compute, unsigned width,
    llvm::function_ref<void(Arithmetic &, Address, Emitter::ValuesRef)> body) {
  auto kernel = JitKernel::make(
      [&](Emitter &e, llvm::StringRef symbol) -> Result<Success> {
        mlir::Type pointer = e.pointer(), i64 = e.i64();
        Emitter::Values args = e.beginFunction(
            symbol, {pointer, pointer, pointer, i64, i64}, {.exported = true});
        Arithmetic arithmetic(e, compute);
        e.loop(args[3], args[4], width, [&](mlir::Value i) {
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

inline std::vector<unsigned> widths(const Target &target, ElementType compute) {
  unsigned lanes =
      target.vectorBytes() / unsigned(elementBytes(realType(compute)));
  return {1, lanes / 2, lanes, 2 * lanes};
}

inline bool same(float a, float b) {
  return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, 4) == 0;
}
inline bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, 8) == 0;
}
template <typename R> bool same(std::complex<R> a, std::complex<R> b) {
  return same(a.real(), b.real()) && same(a.imag(), b.imag());
}
inline bool same(Half a, Half b) {
  return std::isnan(float(a)) ? std::isnan(float(b)) : a.bits() == b.bits();
}
inline bool same(BFloat16 a, BFloat16 b) {
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
  std::memcpy(static_cast<void *>(&value), &bits, sizeof value);
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

} // namespace einc::test

#endif // EINC_TESTS_UNIT_KERNELS_ARITHMETICKERNEL_H
