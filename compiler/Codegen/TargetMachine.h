// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einc::Target -> llvm::TargetMachine. The host is never asked.

#ifndef EINC_COMPILER_CODEGEN_TARGETMACHINE_H
#define EINC_COMPILER_CODEGEN_TARGETMACHINE_H

#include "compiler/Schedule/Machine.h"

#include <memory>

namespace llvm {
class TargetMachine;
} // namespace llvm

namespace einc {

/// A machine of one caller's own: it is not thread-safe. The first call
/// registers LLVM's X86 target and no other.
Result<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const Target &target);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_TARGETMACHINE_H
