// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Numbered entries for tests of the cache on disk.

#ifndef EINC_TESTS_UNIT_DRIVER_STOREDKERNELS_H
#define EINC_TESTS_UNIT_DRIVER_STOREDKERNELS_H

#include "compiler/Driver/DiskCache.h"
#include "compiler/Support/BuildId.h"
#include "tests/unit/Driver/TemporaryFolder.h"

namespace einc::test {

/// Code that returns, after bytes that differ with the number. All have the
/// same size.
struct StoredKernel {
  std::string schedule;
  Target target = {Target::ISA::X86_64_V3};
  std::vector<uint8_t> image;

  explicit StoredKernel(int number)
      : schedule("gemm f32 number=" + std::to_string(number)) {
    for (int i = 0; i < 40; ++i)
      image.push_back(uint8_t(7 * number + i));
    image.push_back(0xC3);
  }

  KernelKey key() const { return kernelKey(schedule, target); }
  CacheEntry entry() const {
    CacheEntry entry;
    entry.key = key();
    entry.schedule = schedule;
    entry.target = target.text();
    entry.llvmVersion = LLVMVersion;
    entry.buildId = BuildId;
    entry.entryOffset = image.size() - 1;
    entry.scratchBytes = 64;
    entry.image = image;
    entry.imageHash = sha256(image);
    return entry;
  }
};

} // namespace einc::test

#endif // EINC_TESTS_UNIT_DRIVER_STOREDKERNELS_H
