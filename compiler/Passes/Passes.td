// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The passes and their options.

#ifndef EINC_COMPILER_PASSES_PASSES_TD
#define EINC_COMPILER_PASSES_PASSES_TD

include "mlir/Pass/PassBase.td"

def LinalgToEinsum : Pass<"linalg-to-einsum"> {
  let summary = "Raise products and sums of linalg to einsum.contract";
  let description = [{
    Turns a tree of contractions into one `einsum.contract`: operations of
    linalg, named or generic, that multiply and add (into zeros), multiply, add
    or transpose. An intermediate is fused if it has one use. What has another
    body, converts types, adds to something or is used twice stays as it is.

    The result of `einsum.contract` may be rounded in another order.
  }];
  let options = [
    Option<"minOperands", "min-operands", "unsigned", /*default=*/"2",
           "Raise trees of at least so many operands">,
    Option<"maxOperands", "max-operands", "unsigned", /*default=*/"10",
           "Stop fusing at so many operands; up to 10 the planner's order is "
           "the cheapest there is">,
  ];
  let dependentDialects = ["::einc::ir::EinsumDialect"];
}

def EinsumPlan : Pass<"einsum-plan"> {
  let summary = "Turn einsum.contract into the cheapest einsum.pairwise steps";
  let description = [{
    Plans as `einc plan` does. Each step has its cost as `flops` and `size`.
  }];
  let options = [
    Option<"optimize", "optimize", "std::string", /*default=*/"\"auto\"",
           "The search: auto, optimal, greedy or left-to-right">,
    Option<"seed", "seed", "uint64_t", /*default=*/"0",
           "Breaks ties; 0: from left to right">,
    Option<"dynamicExtent", "dynamic-extent", "int64_t", /*default=*/"64",
           "What extents that are dynamic are planned for">,
  ];
  let dependentDialects = ["::einc::ir::EinsumDialect"];
}

def EinsumToLinalg : Pass<"einsum-to-linalg"> {
  let summary = "Lower einsum operations of at most two operands to linalg";
  let description = [{
    Sums of products become `linalg.contract` where its rules allow it, all else
    `linalg.generic`. f16 and bf16 are summed in f32 and rounded once.
    `einsum.contract` of more operands is left for `einsum-plan`.
  }];
}

#endif // EINC_COMPILER_PASSES_PASSES_TD
