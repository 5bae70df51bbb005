// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// LLVM IR -> object or assembly text. No IR pipeline runs: kernels are emitted
/// the way they are meant.

#ifndef EINC_COMPILER_CODEGEN_OBJECT_H
#define EINC_COMPILER_CODEGEN_OBJECT_H

#include "compiler/Support/Result.h"

#include "llvm/ADT/SmallVector.h"

#include <string>

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

namespace einc {

/// How much the code is worth.
enum class Effort {
  Full, ///< the tile
  None, ///< what runs once around it: a fifth of the time to compile
};

/// Both consume the module: code generation rewrites it on its way. Errors:
/// Internal with LLVM's first diagnostic; nothing is printed.
Result<llvm::SmallVector<char, 0>>
emitObject(llvm::Module &module, llvm::TargetMachine &machine, Effort effort);
Result<std::string> emitAssembly(llvm::Module &module,
                                 llvm::TargetMachine &machine, Effort effort);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_OBJECT_H
