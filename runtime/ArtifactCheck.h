// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Checks the data of artifacts and programs, which may come from a file.

#ifndef EINC_RUNTIME_ARTIFACTCHECK_H
#define EINC_RUNTIME_ARTIFACTCHECK_H

#include "einc-c/Artifact.h"
#include "runtime/Status.h"

namespace einc::runtime {

/// ABI, every index and range, expressions, the nesting of loops and the use of
/// their counters. The arrays must be as long as the artifact says; what their
/// code does is not checked. Errors: BadArtifact, naming place and field.
Status checkArtifact(const EincArtifact &artifact) noexcept;

/// ABI, counts, guards, all artifacts, and that these have the same arguments
/// and open numbers. Errors: those of checkArtifact, naming the variant.
Status checkProgram(const EincProgram &program) noexcept;

} // namespace einc::runtime

#endif // EINC_RUNTIME_ARTIFACTCHECK_H
