// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The C header of a compiled function: C11 and C++, includes nothing of einc.

#ifndef EINC_COMPILER_DRIVER_HEADERTEXT_H
#define EINC_COMPILER_DRIVER_HEADERTEXT_H

#include "einc-c/Artifact.h"

#include <string>
#include <vector>

namespace einc {

struct HeaderOptions {
  /// Names of the axes of each argument, for people; or empty.
  std::vector<std::vector<std::string>> axes = {};
  /// Whether the object has `f_strided`.
  bool strided = false;
  /// Whether it calls the runtime (EINC_OBJECT_RUNTIME).
  bool byRuntime = false;
};

/// For a program called f with operands A, B and output C, without open
/// strides:
///
///     int f(const float *A, const float *B, float *C[, int64_t n...]);
///     int f_ws(the same, void *workspace);
///     int64_t f_workspace_bytes([int64_t n...]);
///     int f_strided(const float *A, const int64_t *A_strides, ...);
///     const struct f_info_t f_info;
///
/// Complex numbers are `f_c64` and `f_c128`: C's own in C, std::complex in C++;
/// f16 and bf16 are the uint16_t with their bits.
std::string headerText(const EincProgram &program,
                       const HeaderOptions &options);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_HEADERTEXT_H
