// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Calls the compiler and collects what it gives.

#ifndef EINC_COMPILER_DRIVER_COMPILEIMAGES_H
#define EINC_COMPILER_DRIVER_COMPILEIMAGES_H

#include "compiler/Schedule/CompilerTable.h"
#include "compiler/Schedule/Machine.h"

#include <span>
#include <vector>

namespace einc {

struct CompiledImage {
  std::vector<uint8_t> bytes;
  uint64_t entryOffset = 0;
};

/// One image for each schedule, in one call of the compiler; empty where it
/// gave none. Errors: Internal if it fails, OutOfMemory.
Result<std::vector<CompiledImage>>
compileImages(const EincCompilerTable &compiler,
              std::span<const std::string> schedules, const Target &target,
              bool verifyIR);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_COMPILEIMAGES_H
