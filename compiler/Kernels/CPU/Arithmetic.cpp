// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Numbers of every compute type over the Emitter.

#include "compiler/Kernels/CPU/Arithmetic.h"

namespace einc {} // namespace einc
