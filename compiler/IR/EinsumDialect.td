// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The dialect.

#ifndef EINC_COMPILER_IR_EINSUMDIALECT_TD
#define EINC_COMPILER_IR_EINSUMDIALECT_TD

include "mlir/IR/OpBase.td"

def EinsumDialect : Dialect {
  let name = "einsum";
  let cppNamespace = "::einc::ir";
  let summary = "Einsum equations over tensors";
  let description = [{
    `einsum.contract` says what is computed: any equation over any number of
    tensors. `einsum.pairwise` says in which order: each is one step of a plan.
    The constraints C1 to C10 are listed in compiler/IR/README.md.
  }];
}

#endif // EINC_COMPILER_IR_EINSUMDIALECT_TD
