// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A pass manager that leaves out passes with nothing to do in a kernel. A
/// pipeline for the smallest function costs 0.6 ms, most of it in setting up
/// and walking 150 passes.

#ifndef EINC_COMPILER_CODEGEN_PASSFILTER_H
#define EINC_COMPILER_CODEGEN_PASSFILTER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/IR/LegacyPassManager.h"

namespace einc {

/// Names (llvm::Pass::getPassName) of the passes that are left out. Each deals
/// with something that no kernel contains: exceptions, garbage collection,
/// library calls, AMX tiles, x87, debug locations, instrumentation, mitigations
/// nobody asked for; or redoes what emission has decided, such as the order of
/// instructions.
llvm::ArrayRef<llvm::StringLiteral> superfluousPasses();

class FilteringPassManager : public llvm::legacy::PassManager {
public:
  void add(llvm::Pass *pass) override;
};

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_PASSFILTER_H
