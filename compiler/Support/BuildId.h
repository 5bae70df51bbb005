// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Which compiler this build belongs to. Compiled into libeinc and into
/// libeinc-compiler.so, and compared when one loads the other.

#ifndef EINC_COMPILER_SUPPORT_BUILDID_H
#define EINC_COMPILER_SUPPORT_BUILDID_H

namespace einc {

/// A hash, 64 hexadecimal digits, of what decides which code a schedule becomes
/// and how it is called: LLVM, and the sources of Emit, Kernels, Codegen,
/// Schedule.
extern const char *const BuildId;

/// The version of LLVM that generates code, "22.1.8"; "none" in a build without
/// the compiler.
extern const char *const LLVMVersion;

} // namespace einc

#endif // EINC_COMPILER_SUPPORT_BUILDID_H
