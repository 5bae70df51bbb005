// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The outer family.

#include "compiler/Kernels/CPU/Families.h"

namespace einc {

void emitOuter(Emitter &, const Schedule &, llvm::StringRef) {}

} // namespace einc
