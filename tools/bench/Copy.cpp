// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The speed of memory, by copying.

#include "tools/bench/Clock.h"
#include "tools/bench/Peak.h"

#include <cstring>
#include <immintrin.h>
#include <memory>

namespace einc::bench {

namespace {

constexpr size_t bytes = size_t(64) << 20;

struct Free {
  void operator()(void *memory) const { _mm_free(memory); }
};

/// Two blocks, all their pages touched.
struct Blocks {
  std::unique_ptr<char, Free> from{static_cast<char *>(_mm_malloc(bytes, 64))};
  std::unique_ptr<char, Free> to{static_cast<char *>(_mm_malloc(bytes, 64))};

  Blocks() {
    if (!from || !to)
      return;
    std::memset(from.get(), 1, bytes);
    std::memset(to.get(), 2, bytes);
  }
};

void copyPastCaches(char *to, const char *from) {
  auto *target = reinterpret_cast<__m128i *>(to);
  auto *source = reinterpret_cast<const __m128i *>(from);
  for (size_t i = 0; i < bytes / 16; i += 4) {
    __m128i a = _mm_load_si128(source + i), b = _mm_load_si128(source + i + 1);
    __m128i c = _mm_load_si128(source + i + 2),
            d = _mm_load_si128(source + i + 3);
    _mm_stream_si128(target + i, a);
    _mm_stream_si128(target + i + 1, b);
    _mm_stream_si128(target + i + 2, c);
    _mm_stream_si128(target + i + 3, d);
  }
  _mm_sfence();
}

} // namespace

double measureCopy() {
  static const Blocks blocks;
  if (!blocks.from || !blocks.to)
    return 0;
  double start = now();
  std::memcpy(blocks.to.get(), blocks.from.get(), bytes);
  asm volatile("" ::"r"(blocks.to.get()) : "memory");
  double middle = now();
  copyPastCaches(blocks.to.get(), blocks.from.get());
  double end = now();
  return 2.0 * bytes / std::min(middle - start, end - middle);
}

} // namespace einc::bench
