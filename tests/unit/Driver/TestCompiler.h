// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A compiler in the test itself: its kernels return at once, its behaviour is
/// set by the test.

#ifndef EINC_TESTS_UNIT_DRIVER_TESTCOMPILER_H
#define EINC_TESTS_UNIT_DRIVER_TESTCOMPILER_H

#include "compiler/Driver/KernelCache.h"

#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

namespace einc::test {

/// There is one at a time, since the table's functions are plain ones.
class TestCompiler {
public:
  TestCompiler() { current = this; }
  ~TestCompiler() { current = nullptr; }

  KernelCache::CompilerSource source() {
    return [this]() -> Result<const EincCompilerTable *> {
      ++timesAsked;
      return &table;
    };
  }

  std::atomic<int> timesAsked = 0;
  std::atomic<int> calls = 0;
  std::atomic<int> kernels = 0;
  /// Calls with a number below this one fail.
  std::atomic<int> failures = 0;
  std::atomic<bool> forgetsKernels = false;
  std::chrono::milliseconds delay{0};
  EincCompilerTable table = {EINC_COMPILER_TABLE_ABI,
                             sizeof(EincCompilerTable),
                             "test",
                             "22",
                             compile,
                             nullptr};

private:
  static int compile(const char *const *schedules, uint32_t count,
                     const char *target, uint32_t forms, int, EincSink sink,
                     void *context, char *error, size_t errorSize) {
    TestCompiler &self = *current;
    std::this_thread::sleep_for(self.delay);
    if (self.calls++ < self.failures) {
      strncpy(error, "no registers left", errorSize - 1);
      return 1;
    }
    for (uint32_t i = 0; i < count; ++i) {
      ++self.kernels;
      // The entry comes after the schedule's text, and is `ret`.
      std::string image = std::string(schedules[i]) + " " + target;
      uint64_t entry = image.size();
      image += '\xC3';
      if ((forms & EINC_FORM_IMAGE) && !self.forgetsKernels)
        sink(context, i, EINC_FORM_IMAGE, image.data(), image.size(), entry);
      if (forms & EINC_FORM_ASM)
        sink(context, i, EINC_FORM_ASM, image.data(), entry, 0);
    }
    return 0;
  }

  static inline TestCompiler *current = nullptr;
};

/// A schedule that differs from those of other numbers.
inline Schedule makeSchedule(int64_t number) {
  Schedule schedule;
  schedule.family = Family::Gemm;
  schedule.gemm.kc = 256 + 8 * number;
  return schedule;
}

} // namespace einc::test

#endif // EINC_TESTS_UNIT_DRIVER_TESTCOMPILER_H
