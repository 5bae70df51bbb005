// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A program as a relocatable object, through the compiler's link().

#ifndef EINC_COMPILER_DRIVER_OBJECTFILE_H
#define EINC_COMPILER_DRIVER_OBJECTFILE_H

#include "compiler/Driver/Program.h"

namespace einc {

struct ObjectOptions {
  /// A set of EincObjectFlag.
  uint32_t flags = 0;
  /// The same program for any strides; not with EINC_OBJECT_QUERY.
  const Program *strided = nullptr;
  bool verifyIR = false;
};

/// EINC_FORM_OBJECT: the bytes of an ELF object. EINC_FORM_LLVM, EINC_FORM_ASM:
/// its own code, which calls the kernels, as text. Errors: those of
/// KernelCache::compiler; Internal if the compiler fails.
Result<std::string> makeObject(const Program &program, EincForm form,
                               const ObjectOptions &options,
                               KernelCache &cache = KernelCache::process());

} // namespace einc

#endif // EINC_COMPILER_DRIVER_OBJECTFILE_H
