// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The small family.

#include "compiler/Kernels/CPU/Families.h"

namespace einc {

void emitSmall(Emitter &, const Schedule &, llvm::StringRef) {}

} // namespace einc
