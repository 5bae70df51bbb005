// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Loads and stores of Arithmetic against the host's conversions: all types and
/// targets, scalars and vectors, all patterns of 16 bits and all ties.

#include "tests/unit/Kernels/ArithmeticKernel.h"

namespace einc::test {
namespace {

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

TEST(Conversions, LoadsConvertAsTheHostDoes) {
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

TEST(Conversions, StoresRoundAndWrapAsTheHostDoes) {
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

} // namespace
} // namespace einc::test
