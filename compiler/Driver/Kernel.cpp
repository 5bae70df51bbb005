// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Kernel.h"
#include "compiler/Driver/StatusDiagnostic.h"
#include "compiler/Schedule/KernelLayout.h"

using namespace einc;

Result<std::shared_ptr<const Kernel>>
einc::makeKernel(const Schedule &schedule, const Target &target,
                 std::span<const uint8_t> code, uint64_t entryOffset,
                 const SHA256Digest &imageHash) {
  auto kernel = std::make_shared<Kernel>();
  kernel->family = schedule.family;
  kernel->schedule = schedule.text();
  kernel->target = target;
  kernel->imageHash = imageHash;
  kernel->entryOffset = entryOffset;
  kernel->scratchBytes = scratchBytes(schedule, target);
  kernel->numPointers = schedule.numPointers();
  if (runtime::Status status =
          runtime::CodeImage::create(code.data(), code.size(), kernel->image);
      !status)
    return toDiagnostic(status);
  kernel->function = kernel->image.entry(entryOffset);
  if (!kernel->function)
    return Diagnostic{.kind = ErrorKind::Internal,
                      .message =
                          "the compiler gave no entry point for the schedule " +
                          kernel->schedule};
  return std::shared_ptr<const Kernel>(std::move(kernel));
}
