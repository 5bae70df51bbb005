// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A schedule's machine code, ready to be called.

#ifndef EINC_COMPILER_DRIVER_KERNEL_H
#define EINC_COMPILER_DRIVER_KERNEL_H

#include "compiler/Schedule/Schedule.h"
#include "compiler/Support/SHA256.h"
#include "runtime/CodeImage.h"

#include <memory>
#include <span>

namespace einc {

/// A schedule's machine code, mapped.
struct Kernel {
  Family family;
  std::string schedule; ///< canonical text
  Target target;
  SHA256Digest imageHash; ///< of the bytes of the image
  uint64_t entryOffset = 0;
  uint64_t scratchBytes = 0;
  uint32_t numPointers = 0;
  runtime::CodeImage image;
  EincKernelFunction function = nullptr;
};

/// Maps code. `imageHash` must be that of `code`. Errors: those of
/// CodeImage::create, and Internal if the entry is outside of the code.
Result<std::shared_ptr<const Kernel>> makeKernel(const Schedule &schedule,
                                                 const Target &target,
                                                 std::span<const uint8_t> code,
                                                 uint64_t entryOffset,
                                                 const SHA256Digest &imageHash);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_KERNEL_H
