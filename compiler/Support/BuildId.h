// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which compiler this build belongs to. Compiled into libeinc and into
/// libeinc-compiler.so, and compared when one loads the other.

#ifndef EINC_COMPILER_SUPPORT_BUILDID_H
#define EINC_COMPILER_SUPPORT_BUILDID_H

namespace einc {

/// A hash, 64 hexadecimal digits, of the sources that decide what code a
/// schedule becomes: Emit, Kernels, Codegen, and Schedule's texts and layouts.
extern const char *const BuildId;

/// The version of LLVM that generates code, "22.1.8"; "none" in a build without
/// the compiler.
extern const char *const LLVMVersion;

} // namespace einc

#endif // EINC_COMPILER_SUPPORT_BUILDID_H
