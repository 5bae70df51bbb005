// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How an object learns what its processor can do.

#ifndef EINC_COMPILER_CODEGEN_LINKPROCESSOR_H
#define EINC_COMPILER_CODEGEN_LINKPROCESSOR_H

#include "compiler/Codegen/LinkData.h"

namespace einc {

/// An internal function i32() that returns the bits EINC_CPU_... of the x86-64
/// processor it runs on, by the rules of runtime/CpuFeatures.cpp. It asks
/// once: the variable `name.processor` then holds them, with the highest bit
/// set, so that a test can give it another processor.
llvm::Function *addProcessorBits(LinkData &data, const std::string &name);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_LINKPROCESSOR_H
