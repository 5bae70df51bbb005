// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The reduce family.

#include "compiler/Kernels/CPU/Families.h"

namespace einc {

void emitReduce(Emitter &, const Schedule &, llvm::StringRef) {}

} // namespace einc
