// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A block of position-independent machine code in executable memory. The only
/// loader of generated code: fresh, cached and stored kernels all come in here.

#ifndef EINC_RUNTIME_CODEIMAGE_H
#define EINC_RUNTIME_CODEIMAGE_H

#include "einc-c/Artifact.h"
#include "runtime/Status.h"

namespace einc::runtime {

/// Never writable and executable at the same time. Unmapped on destruction:
/// whoever calls a function of it keeps it alive.
class CodeImage {
public:
  CodeImage() noexcept = default;
  CodeImage(CodeImage &&other) noexcept;
  CodeImage &operator=(CodeImage &&other) noexcept;
  CodeImage(const CodeImage &) = delete;
  CodeImage &operator=(const CodeImage &) = delete;
  ~CodeImage();

  /// Copies `size` bytes of code into a mapping of its own. Errors:
  /// BadArtifact (no bytes), OutOfMemory, UnsupportedTarget (the system forbids
  /// memory to become executable).
  static Status create(const void *bytes, uint64_t size,
                       CodeImage &out) noexcept;

  /// The function that starts `offset` bytes into the code; null if that is
  /// outside of it.
  EincKernelFunction entry(uint64_t offset) const noexcept;

  const void *data() const noexcept { return base; }
  uint64_t size() const noexcept { return bytes; }

private:
  void *base = nullptr;
  uint64_t bytes = 0;
  uint64_t mappedBytes = 0;
};

} // namespace einc::runtime

#endif // EINC_RUNTIME_CODEIMAGE_H
