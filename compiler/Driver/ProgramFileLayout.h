// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the two directions of a program's file have in common.

#ifndef EINC_COMPILER_DRIVER_PROGRAMFILELAYOUT_H
#define EINC_COMPILER_DRIVER_PROGRAMFILELAYOUT_H

#include "compiler/Support/SHA256.h"
#include "einc-c/Artifact.h"

namespace einc {

constexpr uint32_t ProgramFileVersion = 1;
constexpr size_t ProgramFileHashBytes = std::tuple_size_v<SHA256Digest>;

/// Constants are pairs of scalars.
constexpr int64_t MaxConstantBytes = 4096;

/// How long a constant of a checked artifact is, 0 for other buffers; negative:
/// not a fixed number.
int64_t constantBytes(const EincArtifact &artifact, const EincBuffer &buffer);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_PROGRAMFILELAYOUT_H
