// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The gemv family.

#include "compiler/Kernels/CPU/Families.h"

namespace einc {

void emitGemv(Emitter &, const Schedule &, llvm::StringRef) {}

} // namespace einc
