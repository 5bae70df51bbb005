// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the processor can do, in the artifact's bits.

#ifndef EINC_RUNTIME_CPUFEATURES_H
#define EINC_RUNTIME_CPUFEATURES_H

#include "einc-c/Artifact.h"

namespace einc::runtime {

struct Processor {
  uint32_t architecture = EINC_ARCHITECTURE_X86_64; ///< EincArchitecture
  uint32_t cpu = 0;                                 ///< EINC_CPU_... bits

  /// Whether code that needs these runs here.
  bool canRun(uint32_t wantedArchitecture, uint32_t wantedCPU) const noexcept {
    return architecture == wantedArchitecture && (wantedCPU & ~cpu) == 0;
  }
};

/// The one that this process runs on, with what the operating system lets it
/// use; detected once. The architecture is UINT32_MAX if it is none of those.
const Processor &hostProcessor() noexcept;

struct ProcessorName {
  char text[64];
};

/// "x86-64-v4+bf16"; a bit of no known name makes "+unknown".
ProcessorName processorName(uint32_t architecture, uint32_t cpu) noexcept;

} // namespace einc::runtime

#endif // EINC_RUNTIME_CPUFEATURES_H
