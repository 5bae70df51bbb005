// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The permute family.

#include "compiler/Kernels/CPU/Families.h"

namespace einc {

void emitPermute(Emitter &, const Schedule &, llvm::StringRef) {}

} // namespace einc
