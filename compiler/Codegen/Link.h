// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From a program whose kernels are images to one relocatable object. The
/// kernels' bytes go into it as they are; what calls them is generated here.

#ifndef EINC_COMPILER_CODEGEN_LINK_H
#define EINC_COMPILER_CODEGEN_LINK_H

#include "compiler/Schedule/CompilerTable.h"
#include "compiler/Support/Result.h"

#include <string>

namespace einc {

/// The forms that were asked for; the others stay empty. The texts have the
/// kernels as declarations.
struct LinkedObject {
  std::string object;
  std::string llvm;
  std::string assembly;
};

/// `forms`: a set of EINC_FORM_OBJECT, EINC_FORM_LLVM, EINC_FORM_ASM. Symbols,
/// for a program called f: `f`, `f_ws`, `f_workspace_bytes`, `f_strided` and
/// `f_info` (compiler/Driver/HeaderText.h says what they are), or
/// EINC_PROGRAM_SYMBOL alone with EINC_OBJECT_QUERY. Errors: BadArtifact for a
/// program that does not hang together; Limit if a number overflows; Internal.
Result<LinkedObject> linkProgram(const EincProgram &program,
                                 const EincObjectOptions &options,
                                 uint32_t forms, bool verify);

/// Whether a program can be linked: what the functions above rely on.
Result<Success> checkLinkable(const EincProgram &program);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_LINK_H
