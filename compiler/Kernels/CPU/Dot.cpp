// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The dot family.

#include "compiler/Kernels/CPU/Families.h"

namespace einc {

void emitDot(Emitter &, const Schedule &, llvm::StringRef) {}

} // namespace einc
