// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Divides a module into what is worth optimising and what is not. A pipeline
/// without optimisation generates code five times as fast, but LLVM's `optnone`
/// only skips parts of the optimising one: 1.5 ms instead of 6 of the 10 ms
/// that a first call may take.

#ifndef EINC_COMPILER_CODEGEN_SPLITMODULE_H
#define EINC_COMPILER_CODEGEN_SPLITMODULE_H

#include <memory>

namespace llvm {
class Module;
} // namespace llvm

namespace einc {

/// Moves the functions marked optnone into a module of their own, in the same
/// context; null if there are none. Internal functions of both become hidden
/// external ones, so that each side can call the other's.
std::unique_ptr<llvm::Module> takeColdFunctions(llvm::Module &module);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_SPLITMODULE_H
